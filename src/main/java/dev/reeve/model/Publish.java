package dev.reeve.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a change of a task file is written. */
public enum Publish {
    /** Nowhere: somebody else completes tasks. */
    NONE,
    /** Into the file in the operator's working tree; the commit is left to them. */
    WORKTREE,
    /** As a commit that is pushed to the default branch. */
    PUSH,
    /** Into one bookkeeping pull request, for protected branches. */
    PULL_REQUEST;

    /** The mode that the text names, {@code pull-request}, or nothing. */
    public static Optional<Publish> parse(String text) {
        return Arrays.stream(values()).filter(p -> p.id().equals(text)).findFirst();
    }

    /** As it is written, {@code pull-request}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
