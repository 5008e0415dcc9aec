package dev.reeve.work;

import dev.reeve.git.GitFailure;
import dev.reeve.github.GitHubFailure;
import dev.reeve.model.Outcome;
import dev.reeve.reconcile.Again;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReconcileReport.Failure;
import dev.reeve.reconcile.ReconcileReport.Note;

import java.util.stream.Collectors;

/** What a failure means for the queue. */
final class Outcomes {

    private Outcomes() {}

    /** The outcome of work that ended with this exception; throws it again when it is a fault of our own. */
    static Outcome of(RuntimeException failure) {
        return switch (failure) {
            case GitHubFailure github -> of(github);
            case GitFailure git -> new Outcome.Failed(String.valueOf(git.getMessage()));
            default -> throw failure;
        };
    }

    private static Outcome of(GitHubFailure failure) {
        var message = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case GitHubFailure.Kind.RateLimited(var until) -> new Outcome.RetryAfter(until, message);
            case GitHubFailure.Kind.Unavailable _,GitHubFailure.Kind.Malformed _,GitHubFailure.Kind.NotFound _ ->
                new Outcome.Failed(message);
            case GitHubFailure.Kind.Denied _,GitHubFailure.Kind.NotInstalled _,GitHubFailure.Kind.Suspended _,GitHubFailure.Kind.Rejected _ ->
                new Outcome.GiveUp(message);
        };
    }

    /** The outcome of a pass: a limit waits, what may mend itself is tried again, the rest needs a person. */
    static Outcome of(ReconcileReport report) {
        var limited = report.failures()
                .stream()
                .map(Failure::cause)
                .filter(GitHubFailure.class::isInstance)
                .map(cause -> of((GitHubFailure) cause))
                .filter(Outcome.RetryAfter.class::isInstance)
                .findFirst();
        if (limited.isPresent()) {
            return limited.get();
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
