package dev.reeve.github;

import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.model.RepositoryName;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * GitHub by a token that somebody made, {@code GITHUB_TOKEN}: how agents and commands ask.
 *
 * <p><b>Threading</b>: any thread.
 */
public final class TokenAccess implements AutoCloseable {

    private final Transport transport;
    private final PlainToken access;
    private final InstantSource clock;

    /** @throws IllegalArgumentException when the token holds characters that no token has; it isn't shown */
    public TokenAccess(Endpoint endpoint, String token, InstantSource clock) {
        this.transport = new Transport(endpoint);
        this.access = new PlainToken(new Credentials(token, new RateLimit(clock), Instant.MAX));
        this.clock = clock;
    }

    /** The client of one repository. Nothing is asked yet. */
    public RepositoryClient repository(RepositoryName name) {
        var calls = new ApiCalls(transport, access);
        return new RepositoryClient(name, calls, calls, clock);
    }

    /**
     * Whose the token is and what it can do with a repository, in two requests.
     *
     * @throws GitHubFailure when GitHub can't be asked, or doesn't accept the token
     */
    public TokenReport report(RepositoryName repository) {
        var user = ask("/user");
        var thing = ask("/repos/" + repository);
        return TokenReport.of(user.fields(), thing.fields(), thing.answer());
    }

    private record Heard(ApiRequest request, ApiAnswer answer) {

        /** What was asked for; nothing when it was refused. */
        Optional<Fields> fields() {
            return answer.status() == 200 ? Optional.of(answer.fields(request)) : Optional.empty();
        }
    }

    /** That this one thing is not for the token, or not there, is an answer here. */
    private Heard ask(String path) {
        var request = new ApiRequest(Method.GET, path, null, Permission.METADATA_READ, Repeat.HARMLESS);
        var credentials = access.credentials();
        var limit = credentials.limit();
        var answer = limit.inTurn(request, admission -> transport.send(request, credentials.header(), admission));
        try {
            return new Heard(request, limit.judge(request, answer));
        } catch (GitHubFailure failure) {
            if (isAboutOneThing(failure.kind())) {
                return new Heard(request, answer);
            }
            throw failure;
        }
    }

    private static boolean isAboutOneThing(Kind kind) {
        return switch (kind) {
            case Kind.NotFound _ -> true;
            case Kind.Denied denied -> denied.permission() != null;
            case Kind.RateLimited _,Kind.Unavailable _,Kind.NotInstalled _,Kind.Suspended _,Kind.Rejected _,Kind.Malformed _ ->
                false;
        };
    }

    /** Ends connections; calls that are under way fail as unavailable. */
    @Override
    public void close() {
        transport.close();
    }

    /** The one token that there is. */
    record PlainToken(Credentials credentials) implements Access {

        @Override
        public boolean renewable(Credentials refused) {
            return false;
        }

        @Override
        public OptionalLong app() {
            return OptionalLong.empty();
        }

        /** A token doesn't say whose it is; GitHub refuses what isn't its own. */
        @Override
        public boolean mayUpdateRunsOf(long appId) {
            return true;
        }

        /** It shows when it is used. */
        @Override
        public boolean includes(Permission permission) {
            return true;
        }
    }
}
