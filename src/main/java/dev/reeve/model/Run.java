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
 * @param account what was recorded of it when it ended
 * @param pendingUpdates follow-ups for its task that no run has been given yet
 */
public record Run(@Nullable String runId, String state, boolean alive, @Nullable Integer exitCode,
        @Nullable String outcome, @Nullable Instant startedAt, @Nullable Instant updatedAt, @Nullable Instant outputAt,
        @Nullable Instant retryAt, @Nullable Tombstone tombstone, Account account,
        int pendingUpdates) {

    /** One of which nothing more is known. */
    public Run(@Nullable String runId, String state, boolean alive, @Nullable Integer exitCode,
            @Nullable String outcome, @Nullable Instant startedAt, @Nullable Instant updatedAt,
            @Nullable Instant outputAt, @Nullable Instant retryAt, @Nullable Tombstone tombstone) {
        this(runId, state, alive, exitCode, outcome, startedAt, updatedAt, outputAt, retryAt, tombstone, Account.NONE,
                0);
    }

    /** The same with so many follow-ups that no run has been given yet. */
    public Run pending(int updates) {
        return new Run(runId, state, alive, exitCode, outcome, startedAt, updatedAt, outputAt, retryAt, tombstone,
                account, updates);
    }

    /** The same with this account. */
    public Run with(Account told) {
        return new Run(runId, state, alive, exitCode, outcome, startedAt, updatedAt, outputAt, retryAt, tombstone, told,
                pendingUpdates);
    }

    /**
     * What was recorded of a run when it ended. The words are a worker's, or hold a worker's: they are escaped where they are shown.
     *
     * @param summary what the worker says it did; null when it said nothing
     * @param reason why it has the outcome that it has; null when that wasn't recorded
     * @param claimed the outcome that the worker stated where it wasn't believed; null when there is none
     * @param head the commit that was checked out in its worktree; null when that isn't known
     */
    public record Account(@Nullable String summary, @Nullable String reason, @Nullable String claimed,
            @Nullable Sha head) {

        /** That nothing was recorded. */
        public static final Account NONE = new Account(null, null, null, null);

        /** What this one says, and where it says nothing, what the other one does. */
        public Account or(Account other) {
            return new Account(summary == null ? other.summary : summary, reason == null ? other.reason : reason,
                    claimed == null ? other.claimed : claimed, head == null ? other.head : head);
        }
    }
}
