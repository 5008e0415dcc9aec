package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskStatus;

import java.util.List;
import java.util.Optional;

/** Tasks whose file says {@code in_progress} although nobody seems to be at them. */
final class ProgressSignals {

    private ProgressSignals() {}

    /** It looks finished; says what it saw. */
    static List<Signal> stale(BeatFacts facts) {
        var seen = isLeft(facts) ? seen(facts) : List.<String>of();
        return seen.isEmpty() ? List.of() : List.of(StaleInProgress.signal(facts.slug(), seen));
    }

    /** It looks forgotten. */
    static List<Signal> stuck(BeatFacts facts, HeartbeatPolicy policy) {
        return isLeft(facts) && seen(facts).isEmpty()
                ? idle(facts, policy).map(reason -> Signal.of(SignalKind.STUCK_IN_PROGRESS, facts.slug(),
                        "in progress with no worker, " + reason)).stream().toList()
                : List.of();
    }

    /** Why a task in progress counts as idle, as a reconcile would judge. */
    static Optional<String> idle(BeatFacts facts, HeartbeatPolicy policy) {
        return facts.desk().flatMap(desk -> DemotionStep.idleReason(desk, policy.reconcile()));
    }

    private static boolean isLeft(BeatFacts facts) {
        return facts.task().asTask().filter(task -> task.status() == TaskStatus.IN_PROGRESS).isPresent()
                && !(RunStanding.of(facts) instanceof RunStanding.MayLive);
    }

    private static List<String> seen(BeatFacts facts) {
        return facts.detail().map(StaleInProgress::seen).orElse(List.of());
    }
}
