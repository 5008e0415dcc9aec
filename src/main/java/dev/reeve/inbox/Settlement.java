package dev.reeve.inbox;

/** What became of a piece of work when its run was finished. */
public enum Settlement {
    /** Nothing is left to do. */
    DONE,
    /** Done, but something arrived meanwhile: it is due again at once. */
    AGAIN,
    /** It is tried again later. */
    RETRY,
    /** It is a dead letter. */
    DEAD,
    /** Somebody else holds the lease now: nothing was changed and the follow-ups were dropped. */
    LEASE_LOST
}
