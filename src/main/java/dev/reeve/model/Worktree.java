package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A linked worktree as git and its files show it.
 *
 * @param branch what is checked out; null when detached
 * @param head the commit that is checked out
 * @param clean no uncommitted and no untracked files
 * @param pushed everything committed in it is on a remote branch
 * @param ahead how many of its commits the default branch doesn't have; null when that isn't known
 * @param lastActivity the newest of its last commit and its files' changes
 * @param bytes its size on disk, or -1 when it was not measured
 */
public record Worktree(Path path, @Nullable BranchName branch, @Nullable Sha head, boolean clean, boolean pushed,
        @Nullable Integer ahead, @Nullable Instant lastActivity, long bytes) {}
