package dev.reeve.model;

/** How a file in an operator's working tree and index compares with {@code HEAD}. */
public enum LocalState {
    /** As {@code HEAD} has it, in the working tree and in the index. */
    UNCHANGED,
    /** Changed in the working tree, or staged, or in conflict, or replaced by something that is no file. */
    MODIFIED,
    /** There, but {@code HEAD} doesn't have it and nothing is staged; ignored files too. */
    UNTRACKED,
    /** Not in the working tree, whatever {@code HEAD} has. */
    MISSING,
    /** It was not asked for, because nothing seemed to be written; whoever would write after all must not. */
    NOT_ASKED
}
