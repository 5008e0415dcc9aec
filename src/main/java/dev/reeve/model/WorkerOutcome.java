package dev.reeve.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a worker's run can end. */
public enum WorkerOutcome {
    /** Its work is in a pull request. */
    COMPLETED_WITH_PR,
    /** It can't go on without somebody else. */
    BLOCKED,
    /** It has seen a review that asks for more than it has done. */
    NEEDS_REVIEW_FIX,
    FAILED;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The outcome that the text names exactly, or nothing. */
    public static Optional<WorkerOutcome> parse(String text) {
        return Arrays.stream(values()).filter(outcome -> outcome.id().equals(text)).findFirst();
    }

    /** As it is written, {@code completed_with_pr}. */
    public String id() {
        return id;
    }
}
