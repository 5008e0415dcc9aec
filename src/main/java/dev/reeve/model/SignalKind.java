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
    METADATA_DRIFT(Severity.ATTENTION),
    REGISTER_ORPHAN(Severity.ATTENTION),
    ORPHANED_WORKTREE(Severity.INFO),
    STALE_IN_PROGRESS_RECONCILE(Severity.ATTENTION),
    PR_CLOSED_UNMERGED(Severity.ATTENTION),
    REOPENED(Severity.INFO),
    LOOKUP_FAILED(Severity.INFO);

    private final Severity severity;

    SignalKind(Severity severity) {
        this.severity = severity;
    }

    /** Its severity, unless what raises it says otherwise. */
    public Severity severity() {
        return severity;
    }

    /** Its name as files, commands and pages print it, {@code metadata_drift}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
