package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Where a file is in a repository: relative to its root, parts separated by {@code /}, none of them empty,
 * {@code .}, {@code ..} or {@code .git}, no control characters. It can't lead out of the tree by its words; that no part is a
 * symbolic link is for whoever opens it to check.
 */
public record TaskPath(String value) implements Comparable<TaskPath> {

    private static final int LONGEST = 4096;

    /** @throws IllegalArgumentException when the text is no such path */
    public TaskPath {
        if (!valid(value)) {
            throw new IllegalArgumentException("not a path in a repository: " + Text.quoted(value));
        }
    }

    /** The path that the text is, or nothing. */
    public static Optional<TaskPath> parse(String text) {
        return valid(text) ? Optional.of(new TaskPath(text)) : Optional.empty();
    }

    /** By hand, because it is asked of every file in a tree. */
    private static boolean valid(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        int part = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/') {
                if (!validPart(text, part, i)) {
                    return false;
                }
                part = i + 1;
            } else if (c < 0x20 || c == 0x7f || c == '\\') {
                return false;
            }
        }
        return validPart(text, part, text.length());
    }

    private static boolean validPart(String text, int from, int to) {
        return switch (to - from) {
            case 0 -> false;
            case 1 -> text.charAt(from) != '.';
            case 2 -> !text.startsWith("..", from);
            case 4 -> !text.regionMatches(true, from, ".git", 0, 4);
            default -> true;
        };
    }

    /** The last part. */
    public String fileName() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** The slug that the file's name stands for; nothing when it isn't {@code <slug>.md}. */
    public Optional<Slug> slug() {
        var name = fileName();
        return name.endsWith(".md") ? Slug.parse(name.substring(0, name.length() - 3)) : Optional.empty();
    }

    /** By hand as well: every file in a tree is looked up by it, and what a record does by itself takes several times as long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TaskPath its && its.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(TaskPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
