package dev.reeve.inbox;

/** Where a piece of open work stands. */
public enum WorkState {
    /** It may run now. */
    DUE,
    /** It is being done. */
    RUNNING,
    /** It has failed, or met a limit, and waits for its next try. */
    WAITING,
    /** It is not tried again by itself. */
    DEAD
}
