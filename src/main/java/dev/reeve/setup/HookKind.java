package dev.reeve.setup;

import dev.reeve.model.BranchName;

/** The events of git after which the checkout may have become untrue. */
enum HookKind {
    /** A merge or a pull brought commits. */
    POST_MERGE("post-merge"),
    /** Commits were rewritten: a pull that rebases, but no {@code commit --amend}. */
    POST_REWRITE("post-rewrite"),
    /** Something was checked out: the default branch, as a branch. */
    POST_CHECKOUT("post-checkout");

    private final String id;

    HookKind(String id) {
        this.id = id;
    }

    /** The name of the file. */
    String id() {
        return id;
    }

    /** The shell's condition for the event to matter; its arguments are those of the hook. */
    String condition(BranchName defaultBranch) {
        return switch (this) {
            case POST_MERGE -> "true";
            case POST_REWRITE -> "[ \"${1-}\" = rebase ]";
            case POST_CHECKOUT -> "[ \"${3-}\" = 1 ] && [ \"$(git symbolic-ref --quiet HEAD)\" = "
                    + Shell.quoted(defaultBranch.ref()) + " ]";
        };
    }
}
