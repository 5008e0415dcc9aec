package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * The name of a task: its file's name without {@code .md}. At most 120 characters of {@code a-z}, {@code 0-9}
 * and {@code -}, not beginning with {@code -}: safe as a file name, a branch's part and an argument.
 */
public record Slug(String value) implements Comparable<Slug> {

    private static final int LONGEST = 120;

    /** @throws IllegalArgumentException when the text is no slug; {@link #parse} asks without throwing */
    public Slug {
        if (!valid(value)) {
            throw new IllegalArgumentException("not a slug: " + Text.quoted(value));
        }
    }

    /** The slug that the text is, or nothing. */
    public static Optional<Slug> parse(String text) {
        return valid(text) ? Optional.of(new Slug(text)) : Optional.empty();
    }

    /** By hand, because every name in a tree of a hundred thousand is asked: {@code [a-z0-9][a-z0-9-]{0,119}}. */
    private static boolean valid(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                return false;
            }
        }
        return true;
    }

    /** By hand as well: every task is looked up by it several times in a heartbeat, and what a record does by itself takes several times as long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Slug its && its.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
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
