package dev.reeve.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** The full name of a git object: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits. */
public record Sha(String value) {

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** @throws IllegalArgumentException when the text is no full object name */
    public Sha {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("not an object name: " + Text.quoted(value));
        }
    }

    /** The object name that the text is, or nothing. */
    public static Optional<Sha> parse(String text) {
        return VALID.matcher(text).matches() ? Optional.of(new Sha(text)) : Optional.empty();
    }

    /** True for the name of no object, which GitHub sends as {@code before} of a created ref. */
    public boolean isZero() {
        return value.chars().allMatch(c -> c == '0');
    }

    /** The first seven digits, for people. */
    public String abbreviated() {
        return value.substring(0, 7);
    }

    @Override
    public String toString() {
        return value;
    }
}
