package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * The last known state of a run, written as it proceeds and when it ends, beside its status. When the status says <i>running</i> and no process is there, it tells
 * whether the worker vanished or had finished.
 *
 * @param state as written; see {@link Run#state}
 */
public record Tombstone(@Nullable String runId, @Nullable String state, @Nullable Integer exitCode,
        @Nullable String outcome, @Nullable Instant updatedAt) {}
