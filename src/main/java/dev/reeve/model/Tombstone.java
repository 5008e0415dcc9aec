package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * The last known state of a run, written as it proceeds and when it ends, beside its status. When the status says <i>running</i> and no process is there, it tells
 * whether the worker vanished or had finished.
 *
 * @param state as {@link Run#state}
 * @param fault why it can't be read, so that all else is missing; null when it can
 */
public record Tombstone(@Nullable String runId, @Nullable String state, @Nullable Integer exitCode,
        @Nullable String outcome, @Nullable Instant updatedAt, @Nullable Fault fault) {

    /** One that can be read. */
    public Tombstone(@Nullable String runId, @Nullable String state, @Nullable Integer exitCode,
            @Nullable String outcome, @Nullable Instant updatedAt) {
        this(runId, state, exitCode, outcome, updatedAt, null);
    }

    /** One that can't be read. */
    public static Tombstone unreadable(Fault fault) {
        return new Tombstone(null, null, null, null, null, fault);
    }
}
