package dev.reeve.decide;

import dev.reeve.model.DeskFacts;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.Worktree;

import java.util.Optional;

/**
 * Step 3: register entries whose work is over are taken out. A worktree with uncommitted or unpushed work keeps its entry, so
 * that somebody sees it; an entry that looks dead and can't go is signalled with the reason.
 */
final class PruneStep {

    private PruneStep() {}

    static void decide(TaskFacts facts, ReconcilePolicy policy, TaskPlan.Draft draft) {
        if (facts.desk() instanceof DeskFacts.AtDesk desk && desk.claim() instanceof Claim.Held claim) {
            decide(facts, desk, claim, policy, draft);
        }
    }

    private static void decide(TaskFacts facts, DeskFacts.AtDesk desk, Claim.Held claim, ReconcilePolicy policy,
            TaskPlan.Draft draft) {
        var landed = ReconcileDecision.landed(facts, policy)
                .filter(pr -> !CompletionStep.wasReopened(facts, pr.number()));
        var over = whyOver(facts, landed, draft);
        var keep = desk.mayHaveLiveWorker()
                ? Optional.of("a worker is at it")
                : whyKept(placeAfter(desk, draft), landed.isPresent());
        if (over.isPresent() && keep.isEmpty()) {
            draft.act(new Action.Prune(facts.slug(), claim, over.get()));
        } else if (over.isPresent()) {
            draft.signal(orphan(facts.slug(), over.get() + ", but " + keep.get()));
        } else if (desk.place() instanceof WorktreePlace.Gone && !desk.mayHaveLiveWorker()
                && claim.entry().worktreePath() != null) {
            draft.signal(
                    orphan(facts.slug(),
                            "its worktree is gone and the task isn't completed: continue it or take it out"));
        }
    }

    private static WorktreePlace placeAfter(DeskFacts.AtDesk desk, TaskPlan.Draft draft) {
        return draft.has(Action.RemoveWorktree.class) ? new WorktreePlace.Gone() : desk.place();
    }

    static Signal orphan(Slug slug, String reason) {
        return Signal.of(SignalKind.REGISTER_ORPHAN, slug, "register entry: " + reason);
    }

    private static Optional<String> whyOver(TaskFacts facts, Optional<PullRequest> landed, TaskPlan.Draft draft) {
        if (landed.isPresent()) {
            return Optional.of("PR #" + landed.get().number() + " is merged");
        }
        if (ReconcileDecision.isOrBecomesCompleted(facts, draft)) {
            return Optional.of("the task is completed");
        }
        if (facts.root() instanceof TaskCopy.Absent && facts.published() instanceof TaskCopy.Absent) {
            return Optional.of("the task is gone");
        }
        return Optional.empty();
    }

    private static Optional<String> whyKept(WorktreePlace place, boolean merged) {
        return switch (place) {
            case WorktreePlace.Gone() -> Optional.empty();
            case WorktreePlace.Unreadable(var reason) -> Optional.of("its worktree can't be read: " + reason);
            case WorktreePlace.There(var worktree, var _) ->
                unsaved(worktree).or(() -> merged ? Optional.empty() : Optional.of("its worktree is still there"));
        };
    }

    /** Why a worktree must not go: work in it that is nowhere else. */
    static Optional<String> unsaved(Worktree worktree) {
        if (!worktree.clean()) {
            return Optional.of("its worktree has uncommitted work");
        }
        return worktree.pushed() ? Optional.empty() : Optional.of("its worktree has unpushed commits");
    }
}
