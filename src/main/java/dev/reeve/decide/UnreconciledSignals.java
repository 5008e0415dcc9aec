package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskStatus;

import java.util.List;
import java.util.Optional;

/** Runs that ended well and have nothing to show for it. */
final class UnreconciledSignals {

    private UnreconciledSignals() {}

    static List<Signal> of(BeatFacts facts, HeartbeatPolicy policy) {
        return RunStanding.of(facts) instanceof RunStanding.EndedWell(var outcome) && isQueued(facts)
                && hasNoPullRequest(facts) && !accountsFor(outcome) && StepSignals.drift(facts, policy).isEmpty()
                        ? List.of(Signal.of(SignalKind.DISPATCH_COMPLETED_UNRECONCILED, facts.slug(),
                                message(facts, outcome) + RunWords.pending(facts)))
                        : List.of();
    }

    /** Any other status was set by a person who has taken notice. */
    private static boolean isQueued(BeatFacts facts) {
        return facts.task()
                .asTask()
                .filter(task -> task.status() == TaskStatus.READY || task.status() == TaskStatus.IN_PROGRESS)
                .isPresent();
    }

    /** One that is closed has a signal of its own, one that is merged completes the task, and unknown is not none. */
    private static boolean hasNoPullRequest(BeatFacts facts) {
        return facts.pullRequest() instanceof PullRequestLookup.None;
    }

    private static boolean accountsFor(Optional<String> outcome) {
        return outcome.isPresent() && !outcome.get().equals(RunStanding.COMPLETED_WITH_PR);
    }

    /** What it claimed was not believed when it ended; GitHub has been asked again since. */
    private static String message(BeatFacts facts, Optional<String> outcome) {
        boolean claims = RunStanding.last(facts)
                .filter(run -> RunStanding.COMPLETED_WITH_PR.equals(run.account().claimed()))
                .isPresent();
        return outcome.isPresent() || claims
                ? "its last run says that it opened a pull request, but GitHub has none for it"
                : "its last run ended, but no pull request, outcome or change of the task accounts for it"
                        + RunWords.account(facts);
    }
}
