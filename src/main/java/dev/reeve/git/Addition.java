package dev.reeve.git;

import java.nio.file.Path;

/** What became of a wanted worktree. */
public sealed interface Addition {

    /** It was made, and nothing is in it but what the branch holds. */
    record Added(Path path) implements Addition {}

    /**
     * The branch is checked out in a linked worktree already, at the wanted place or elsewhere; it was left as it is, with whatever is in it.
     *
     * @param worktree as git lists it; detached while the branch is being rebased in it
     */
    record Reused(LinkedWorktree worktree) implements Addition {}

    /** It can't be made before somebody changes something; the reason says what. Nothing was touched. */
    record Refused(String reason) implements Addition {}
}
