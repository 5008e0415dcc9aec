package dev.reeve.reconcile;

import dev.reeve.durable.FailureWords;
import dev.reeve.model.Sha;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a pass did and found.
 *
 * @param examined how many tasks were looked at
 */
public record ReconcileReport(Mode mode, int examined, List<Change> changes, List<Note> notes, List<Signal> signals,
        List<Failure> failures) {

    /** Whether the pass may change anything. */
    public enum Mode {
        ACT, DRY_RUN
    }

    /**
     * One thing that was changed, or would be.
     *
     * @param verb {@code completed}, {@code demoted}, {@code pruned}, {@code archived} or {@code removed}
     * @param commit the commit on the default branch that did it, if it took one
     * @param pullRequest the number of the pull request whose merge caused it, if one did
     * @param file the file in the operator's working tree that was changed and is theirs to commit, if one was
     */
    public record Change(String verb, Slug slug, String detail, @Nullable Sha commit, @Nullable Integer pullRequest,
            @Nullable TaskPath file) {}

    /** Something that was left as it is, and why. */
    public record Note(Kind kind, Slug slug, String reason) {

        /** Why it was left. */
        public enum Kind {
            /** A person has to do something first. */
            SKIPPED,
            /** It is tried again by itself later. */
            DEFERRED
        }
    }

    /**
     * Something that was to be done and failed.
     *
     * @param pullRequest the number of the pull request whose merge is its cause, if one is
     */
    public record Failure(String step, @Nullable Slug slug, String message, Again again,
            @Nullable RuntimeException cause, @Nullable Integer pullRequest) {

        /** Of which no pull request is the cause. */
        public Failure(String step, @Nullable Slug slug, String message, Again again,
                @Nullable RuntimeException cause) {
            this(step, slug, message, again, cause, null);
        }

        /** A step that ended with an exception. */
        public static Failure of(String step, @Nullable Slug slug, RuntimeException e) {
            return new Failure(step, slug, FailureWords.of(e), Again.after(e), e);
        }
    }

    /** Makes it immutable. */
    public ReconcileReport {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
        signals = List.copyOf(signals);
        failures = List.copyOf(failures);
    }

    /** This report, with what was found around the pass. */
    public ReconcileReport with(List<Signal> moreSignals, List<Failure> moreFailures) {
        return new ReconcileReport(mode, examined, changes, notes,
                Stream.concat(moreSignals.stream(), signals.stream()).toList(),
                Stream.concat(moreFailures.stream(), failures.stream()).toList());
    }
}
