package dev.reeve.decide;

import dev.reeve.model.DeskFacts;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Sha;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.Worktree;

import java.util.Optional;
import java.util.stream.Stream;

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
        var merged = whyMerged(facts, policy);
        var over = merged.or(() -> whyOver(facts, draft));
        var keep = desk.mayHaveLiveWorker()
                ? Optional.of("a worker is at it")
                : whyKept(placeAfter(desk, draft), merged);
        if (over.isPresent() && keep.isEmpty()) {
            draft.act(new Action.Prune(facts.slug(), claim, over.get()));
        } else if (over.isPresent()) {
            draft.signal(orphan(facts.slug(), over.get() + ", but " + keep.get()));
        } else if (!desk.mayHaveLiveWorker() && claim.entry().worktreePath() != null) {
            whyLost(desk.place()).ifPresent(lost -> draft.signal(orphan(facts.slug(), lost)));
        }
    }

    /** Why an entry of a task that isn't over leads to no worktree. */
    private static Optional<String> whyLost(WorktreePlace place) {
        return switch (place) {
            case WorktreePlace.There _ -> Optional.empty();
            case WorktreePlace.Gone() ->
                Optional.of("its worktree is gone and the task isn't completed: continue it or take it out");
            case WorktreePlace.Unreadable(var reason) -> Optional.of("its worktree can't be read: " + reason);
        };
    }

    private static WorktreePlace placeAfter(DeskFacts.AtDesk desk, TaskPlan.Draft draft) {
        return draft.has(Action.RemoveWorktree.class) ? new WorktreePlace.Gone() : desk.place();
    }

    static Signal orphan(Slug slug, String reason) {
        return Signal.of(SignalKind.REGISTER_ORPHAN, slug, "register entry: " + reason);
    }

    /** That its pull request is merged, as GitHub says, or else its completed file. */
    private static Optional<String> whyMerged(TaskFacts facts, ReconcilePolicy policy) {
        if (facts.pullRequest() instanceof PullRequestLookup.Found) {
            return ReconcileDecision.landed(facts, policy)
                    .filter(pr -> Reopening.of(facts, pr.number()) == Reopening.NOT_REOPENED)
                    .map(pr -> "PR #" + pr.number() + " is merged");
        }
        return Stream.of(facts.root(), facts.published())
                .flatMap(copy -> copy.asTask().stream())
                .filter(PruneStep::statesMerge)
                .map(task -> (task.prNumber() == null ? "its pull request" : "PR #" + task.prNumber())
                        + " is merged, as its file says")
                .findFirst();
    }

    private static boolean statesMerge(Task task) {
        var keys = task.frontmatter();
        return task.status() == TaskStatus.COMPLETED && (ClearStep.parse(keys.get("pr_merged_at")).isPresent()
                || Sha.parse(keys.getOrDefault("merge_commit", "")).isPresent());
    }

    private static Optional<String> whyOver(TaskFacts facts, TaskPlan.Draft draft) {
        if (ReconcileDecision.isOrBecomesCompleted(facts, draft)) {
            return Optional.of("the task is completed");
        }
        if (facts.root() instanceof TaskCopy.Absent && facts.published() instanceof TaskCopy.Absent) {
            return Optional.of("the task is gone");
        }
        return Optional.empty();
    }

    /** @param merged the pull request that took over what is in the worktree, in words */
    private static Optional<String> whyKept(WorktreePlace place, Optional<String> merged) {
        return switch (place) {
            case WorktreePlace.Gone() -> Optional.empty();
            case WorktreePlace.Unreadable(var reason) -> Optional.of("its worktree can't be read: " + reason);
            case WorktreePlace.There(var worktree, var _) ->
                unsaved(worktree)
                        .or(() -> merged.isPresent() ? Optional.empty() : Optional.of("its worktree is still there"));
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
