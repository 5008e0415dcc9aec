package dev.reeve.git;

/** What became of the removal of a worktree. */
public sealed interface Removal {

    /** The folder and git's record of it are gone; the branch stays. */
    record Removed() implements Removal {}

    /** Git refused: it is locked, or holds changed or untracked files, or submodules. Nothing was touched. */
    record Refused(String reason) implements Removal {}
}
