package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * The last run of a worker as its dispatch status file states it.
 *
 * @param state as written, in lower case and with {@code _} for {@code -}: {@code starting}, {@code running}, {@code exited}, {@code failed}, {@code interrupted}, {@code stalled} or {@code worker_gone}; older scripts may have
 *        written others
 * @param alive whether the process that it names (pid, start time, boot) lives
 * @param exitCode null until it ended
 * @param outcome what the worker or the manager made of it; null when nothing was recorded
 * @param outputAt when its log last grew; null when there is no log
 * @param retryAt when the usage limit ends that the worker ran into; null when it reported none
 * @param tombstone what was last known of it elsewhere; null when there is none
 */
public record Run(@Nullable String runId, String state, boolean alive, @Nullable Integer exitCode,
        @Nullable String outcome, @Nullable Instant startedAt, @Nullable Instant updatedAt, @Nullable Instant outputAt,
        @Nullable Instant retryAt, @Nullable Tombstone tombstone) {}
