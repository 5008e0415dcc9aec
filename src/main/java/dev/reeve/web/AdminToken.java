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

    private volatile byte[] value;

    /** @throws IllegalArgumentException when it is empty, which anybody could guess */
    public AdminToken(String value) {
        this.value = bytes(value);
    }

    /**
     * From now on only this one is good.
     *
     * @throws IllegalArgumentException when it is empty; then the old one stays
     */
    public void replace(String with) {
        value = bytes(with);
    }

    private static byte[] bytes(String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("the admin token is empty");
        }
        return token.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether this is the token; compared in constant time. */
    boolean is(String shown) {
        return MessageDigest.isEqual(value, shown.getBytes(StandardCharsets.UTF_8));
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
