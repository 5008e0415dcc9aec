package dev.reeve.decide;

import dev.reeve.model.DeskFacts;
import dev.reeve.model.DeskFacts.LastRun;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.Tombstone;

import java.util.Optional;

/**
 * The five steps of a reconcile, decided one after another for one task: complete, demote, prune, clear, drift. What an
 * earlier step does counts as done for the later ones; so a worktree goes before the register entry that leads to it. A pass
 * that may change only registers decides alike, and of its plan no more is left than that.
 */
public final class ReconcileDecision {

    private ReconcileDecision() {}

    /** The plan for a task from what is known of it. */
    public static TaskPlan decide(TaskFacts facts, ReconcilePolicy policy) {
        var draft = new TaskPlan.Draft(facts.slug());
        reportFaults(facts, draft);
        CompletionStep.decide(facts, policy, draft);
        DemotionStep.decide(facts, policy, draft);
        ClearStep.worktree(facts, policy, draft);
        PruneStep.decide(facts, policy, draft);
        ClearStep.dispatchFiles(facts, draft);
        DriftStep.decide(facts, draft);
        return draft.finish().within(policy.repairs());
    }

    private static void reportFaults(TaskFacts facts, TaskPlan.Draft draft) {
        if (facts.root() instanceof TaskCopy.Faulty(var faults)) {
            faults.forEach(fault -> draft.signal(Signal.of(fault, facts.slug())));
        }
        if (facts.desk() instanceof DeskFacts.AtDesk desk) {
            faults(desk.run(), facts.slug()).ifPresent(draft::signal);
        }
        if (facts.pullRequest() instanceof PullRequestLookup.Unknown(var reason)) {
            draft.signal(lookupFailed(facts.slug(), reason));
        }
    }

    /** What is wrong with the files of a task's last run. */
    static Optional<Signal> faults(LastRun last, Slug slug) {
        return switch (last) {
            case LastRun.None() -> Optional.empty();
            case LastRun.Unreadable(var reason) -> Optional.of(Signal.of(SignalKind.STATE_FILE_CORRUPT, slug,
                    "dispatch status: " + reason + "; a worker may be at it, so nothing of it is taken away"));
            case LastRun.Known(var run) -> Optional.ofNullable(run.tombstone())
                    .map(Tombstone::fault)
                    .map(fault -> Signal.of(fault, slug));
        };
    }

    static Signal lookupFailed(Slug slug, String reason) {
        return Signal.of(SignalKind.LOOKUP_FAILED, slug, "GitHub could not be asked: " + reason);
    }

    /** The task's pull request if it is merged into the default branch. */
    static Optional<PullRequest> landed(TaskFacts facts, ReconcilePolicy policy) {
        return facts.pullRequest() instanceof PullRequestLookup.Found(var pr)
                && pr.state() == PullRequest.State.MERGED
                && pr.base().equals(policy.defaultBranch().value()) ? Optional.of(pr) : Optional.empty();
    }

    /** True when the task is completed, or is after what the plan already does. */
    static boolean isOrBecomesCompleted(TaskFacts facts, TaskPlan.Draft draft) {
        return facts.isCompleted() || draft.has(Action.Complete.class);
    }
}
