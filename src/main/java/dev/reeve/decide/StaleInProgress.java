package dev.reeve.decide;

import dev.reeve.model.DeskFacts;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.TaskStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A task that is in progress although its work looks done, or nearly so: to start it again from the beginning would be wrong. */
public final class StaleInProgress {

    private StaleInProgress() {}

    /**
     * What shows it, in words for people: an open pull request, commits in its worktree that the default branch doesn't have, an answered review. None when
     * nothing does, when the task isn't in progress, or while a worker is at it.
     */
    public static List<String> seen(TaskFacts facts) {
        boolean worked = facts.desk() instanceof DeskFacts.AtDesk desk && desk.mayHaveLiveWorker();
        if (worked || !isInProgress(facts.root())) {
            return List.of();
        }
        var seen = new ArrayList<String>();
        if (facts.pullRequest() instanceof PullRequestLookup.Found(var pr) && pr.state().isOpen()) {
            seen.add("PR #" + pr.number() + " is open");
        }
        var place = facts.desk() instanceof DeskFacts.AtDesk at ? at.place() : new WorktreePlace.Gone();
        commits(place).ifPresent(seen::add);
        review(facts.root(), place).ifPresent(seen::add);
        return List.copyOf(seen);
    }

    static boolean isInProgress(TaskCopy copy) {
        return copy.asTask().filter(task -> task.status() == TaskStatus.IN_PROGRESS).isPresent();
    }

    private static Optional<String> commits(WorktreePlace place) {
        var ahead = place instanceof WorktreePlace.There(var worktree, var _) ? worktree.ahead() : null;
        return ahead == null || ahead == 0 ? Optional.empty()
                : Optional.of("its worktree has " + (ahead == 1 ? "a commit" : ahead + " commits")
                        + " that the default branch doesn't have");
    }

    private static Optional<String> review(TaskCopy root, WorktreePlace place) {
        if (isReviewed(root)) {
            return Optional.of("its review has been answered");
        }
        return place instanceof WorktreePlace.There(var _, var copy) && isReviewed(copy)
                ? Optional.of("its review has been answered in its worktree")
                : Optional.empty();
    }

    private static boolean isReviewed(TaskCopy copy) {
        return copy.asTask().filter(Task::reviewRecord).isPresent();
    }

    /** What an operator should know then. */
    static Signal signal(Slug slug, List<String> seen) {
        return Signal.of(SignalKind.STALE_IN_PROGRESS_RECONCILE, slug, "it is in progress, nobody works on it, and "
                + String.join(", ", seen) + ": finish it, or set it to ready");
    }
}
