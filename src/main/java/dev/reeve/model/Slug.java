package dev.reeve.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a task: its file's name without {@code .md}. At most 120 characters of {@code a-z}, {@code 0-9}
 * and {@code -}, not beginning with {@code -}: safe as a file name, a branch's part and an argument.
 */
public record Slug(String value) implements Comparable<Slug> {

    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9-]{0,119}");

    /** @throws IllegalArgumentException when the text is no slug; {@link #parse} asks without throwing */
    public Slug {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("not a slug: " + Text.quoted(value));
        }
    }

    /** The slug that the text is, or nothing. */
    public static Optional<Slug> parse(String text) {
        return VALID.matcher(text).matches() ? Optional.of(new Slug(text)) : Optional.empty();
    }

    @Override
    public int compareTo(Slug other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
