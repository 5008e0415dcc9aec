package dev.reeve.model;

import java.util.Locale;

/** Everything that can be signalled about a task or a state file. */
public enum SignalKind {
    UNROUTABLE_OWNER(Severity.ATTENTION),
    INVALID_SLUG(Severity.ATTENTION),
    INVALID_FRONTMATTER(Severity.ATTENTION),
    INVALID_STATUS(Severity.ATTENTION),
    DUPLICATE_SLUG(Severity.ATTENTION),
    UNKNOWN_DEPENDENCY(Severity.ATTENTION),
    DEPENDENCY_CYCLE(Severity.ATTENTION),
    STATE_FILE_CORRUPT(Severity.ATTENTION),
    PICKUP_OVERDUE(Severity.ATTENTION),
    STUCK_IN_PROGRESS(Severity.ATTENTION),
    DISPATCH_FAILED(Severity.ATTENTION),
    DISPATCH_STALLED(Severity.ATTENTION),
    DISPATCH_WORKER_GONE(Severity.ATTENTION),
    DISPATCH_RETRY_COOLDOWN(Severity.INFO),
    DISPATCH_COMPLETED_UNRECONCILED(Severity.ATTENTION),
    DISPATCH_PAUSED(Severity.INFO),
    METADATA_DRIFT(Severity.ATTENTION),
    REGISTER_ORPHAN(Severity.ATTENTION),
    ORPHANED_WORKTREE(Severity.INFO),
    STALE_IN_PROGRESS_RECONCILE(Severity.ATTENTION),
    PR_CI_FAILING(Severity.ATTENTION),
    PR_CHANGES_REQUESTED(Severity.ATTENTION),
    PR_CONFLICT(Severity.ATTENTION),
    PR_CLOSED_UNMERGED(Severity.ATTENTION),
    PR_REVIEW_PENDING(Severity.INFO),
    REOPENED(Severity.INFO),
    LOOKUP_FAILED(Severity.INFO),
    /** A pass of a heartbeat failed; what it would have found is not known. */
    PASS_FAILED(Severity.ATTENTION);

    private final Severity severity;
    private final String id = name().toLowerCase(Locale.ROOT);

    SignalKind(Severity severity) {
        this.severity = severity;
    }

    /** Its severity, unless what raises it says otherwise. */
    public Severity severity() {
        return severity;
    }

    /** Its name as files, commands and pages print it, {@code metadata_drift}. */
    public String id() {
        return id;
    }
}
