package dev.reeve.web;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What an operator shows to be let in. Its text form doesn't give it away. */
public final class AdminToken {

    private static final String SCHEME = "Bearer ";

    private final byte[] value;

    /** @throws IllegalArgumentException when it is empty, which anybody could guess */
    public AdminToken(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the admin token is empty");
        }
        this.value = value.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether an {@code Authorization} header shows the token; compared in constant time. */
    boolean isShownBy(@Nullable String authorization) {
        return authorization != null && authorization.startsWith(SCHEME) && MessageDigest.isEqual(value,
                authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
