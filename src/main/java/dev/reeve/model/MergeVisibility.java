package dev.reeve.model;

/** Whether the merge that GitHub reports can be seen in the fetched default branch. */
public enum MergeVisibility {
    /** There is no merge into the default branch to look for. */
    NONE,
    /** The merge commit is reachable from the fetched default branch. */
    REACHABLE,
    /** GitHub says merged, but the fetched default branch doesn't have it, or no longer. */
    NOT_YET
}
