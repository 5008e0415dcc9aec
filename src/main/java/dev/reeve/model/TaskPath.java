package dev.reeve.model;

import java.util.List;
import java.util.Optional;

/**
 * Where a file is in a repository: relative to its root, parts separated by {@code /}, none of them empty,
 * {@code .}, {@code ..} or {@code .git}, no control characters. It can't lead out of the tree by its words; that no part is a
 * symbolic link is for whoever opens it to check.
 */
public record TaskPath(String value) implements Comparable<TaskPath> {

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

    private static boolean valid(String text) {
        return !text.isEmpty() && text.length() <= 4096
                && text.chars().noneMatch(c -> c < 0x20 || c == 0x7f || c == '\\')
                && List.of(text.split("/", -1))
                        .stream()
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals("..")
                                || part.equalsIgnoreCase(".git"));
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

    @Override
    public int compareTo(TaskPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
