package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A task as a snapshot states it: what {@link Judgement} says of it, as far as a page or a command shows it. Read from a file, so everything in it may have been written by others.
 *
 * @param intent what its file says; null when the file is broken or missing
 * @param path where its file is; null when there is none
 * @param run its last run; null when none is known
 * @param register its register entry; null when there is none, or none that can be read
 * @param worktree null when there is none
 * @param pullRequest null when there is none
 * @param pullRequestUnknown why GitHub's answer isn't known; null when it is
 */
public record SnapshotTask(Slug slug, @Nullable TaskPath path, Bucket bucket, String reason,
        Judgement.Dispatchability dispatch, Set<SignalKind> signals, @Nullable Intent intent, @Nullable Run run,
        @Nullable Claim register, @Nullable Worktree worktree, @Nullable PullRequestState pullRequest,
        @Nullable String pullRequestUnknown) {

    /**
     * What a valid task file says, with the state of what it depends on.
     *
     * @param owner a person or a role, as written
     * @param modified when the file was last changed
     */
    public record Intent(String title, TaskStatus status, Priority priority, @Nullable String milestone,
            @Nullable String owner, List<BeatFacts.Dependency> dependsOn, BranchName branch, int openBoxes,
            Instant modified) {}

    /**
     * A register entry.
     *
     * @param owner whose register
     */
    public record Claim(OwnerKey owner, RegisterEntry entry) {}

    /**
     * A pull request.
     *
     * @param standing what it waits for; null when it isn't open, or that isn't known
     */
    public record PullRequestState(int number, PullRequest.State state, String url, String title, Sha head,
            @Nullable PullRequestStanding standing) {}
}
