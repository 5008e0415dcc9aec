package dev.reeve.github;

import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.model.RepositoryName;
import org.kohsuke.github.GHPermissionType;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import static java.util.stream.Collectors.toMap;

/**
 * Tokens of the App's installations: one for each repository, good for that repository and for what Reeve does there
 * and nothing more. Kept until five minutes before they end.
 *
 * <p><b>Threading</b>: any thread. Several threads that need the same token at once share one request for it, and its
 * failure.
 */
final class InstallationTokens {

    private static final Duration BEFORE_THE_END = Duration.ofMinutes(5);
    /** What the server does; an installation's token is asked for with these and nothing more. */
    private static final Set<Permission> NEEDED = EnumSet.of(Permission.METADATA_READ, Permission.PULL_REQUESTS_READ,
            Permission.CHECKS_WRITE, Permission.CONTENTS_WRITE);

    /** What makes check runs say more, where an installation grants it. */
    private static final Set<Permission> USEFUL = EnumSet.of(Permission.STATUSES_READ);

    /** A token that was made but never arrived is of no harm, so each request may be sent again. */
    private static final Question TOKEN = new Question(Permission.METADATA_READ, Repeat.HARMLESS, Forms::token);

    private final AppCalls app;
    private final InstantSource clock;
    private final ConcurrentMap<RepositoryName, Installation> installations = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, RateLimit> limits = new ConcurrentHashMap<>();
    private final ConcurrentMap<RepositoryName, Credentials> tokens = new ConcurrentHashMap<>();
    private final ConcurrentMap<RepositoryName, CompletableFuture<Credentials>> underWay = new ConcurrentHashMap<>();

    /** The App as it is installed on an account. */
    private record Installation(long id, long appId, Map<String, GHPermissionType> permissions, boolean suspended) {

        /** What its tokens are made with. */
        Set<Permission> used() {
            var used = EnumSet.copyOf(NEEDED);
            USEFUL.stream().filter(permission -> permission.isIn(permissions)).forEach(used::add);
            return used;
        }

        Optional<Permission> missing() {
            return NEEDED.stream().filter(permission -> !permission.isIn(permissions)).findFirst();
        }
    }

    InstallationTokens(AppCalls app, InstantSource clock) {
        this.app = app;
        this.clock = clock;
    }

    Access of(RepositoryName repository) {
        return new OfRepository(this, repository);
    }

    /** The right to one repository. */
    record OfRepository(InstallationTokens tokens, RepositoryName repository) implements Access {

        @Override
        public Credentials credentials() {
            return tokens.credentials(repository);
        }

        @Override
        public boolean renewable(Credentials refused) {
            tokens.tokens.remove(repository, refused);
            return true;
        }

        @Override
        public boolean mayUpdateRunsOf(long appId) {
            var installation = tokens.installations.get(repository);
            return installation != null && installation.appId() == appId;
        }

        @Override
        public boolean includes(Permission permission) {
            var installation = tokens.installations.get(repository);
            return installation == null || installation.used().contains(permission);
        }
    }

    private Credentials credentials(RepositoryName repository) {
        var kept = tokens.get(repository);
        if (kept != null && clock.instant().isBefore(kept.renewAt())) {
            return kept;
        }
        var mine = new CompletableFuture<Credentials>();
        var others = underWay.putIfAbsent(repository, mine);
        return others == null ? fetch(repository, mine) : join(others);
    }

    private Credentials fetch(RepositoryName repository, CompletableFuture<Credentials> promise) {
        try {
            var credentials = request(repository);
            tokens.put(repository, credentials);
            promise.complete(credentials);
            return credentials;
        } catch (RuntimeException | Error e) {
            promise.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(repository, promise);
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

    private Credentials request(RepositoryName repository) {
        var known = installations.get(repository);
        if (known != null) {
            try {
                return create(repository, known);
            } catch (GitHubFailure failure) {
                // Reinstalled, resumed, granted meanwhile? A refusal is believed only of what was just looked up.
                if (!mayBeOutdated(failure.kind())) {
                    throw failure;
                }
                installations.remove(repository);
            }
        }
        return create(repository, lookUp(repository));
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
                        found.getSuspendedAt() != null);
            });
            installations.put(repository, installation);
            return installation;
        } catch (GitHubFailure failure) {
            throw failure.kind() instanceof Kind.NotFound ? notInstalled(repository) : failure;
        }
    }

    private Credentials create(RepositoryName repository, Installation installation) {
        var limit = limits.computeIfAbsent(installation.id(), _ -> new RateLimit(clock));
        limit.check();
        refuseWhatCannotWork(repository, installation);
        try {
            return app.ask(TOKEN, (gitHub, conversation) -> {
                var made = Handles.installation(gitHub, installation.id())
                        .createToken()
                        .repositories(List.of(repository.name()))
                        .permissions(
                                installation.used().stream().collect(toMap(Permission::subject, Permission::level)))
                        .create();
                var life = Duration.between(conversation.last().date().orElse(clock.instant()),
                        made.getExpiresAt().toInstant());
                return new Credentials(made.getToken(), limit, clock.instant().plus(life).minus(BEFORE_THE_END));
            });
        } catch (GitHubFailure failure) {
            throw failure.kind() instanceof Kind.Rejected ? notGranted(repository, failure) : failure;
        }
    }

    private static void refuseWhatCannotWork(RepositoryName repository, Installation installation) {
        if (installation.suspended()) {
            throw Refusals.suspended("a token for " + repository);
        }
        installation.missing().ifPresent(permission -> {
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
