package dev.reeve.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** The canonical name of whoever owns tasks: lower-case letters and digits, safe in a file's name. */
public record OwnerKey(String value) implements Comparable<OwnerKey> {

    private static final int LONGEST = 100;
    private static final Pattern VALID = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{Nd}]{1," + LONGEST + "}");

    /** @throws IllegalArgumentException when the text is not canonical; see {@link Owners} for how it becomes so */
    public OwnerKey {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an owner key: " + Text.quoted(value));
        }
    }

    /** The key that the text is, or nothing. */
    public static Optional<OwnerKey> parse(String text) {
        return isValid(text) ? Optional.of(new OwnerKey(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return isPlain(text) || VALID.matcher(text).matches();
    }

    /** Most are, and then no pattern is needed. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST;
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
