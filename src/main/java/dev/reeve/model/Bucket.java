package dev.reeve.model;

import java.util.Locale;

/** Where a task stands for the operator of one queue: derived in every heartbeat, never stored as truth. In the order in which they are shown. */
public enum Bucket {
    /** It has a signal of severity attention. */
    NEEDS_ATTENTION,
    /** A worker is at it, or a person. */
    ACTIVE,
    /** It waits for something that will end. */
    WAITING,
    /** It could be dispatched. */
    READY,
    /** It is planned. */
    BACKLOG,
    /** It is completed or cancelled. */
    DONE,
    /** It is in another person's queue. */
    ELSEWHERE;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** As files, commands and pages print it, {@code needs_attention}. */
    public String id() {
        return id;
    }
}
