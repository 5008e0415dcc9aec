package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.Incident;
import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The signals of one task as one row. */
public final class Incidents {

    /** What asks for a person before what doesn't, then the cause before what follows from it. */
    private static final Comparator<Signal> CAUSES_FIRST = Comparator
            .comparing(Signal::severity, Comparator.<Severity>reverseOrder())
            .thenComparingInt(signal -> rank(signal.kind()))
            .thenComparing(Signal::message)
            .thenComparing(signal -> String.valueOf(signal.place()));

    private Incidents() {}

    /**
     * The incident that a task is; nothing when it has no signals.
     *
     * @param signals in any order
     */
    public static Optional<Incident> of(BeatFacts facts, List<Signal> signals) {
        var ordered = ordered(signals);
        return ordered.isEmpty() ? Optional.empty()
                : Optional.of(new Incident(facts.slug(), ordered, Remedies.of(ordered.getFirst(), facts)));
    }

    /** Each once, the one that leads first. */
    static List<Signal> ordered(List<Signal> signals) {
        return signals.size() < 2 ? signals : signals.stream().distinct().sorted(CAUSES_FIRST).toList();
    }

    /**
     * How near a kind is to the cause: of two signals about one task, the one with the smaller rank explains the other. What is wrong with a
     * file comes before all that was read from it, what ended a run before what its end leads to, and information last.
     */
    static int rank(SignalKind kind) {
        return switch (kind) {
            case INVALID_SLUG -> 0;
            case DUPLICATE_SLUG -> 1;
            case INVALID_FRONTMATTER -> 2;
            case INVALID_STATUS -> 3;
            case STATE_FILE_CORRUPT -> 4;
            case UNROUTABLE_OWNER -> 5;
            case UNKNOWN_DEPENDENCY -> 6;
            case DEPENDENCY_CYCLE -> 7;
            case DISPATCH_WORKER_GONE -> 8;
            case DISPATCH_FAILED -> 9;
            case DISPATCH_STALLED -> 10;
            case PR_CLOSED_UNMERGED -> 11;
            case PR_CONFLICT -> 12;
            case PR_CI_FAILING -> 13;
            case PR_CHANGES_REQUESTED -> 14;
            case DISPATCH_COMPLETED_UNRECONCILED -> 15;
            case STALE_IN_PROGRESS_RECONCILE -> 16;
            case METADATA_DRIFT -> 17;
            case REGISTER_ORPHAN -> 18;
            case STUCK_IN_PROGRESS -> 19;
            case PICKUP_OVERDUE -> 20;
            case PASS_FAILED -> 21;
            case DISPATCH_PAUSED -> 22;
            case DISPATCH_RETRY_COOLDOWN -> 23;
            case REOPENED -> 24;
            case PR_REVIEW_PENDING -> 25;
            case LOOKUP_FAILED -> 26;
            case ORPHANED_WORKTREE -> 27;
        };
    }
}
