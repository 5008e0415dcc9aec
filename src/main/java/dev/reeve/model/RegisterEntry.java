package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What the register knows of one claimed task; anything but the slug may be missing in files of older versions.
 *
 * @param taskPath where its task file is, relative to the repository's root
 * @param worktreePath the worktree's absolute path
 * @param attempts runs started so far
 * @param runId the run that may write about this task
 */
public record RegisterEntry(Slug slug, @Nullable String taskPath, @Nullable String worktreePath,
        @Nullable String branch, @Nullable Instant registeredAt, @Nullable Instant launchedAt,
        @Nullable Instant startedAt, int attempts, @Nullable String runId, @Nullable Integer prNumber) {}
