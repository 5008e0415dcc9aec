package dev.reeve.model;

/** What a check run may find in a pull request, and a team may want it to fail for. */
public enum Finding {
    /** A task file that can't be read at the pull request's head. */
    INVALID_TASK_FILE,
    /** A {@code .reeve.yml} in the pull request that can't be used. */
    INVALID_CONFIGURATION,
    /** It names a task that isn't there. */
    UNKNOWN_TASK,
    /** It is about no task. */
    NO_TASK,
    /** One of its tasks has unticked boxes. */
    OPEN_BOXES,
    /** The file of one of its tasks changed on the default branch since the branch was cut. */
    CHANGED_SINCE_CUT
}
