package dev.reeve.github;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A token and what goes with it.
 *
 * @param limit of whose rate limit it uses
 * @param renewAt when it is to be replaced, by our own clock
 */
record Credentials(String token, RateLimit limit, Instant renewAt) {

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,4096}");

    /** @throws IllegalArgumentException when it could not be sent as a header; the message doesn't show it */
    Credentials {
        if (!isToken(token)) {
            throw new IllegalArgumentException("a token holds characters that no token has");
        }
    }

    /** Whether it can be sent as a header. */
    static boolean isToken(String text) {
        return FORM.matcher(text).matches();
    }

    String header() {
        return "Bearer " + token;
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
