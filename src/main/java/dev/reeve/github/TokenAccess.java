package dev.reeve.github;

import dev.reeve.model.RepositoryName;

import java.time.Instant;
import java.time.InstantSource;

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
        return new RepositoryClient(name, new ApiCalls(transport, access), clock);
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

        /** A token doesn't say whose it is; GitHub refuses what isn't its own. */
        @Override
        public boolean mayUpdateRunsOf(long appId) {
            return true;
        }
    }
}
