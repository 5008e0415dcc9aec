package dev.reeve.github;

import java.time.Instant;

/**
 * A token and what goes with it.
 *
 * @param limit of whose rate limit it uses
 * @param renewAt when it is to be replaced, by our own clock
 */
record Credentials(String token, RateLimit limit, Instant renewAt) {

    /** @throws IllegalArgumentException when it could not be sent as a header; the message doesn't show it */
    Credentials {
        if (!token.matches("[\\x21-\\x7e]{1,4096}")) {
            throw new IllegalArgumentException("a token holds characters that no token has");
        }
    }

    String header() {
        return "Bearer " + token;
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
