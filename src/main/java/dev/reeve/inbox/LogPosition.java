package dev.reeve.inbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * How far GitHub's log of deliveries was read. Everything that it listed up to {@code at} was taken in.
 *
 * @param readAt when it was last read to its end, by our own clock
 * @param outage the last gap that the log had; null when it never had one
 */
public record LogPosition(Instant at, Instant readAt, @Nullable Outage outage) {

    /** A time of which the log said nothing any more when it was read, so that every repository was reconciled. */
    public record Outage(Instant from, Instant until) {}
}
