package dev.reeve.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a branch without {@code refs/heads/}, as <a href="https://git-scm.com/docs/git-check-ref-format">
 * git-check-ref-format</a> allows it, of at most 255 characters. It never begins with {@code -}, so git can't
 * take it for an option.
 */
public record BranchName(String value) {

    private static final Pattern FORBIDDEN = Pattern.compile(
            "[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|//|/\\.|\\.lock(/|$)|^[-/.]|[/.]$|^@$|^refs/|^HEAD$");

    /** The branch of the pull request in which completions wait, where the default branch takes them by pull request only. */
    public static final BranchName BOOKKEEPING = new BranchName("reeve/bookkeeping");

    /** @throws IllegalArgumentException when git would not take the text as a branch's name */
    public BranchName {
        if (!valid(value)) {
            throw new IllegalArgumentException("not a branch name: " + Text.quoted(value));
        }
    }

    /** The branch that the text names, or nothing. */
    public static Optional<BranchName> parse(String text) {
        return valid(text) ? Optional.of(new BranchName(text)) : Optional.empty();
    }

    /** The branch of a task that names none: {@code task/<slug>}. */
    public static BranchName ofTask(Slug slug) {
        return new BranchName("task/" + slug);
    }

    private static boolean valid(String text) {
        return !text.isEmpty() && text.length() <= 255 && (isPlain(text) || !FORBIDDEN.matcher(text).find());
    }

    /** Words of {@code a-z}, {@code 0-9}, and {@code -} between them, with {@code /} between those: nearly all branches, and nothing that is forbidden. */
    private static boolean isPlain(String text) {
        char before = '/';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            boolean between = (c == '-' || c == '/') && before != '/' && before != '-';
            if (!word && !between) {
                return false;
            }
            before = c;
        }
        return before != '/' && before != '-' && !text.startsWith("refs/");
    }

    /** The full name of the ref. */
    public String ref() {
        return "refs/heads/" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
