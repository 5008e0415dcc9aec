package dev.reeve.decide;

import dev.reeve.model.BranchName;
import dev.reeve.model.Fault;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Sha;
import dev.reeve.model.Task;
import dev.reeve.model.TaskFacts;

import java.util.List;
import java.util.Optional;

/**
 * What the check run of a pull request is written from.
 *
 * @param tasks the tasks that it is about
 * @param faults what is wrong with task files that it changes, as they are at its head
 * @param taskRequired whether a pull request without a task is an error here
 */
public record CheckFacts(PullRequest pullRequest, BranchName defaultBranch, List<OfTask> tasks, List<Fault> faults,
        TaskRequired taskRequired) {

    /** Whether a pull request must be about a task. */
    public enum TaskRequired {
        YES, NO
    }

    /**
     * One of its tasks.
     *
     * @param plan what a reconcile would do now: after a merge, what is left to do
     * @param obstacle why the last try to complete it failed, if it did
     * @param waitsIn the number of the bookkeeping pull request in which its completion waits to be merged
     * @param completedIn the commit on the default branch that completed it for this pull request
     * @param atHead the task as it is at the pull request's head, if it is there and valid
     * @param sinceCut whether its file changed on the default branch since the branch was cut
     */
    public record OfTask(TaskFacts facts, TaskPlan plan, Optional<String> obstacle, Optional<Integer> waitsIn,
            Optional<Sha> completedIn,
            Optional<Task> atHead,
            SinceCut sinceCut) {

        /** The same, when it is known where its completion waits. */
        public OfTask waitingIn(int pullRequest) {
            return new OfTask(facts, plan, obstacle, Optional.of(pullRequest), completedIn, atHead, sinceCut);
        }
    }

    /** What happened to a task's file on the default branch since the pull request's branch was cut. */
    public enum SinceCut {
        UNCHANGED, CHANGED
    }
}
