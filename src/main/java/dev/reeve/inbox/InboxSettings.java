package dev.reeve.inbox;

import io.micrometer.core.instrument.MeterRegistry;

import java.time.InstantSource;

/**
 * What an inbox is made of.
 *
 * @param capacity how many writes may wait before more are refused
 */
public record InboxSettings(DatabaseLocation location, InstantSource clock, RetryPolicy retry, MeterRegistry metrics,
        Checkpoint checkpoint, int capacity) {

    /** Enough for a second of what one database can take, little enough to be refused before GitHub's 10 s are over. */
    public static final int USUAL_CAPACITY = 4_096;
}
