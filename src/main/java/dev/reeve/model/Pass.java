package dev.reeve.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The passes of a heartbeat that a team can switch off with {@code heartbeat.off}, in their order. */
public enum Pass {
    /** What is cheap to reconcile: the register is pruned. */
    RECONCILE,
    /** Pull requests, their checks and reviews. */
    PR_ATTENTION,
    /** Register entries that could not be pruned. */
    REGISTER_ORPHANS,
    /** Worktrees whose copy of the task says something else. */
    METADATA_DRIFT,
    /** Runs that ended well and left nothing to show. */
    DISPATCH_UNRECONCILED,
    /** Tasks in progress that look done. */
    STALE_IN_PROGRESS;

    /** The pass that is meant, if one is. */
    public static Optional<Pass> parse(String text) {
        return Arrays.stream(values()).filter(pass -> pass.id().equals(text)).findFirst();
    }

    /** As it is configured and shown, {@code metadata_drift}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
