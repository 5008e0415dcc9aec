package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskFacts;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * What the steps of a reconcile say about a task, without what they would do: so a heartbeat and a reconcile say the same. Each step starts
 * from the state as it is, because a heartbeat carries out nothing that a later step could count on.
 */
final class StepSignals {

    private StepSignals() {}

    /** {@code reopened} and {@code pr_closed_unmerged}. */
    static List<Signal> completion(BeatFacts facts, HeartbeatPolicy policy) {
        return said(facts, (detail, draft) -> CompletionStep.decide(detail, policy.reconcile(), draft));
    }

    /** {@code metadata_drift}, unless the pull request is merged and the completion on its way. */
    static List<Signal> drift(BeatFacts facts, HeartbeatPolicy policy) {
        var said = said(facts, (detail, draft) -> {
            CompletionStep.decide(detail, policy.reconcile(), draft);
            DriftStep.decide(detail, draft);
        });
        return said.isEmpty() ? said
                : said.stream().filter(signal -> signal.kind() == SignalKind.METADATA_DRIFT).toList();
    }

    /** {@code register_orphan} and {@code orphaned_worktree}. */
    static List<Signal> orphans(BeatFacts facts, HeartbeatPolicy policy) {
        if (facts.detail().isEmpty()) {
            return List.of();
        }
        return Stream.concat(register(facts, policy).stream(), worktree(facts, policy).stream()).toList();
    }

    private static List<Signal> worktree(BeatFacts facts, HeartbeatPolicy policy) {
        return said(facts, (detail, draft) -> ClearStep.worktree(detail, policy.reconcile(), draft));
    }

    /** An entry that could be pruned and still is there could not be. */
    private static List<Signal> register(BeatFacts facts, HeartbeatPolicy policy) {
        return said(facts, (detail, draft) -> {
            PruneStep.decide(detail, policy.reconcile(), draft);
            draft.finish()
                    .actions()
                    .forEach(prune -> draft.signal(Signal.of(SignalKind.REGISTER_ORPHAN, detail.slug(),
                            "register entry: " + prune.reason() + ", but it has not been pruned yet")));
        });
    }

    private static List<Signal> said(BeatFacts facts, BiConsumer<TaskFacts, TaskPlan.Draft> steps) {
        if (facts.detail().isEmpty()) {
            return List.of();
        }
        var draft = new TaskPlan.Draft(facts.slug());
        steps.accept(facts.detail().get(), draft);
        return draft.finish().signals();
    }
}
