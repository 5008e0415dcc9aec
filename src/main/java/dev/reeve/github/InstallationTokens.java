package dev.reeve.github;

import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.model.RepositoryName;
import org.kohsuke.github.GHPermissionType;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

import static java.util.stream.Collectors.toMap;

/**
 * Tokens of the App's installations: one for each repository, good for that repository and for what Reeve does there
 * and nothing more; another one for what only some repositories need, asked for when it is. Kept until five minutes before they end.
 *
 * <p><b>Threading</b>: any thread. Several threads that need the same token at once share one request for it, and its
 * failure.
 */
final class InstallationTokens {

    private static final Duration BEFORE_THE_END = Duration.ofMinutes(5);
    /** What was granted meanwhile is found out with the next token after so long. */
    private static final Duration BELIEVED = Duration.ofMinutes(50);
    /** What the server does everywhere; a token is asked for with these and with what it is wanted for besides. */
    private static final Set<Permission> NEEDED = EnumSet.of(Permission.METADATA_READ, Permission.PULL_REQUESTS_READ,
            Permission.CHECKS_WRITE, Permission.CONTENTS_WRITE);

    /** What makes check runs say more, where an installation grants it. */
    private static final Set<Permission> USEFUL = EnumSet.of(Permission.STATUSES_READ);

    /** A token that was made but never arrived is of no harm, so each request may be sent again. */
    private static final Question TOKEN = new Question(Permission.METADATA_READ, Repeat.HARMLESS, Forms::token);

    private final AppCalls app;
    private final InstantSource clock;
    private final LimitStore store;
    private final ConcurrentMap<RepositoryName, Installation> installations = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, RateLimit> limits = new ConcurrentHashMap<>();
    private final ConcurrentMap<Wanted, Credentials> tokens = new ConcurrentHashMap<>();
    private final ConcurrentMap<Wanted, CompletableFuture<Credentials>> underWay = new ConcurrentHashMap<>();

    /** What a token is wanted for: a repository, and what is to be done there beyond the usual. */
    private record Wanted(RepositoryName repository, Set<Permission> more) {

        Set<Permission> permissions() {
            var all = EnumSet.copyOf(NEEDED);
            all.addAll(more);
            return all;
        }

        /** As GitHub is asked for them, with what is useful where it is granted: of each subject the highest level. */
        Map<String, GHPermissionType> levels(Installation installation) {
            return Stream.concat(permissions().stream(), USEFUL.stream().filter(installation::has))
                    .collect(toMap(Permission::subject, Permission::level, (_, higher) -> higher));
        }
    }

    /** The App as it is installed on an account. */
    private record Installation(long id, long appId, Map<String, GHPermissionType> permissions, boolean suspended,
            Instant seen) {

        Optional<Permission> missing(Collection<Permission> needed) {
            return needed.stream().filter(permission -> !permission.isIn(permissions)).findFirst();
        }

        boolean has(Permission permission) {
            return permission.isIn(permissions);
        }
    }

    InstallationTokens(AppCalls app, InstantSource clock, LimitStore store) {
        this.app = app;
        this.clock = clock;
        this.store = store;
    }

    /** @param more what is to be done there beyond what every repository needs */
    Access of(RepositoryName repository, Permission... more) {
        return new OfRepository(this, new Wanted(repository, Set.of(more)));
    }

    /** The right to one repository. */
    static final class OfRepository implements Access {
        private final InstallationTokens tokens;
        private final Wanted wanted;

        private OfRepository(InstallationTokens tokens, Wanted wanted) {
            this.tokens = tokens;
            this.wanted = wanted;
        }

        @Override
        public Credentials credentials() {
            return tokens.credentials(wanted);
        }

        @Override
        public boolean renewable(Credentials refused) {
            tokens.tokens.remove(wanted, refused);
            return true;
        }

        @Override
        public OptionalLong app() {
            var installation = tokens.installations.get(wanted.repository());
            return installation == null ? OptionalLong.empty() : OptionalLong.of(installation.appId());
        }

        @Override
        public boolean mayUpdateRunsOf(long appId) {
            return app().equals(OptionalLong.of(appId));
        }

        @Override
        public boolean includes(Permission permission) {
            var installation = tokens.installations.get(wanted.repository());
            return installation == null || wanted.permissions().contains(permission)
                    || (USEFUL.contains(permission) && installation.has(permission));
        }
    }

    private Credentials credentials(Wanted wanted) {
        var kept = tokens.get(wanted);
        if (kept != null && clock.instant().isBefore(kept.renewAt())) {
            return kept;
        }
        var mine = new CompletableFuture<Credentials>();
        var others = underWay.putIfAbsent(wanted, mine);
        return others == null ? fetch(wanted, mine) : join(others);
    }

    private Credentials fetch(Wanted wanted, CompletableFuture<Credentials> promise) {
        try {
            var credentials = request(wanted);
            tokens.put(wanted, credentials);
            promise.complete(credentials);
            return credentials;
        } catch (RuntimeException | Error e) {
            promise.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(wanted, promise);
        }
    }

    private static Credentials join(CompletableFuture<Credentials> others) {
        try {
            return others.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof GitHubFailure failure) {
                throw new GitHubFailure(failure.kind(), String.valueOf(failure.getMessage()), failure);
            }
            throw e;
        }
    }

    private Credentials request(Wanted wanted) {
        var repository = wanted.repository();
        var known = installations.get(repository);
        if (known != null && clock.instant().isBefore(known.seen().plus(BELIEVED))) {
            try {
                return create(wanted, known);
            } catch (GitHubFailure failure) {
                // Reinstalled, resumed, granted meanwhile? A refusal is believed only of what was just looked up.
                if (!mayBeOutdated(failure.kind())) {
                    throw failure;
                }
                installations.remove(repository);
            }
        }
        return create(wanted, lookUp(repository));
    }

    private static boolean mayBeOutdated(Kind kind) {
        return switch (kind) {
            case Kind.NotFound _,Kind.NotInstalled _,Kind.Suspended _,Kind.Denied _,Kind.Rejected _ -> true;
            case Kind.RateLimited _,Kind.Unavailable _,Kind.Malformed _ -> false;
        };
    }

    private Installation lookUp(RepositoryName repository) {
        var question = Question.reading(Permission.METADATA_READ, Forms::installation);
        try {
            var installation = app.ask(question, (gitHub, _) -> {
                var found = Handles.app(gitHub).getInstallationByRepository(repository.owner(), repository.name());
                return new Installation(found.getId(), found.getAppId(), Map.copyOf(found.getPermissions()),
                        found.getSuspendedAt() != null, clock.instant());
            });
            installations.put(repository, installation);
            return installation;
        } catch (GitHubFailure failure) {
            throw failure.kind() instanceof Kind.NotFound ? notInstalled(repository) : failure;
        }
    }

    private Credentials create(Wanted wanted, Installation installation) {
        var repository = wanted.repository();
        var limit = limit(installation.id());
        // A token itself costs nothing of it; what is asked with the token is judged when it is asked.
        limit.check(Urgency.URGENT);
        refuseWhatCannotWork(wanted, installation);
        try {
            return app.ask(TOKEN, (gitHub, conversation) -> {
                var made = Handles.installation(gitHub, installation.id())
                        .createToken()
                        .repositories(List.of(repository.name()))
                        .permissions(wanted.levels(installation))
                        .create();
                var life = Duration.between(conversation.last().date().orElse(clock.instant()),
                        made.getExpiresAt().toInstant());
                return new Credentials(made.getToken(), limit, clock.instant().plus(life).minus(BEFORE_THE_END));
            });
        } catch (GitHubFailure failure) {
            throw failure.kind() instanceof Kind.Rejected ? notGranted(repository, failure) : failure;
        }
    }

    /** The limit of an installation, whichever of its tokens is used. */
    RateLimit limit(long installation) {
        return limits.computeIfAbsent(installation, _ -> new RateLimit(clock, installation, store));
    }

    private static void refuseWhatCannotWork(Wanted wanted, Installation installation) {
        var repository = wanted.repository();
        if (installation.suspended()) {
            throw Refusals.suspended("a token for " + repository);
        }
        installation.missing(wanted.permissions()).ifPresent(permission -> {
            throw new GitHubFailure(new Kind.Denied(permission.toString()),
                    "The App may not do its work in %s: its installation lacks %s. %s".formatted(repository, permission,
                            Refusals.grant(permission.toString())));
        });
    }

    private static GitHubFailure notInstalled(RepositoryName repository) {
        return new GitHubFailure(new Kind.NotInstalled(), ("The App is not installed on %s. Install it there, or add"
                + " the repository to the installation, in the account's settings under GitHub Apps.")
                .formatted(repository));
    }

    private static GitHubFailure notGranted(RepositoryName repository, GitHubFailure failure) {
        return new GitHubFailure(new Kind.NotInstalled(),
                "GitHub gives no token for %s: %s Check that the installation includes the repository and all permissions."
                        .formatted(repository, failure.getMessage()),
                failure);
    }
}
