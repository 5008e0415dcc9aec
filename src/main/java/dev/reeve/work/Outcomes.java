package dev.reeve.work;

import dev.reeve.git.GitFailure;
import dev.reeve.github.GitHubFailure;
import dev.reeve.inbox.NotDurableException;
import dev.reeve.model.Outcome;
import dev.reeve.reconcile.Again;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReconcileReport.Failure;
import dev.reeve.reconcile.ReconcileReport.Note;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** What a failure means for the queue. */
final class Outcomes {

    private Outcomes() {}

    /** The outcome of work that ended with this exception; throws it again when it is a fault of our own. */
    static Outcome of(RuntimeException failure) {
        if (failure instanceof CompletionException && failure.getCause() instanceof NotDurableException cause) {
            return new Outcome.Failed(String.valueOf(cause.getMessage()));
        }
        if (failure instanceof GitHubFailure gitHub && gitHub.kind() instanceof GitHubFailure.Kind.Suspended) {
            // When that is noted, the work ends until the installation is resumed.
            return new Outcome.Failed(String.valueOf(failure.getMessage()));
        }
        if (!(failure instanceof GitHubFailure || failure instanceof GitFailure)) {
            throw failure;
        }
        var message = String.valueOf(failure.getMessage());
        return limit(failure).<Outcome>map(until -> new Outcome.RetryAfter(until, message))
                .orElseGet(() -> switch (Again.after(failure)) {
                    case MAY_HELP -> new Outcome.Failed(message);
                    case NEEDS_A_PERSON -> new Outcome.GiveUp(message);
                });
    }

    private static Optional<Instant> limit(@Nullable RuntimeException failure) {
        return failure instanceof GitHubFailure gitHub
                && gitHub.kind() instanceof GitHubFailure.Kind.RateLimited(var until)
                        ? Optional.of(until)
                        : Optional.empty();
    }

    /** The outcome of a pass: a limit waits, what may mend itself is tried again, the rest needs a person. */
    static Outcome of(ReconcileReport report) {
        for (var failure : report.failures()) {
            var until = limit(failure.cause());
            if (until.isPresent()) {
                return new Outcome.RetryAfter(until.get(), failure.message());
            }
        }
        var again = report.failures()
                .stream()
                .filter(failure -> failure.again() == Again.MAY_HELP)
                .map(Failure::message)
                .collect(Collectors.joining("; "));
        var deferred = report.notes()
                .stream()
                .filter(note -> note.kind() == Note.Kind.DEFERRED)
                .map(Note::reason)
                .collect(Collectors.joining("; "));
        if (!again.isEmpty() || !deferred.isEmpty()) {
            return new Outcome.Failed(again.isEmpty() ? deferred : again);
        }
        return report.failures().isEmpty()
                ? new Outcome.Done()
                : new Outcome.GiveUp(
                        report.failures().stream().map(Failure::message).collect(Collectors.joining("; ")));
    }
}
