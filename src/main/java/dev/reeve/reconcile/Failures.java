package dev.reeve.reconcile;

import dev.reeve.git.GitFailure;
import dev.reeve.github.GitHubFailure;
import dev.reeve.model.Slug;
import dev.reeve.reconcile.ReconcileReport.Failure;

/** Exceptions as lines of a report. */
final class Failures {

    private Failures() {}

    static Failure of(String step, Slug slug, RuntimeException e) {
        var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new Failure(step, slug, message, again(e), e);
    }

    private static Again again(RuntimeException e) {
        return switch (e) {
            case GitHubFailure github -> again(github.kind());
            case GitFailure _ -> Again.MAY_HELP;
            default -> Again.MAY_HELP;
        };
    }

    private static Again again(GitHubFailure.Kind kind) {
        return switch (kind) {
            case GitHubFailure.Kind.RateLimited _,GitHubFailure.Kind.Unavailable _,GitHubFailure.Kind.NotFound _,GitHubFailure.Kind.Malformed _ ->
                Again.MAY_HELP;
            case GitHubFailure.Kind.Denied _,GitHubFailure.Kind.NotInstalled _,GitHubFailure.Kind.Suspended _,GitHubFailure.Kind.Rejected _ ->
                Again.NEEDS_A_PERSON;
        };
    }
}
