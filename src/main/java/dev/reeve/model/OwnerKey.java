package dev.reeve.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** The canonical name of whoever owns tasks: lower-case letters and digits, safe in a file's name. */
public record OwnerKey(String value) implements Comparable<OwnerKey> {

    private static final Pattern VALID = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{Nd}]{1,100}");

    /** @throws IllegalArgumentException when the text is not canonical; see {@link Owners} for how it becomes so */
    public OwnerKey {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("not an owner key: " + Text.quoted(value));
        }
    }

    /** The key that the text is, or nothing. */
    public static Optional<OwnerKey> parse(String text) {
        return VALID.matcher(text).matches() ? Optional.of(new OwnerKey(text)) : Optional.empty();
    }

    @Override
    public int compareTo(OwnerKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
