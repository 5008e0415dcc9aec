package dev.reeve.web;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What an operator shows to be let in. Its text form doesn't give it away.
 *
 * <p><b>Threading</b>: any thread; it may be replaced while it is compared.
 */
public final class AdminToken {

    private static final String SCHEME = "Bearer ";

    private volatile Known known;

    private record Known(String value, int edition) {}

    /** @throws IllegalArgumentException when it is empty, which anybody could guess */
    public AdminToken(String value) {
        this.known = new Known(usable(value), 1);
    }

    /**
     * From now on only this one is good, and who showed the old one has to show this.
     *
     * @throws IllegalArgumentException when it is empty; then the old one stays
     */
    public synchronized void replace(String with) {
        known = new Known(usable(with), known.edition() + 1);
    }

    /** Another number for each token that was in use. */
    int edition() {
        return known.edition();
    }

    private static String usable(String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("the admin token is empty");
        }
        return token;
    }

    /** Whether this is the token; compared in constant time. */
    boolean is(String shown) {
        return MessageDigest.isEqual(known.value().getBytes(StandardCharsets.UTF_8),
                shown.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether an {@code Authorization} header shows the token; compared in constant time. */
    boolean isShownBy(@Nullable String authorization) {
        return authorization != null && authorization.startsWith(SCHEME)
                && is(authorization.substring(SCHEME.length()));
    }

    @Override
    public String toString() {
        return "***";
    }
}
