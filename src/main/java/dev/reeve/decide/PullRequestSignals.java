package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.PullRequestStanding.Checks;
import dev.reeve.model.PullRequestStanding.Mergeability;
import dev.reeve.model.PullRequestStanding.Reviews;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a task's pull request asks of people. */
final class PullRequestSignals {

    private static final int NAMED = 5;
    private static final int LONGEST = 60;

    private PullRequestSignals() {}

    static List<Signal> of(BeatFacts facts, HeartbeatPolicy policy) {
        if (facts.detail().isEmpty() && facts.standing().isEmpty()) {
            return List.of();
        }
        var signals = new ArrayList<>(StepSignals.completion(facts, policy));
        if (facts.task().asTask().filter(task -> !task.status().isFinal()).isPresent()) {
            if (facts.pullRequest() instanceof PullRequestLookup.Unknown(var reason)
                    && facts.detail().isPresent()) {
                signals.add(ReconcileDecision.lookupFailed(facts.slug(), reason));
            }
            PullRequests.open(facts)
                    .ifPresent(pr -> facts.standing().ifPresent(s -> signals.addAll(ofOpen(facts, pr, s, policy))));
        }
        return signals;
    }

    private static List<Signal> ofOpen(BeatFacts facts, PullRequest pr, PullRequestStanding standing,
            HeartbeatPolicy policy) {
        var said = new Said(facts, pr, Durations.ago(standing.askedAt(), policy.now()), new ArrayList<>());
        said.checks(standing.checks());
        said.reviews(standing.reviews());
        if (standing.mergeability() == Mergeability.CONFLICT) {
            said.add(SignalKind.PR_CONFLICT, "can't be merged: it conflicts with " + Text.plain(pr.base(), LONGEST));
        }
        return said.signals();
    }

    /** Collects what is said of one pull request. */
    private record Said(BeatFacts facts, PullRequest pr, String age, List<Signal> signals) {

        void add(SignalKind kind, String what) {
            signals.add(Signal.of(kind, facts.slug(), "PR #" + pr.number() + " " + what));
        }

        void checks(Checks checks) {
            switch (checks) {
                case Checks.Failed(var names) ->
                    add(SignalKind.PR_CI_FAILING, "fails in CI" + (names.isEmpty() ? "" : ": " + listed(names)));
                case Checks.Unknown(var reason) -> unknown("checks", reason);
                case Checks.None _,Checks.Pending _,Checks.Passed _ -> {
                }
            }
        }

        void reviews(Reviews reviews) {
            switch (reviews) {
                case Reviews.ChangesRequested(var logins) -> add(SignalKind.PR_CHANGES_REQUESTED,
                        "is to be changed" + (logins.isEmpty() ? "" : ", says " + listed(logins)));
                case Reviews.Pending() -> add(SignalKind.PR_REVIEW_PENDING, "waits for review");
                case Reviews.Unknown(var reason) -> unknown("reviews", reason);
                case Reviews.Approved() -> {
                }
            }
        }

        private void unknown(String what, String reason) {
            add(SignalKind.LOOKUP_FAILED,
                    "is known as of " + age + ", but not its " + what + ": " + Text.plain(reason, 200));
        }
    }

    /** Some names that somebody else gave, cleaned. */
    static String listed(List<String> names) {
        var shown = names.stream()
                .limit(NAMED)
                .map(name -> Text.plain(name, LONGEST))
                .collect(Collectors.joining(", "));
        return names.size() <= NAMED ? shown : shown + " and " + (names.size() - NAMED) + " more";
    }
}
