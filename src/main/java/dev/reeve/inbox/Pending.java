package dev.reeve.inbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * How much work there is, in keys.
 *
 * @param due may run now
 * @param later waits for its time
 * @param running is leased
 * @param dead waits for a person
 * @param oldestDue since when the oldest due work has been waiting; null when none is due
 */
public record Pending(long due, long later, long running, long dead, @Nullable Instant oldestDue) {}
