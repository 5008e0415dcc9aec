package dev.reeve.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.model.RepositoryName;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Tokens of the App's installations: one for each repository, good for that repository and for what Reeve does there
 * and nothing more. Kept until five minutes before they end.
 *
 * <p><b>Threading</b>: any thread. Several threads that need the same token at once share one request for it, and its
 * failure.
 */
final class InstallationTokens {

    private static final Duration BEFORE_THE_END = Duration.ofMinutes(5);
    private static final Set<Permission> NEEDED = EnumSet.allOf(Permission.class);

    private final AppCalls app;
    private final InstantSource clock;
    private final ConcurrentMap<RepositoryName, Installation> installations = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, RateLimit> limits = new ConcurrentHashMap<>();
    private final ConcurrentMap<RepositoryName, Credentials> tokens = new ConcurrentHashMap<>();
    private final ConcurrentMap<RepositoryName, CompletableFuture<Credentials>> underWay = new ConcurrentHashMap<>();

    /** The App as it is installed on an account. */
    private record Installation(long id, Map<String, String> permissions, boolean suspended) {

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
        public boolean mayUpdateRunsOf(Fields run) {
            return tokens.app.isThisApp(run);
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
        var request = ApiRequest.get("/repos/" + repository + "/installation", Permission.METADATA_READ);
        try {
            var answer = app.call(request).fields(request);
            var granted = new HashMap<String, String>();
            answer.object("permissions")
                    .node()
                    .properties()
                    .forEach(entry -> granted.put(entry.getKey(), entry.getValue().asText()));
            var installation = new Installation(answer.id("id"), Map.copyOf(granted),
                    answer.optionalTime("suspended_at").isPresent());
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
        var request = tokenRequest(repository, installation);
        try {
            var answer = app.call(request);
            var fields = answer.fields(request);
            var life = Duration.between(answer.date().orElse(clock.instant()), fields.time("expires_at"));
            return credentials(fields, limit, clock.instant().plus(life).minus(BEFORE_THE_END));
        } catch (GitHubFailure failure) {
            throw failure.kind() instanceof Kind.Rejected ? notGranted(repository, failure) : failure;
        }
    }

    private static Credentials credentials(Fields answer, RateLimit limit, Instant renewAt) {
        try {
            return new Credentials(answer.text("token"), limit, renewAt);
        } catch (IllegalArgumentException _) {
            throw answer.malformed("without a usable token");
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

    private static ApiRequest tokenRequest(RepositoryName repository, Installation installation) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray("repositories").add(repository.name());
        var permissions = body.putObject("permissions");
        NEEDED.forEach(permission -> permissions.put(permission.subject(), permission.level()));
        var path = "/app/installations/" + installation.id() + "/access_tokens";
        // A token that was made but never arrived is of no harm, so asking twice isn't either.
        return ApiRequest.post(path, body, Permission.METADATA_READ).repeatable();
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
