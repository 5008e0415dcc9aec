package dev.reeve.decide;

import dev.reeve.model.BranchName;
import dev.reeve.model.Fault;
import dev.reeve.model.Finding;
import dev.reeve.model.Place;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskFacts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the check run of a pull request is written from.
 *
 * @param tasks the tasks that merging it completes, or has completed
 * @param late tasks that it names by now and that no check run promised before the merge
 * @param left how many more it names, which merging it doesn't complete either
 */
public record CheckFacts(PullRequest pullRequest, BranchName defaultBranch, List<OfTask> tasks, List<OfTask> late,
        int left, AtHead head, Attention attention, Policy policy) {

    /** One that names no more tasks than these. */
    public CheckFacts(PullRequest pullRequest, BranchName defaultBranch, List<OfTask> tasks, List<OfTask> late,
            AtHead head, Attention attention, Policy policy) {
        this(pullRequest, defaultBranch, tasks, late, 0, head, attention, policy);
    }

    /**
     * By what the team goes.
     *
     * @param taskRequired whether a pull request without a task asks for action
     * @param failOn which findings make the check fail
     */
    public record Policy(TaskRequired taskRequired, Set<Finding> failOn) {}

    /** Whether a pull request must be about a task. */
    public enum TaskRequired {
        YES, NO
    }

    /**
     * What the pull request changes, as it is at its head.
     *
     * @param faults what is wrong with its task files
     * @param configuration what is wrong with its {@code .reeve.yml}, if it changes that
     * @param edits which tasks it states anew
     * @param deleted which tasks it takes away
     * @param unseen how many more task files it changes, which nobody has looked at
     */
    public record AtHead(List<Fault> faults, List<Remark> configuration, List<Edit> edits, List<Slug> deleted,
            int unseen) {
        /** Nothing of the kind, or nothing that counts any more. */
        public static final AtHead NOTHING = new AtHead(List.of(), List.of(), List.of());

        /** One that takes nothing away, and was looked at as a whole. */
        public AtHead(List<Fault> faults, List<Remark> configuration, List<Edit> edits) {
            this(faults, configuration, edits, List.of(), 0);
        }
    }

    /** What is wrong at a place of a file. */
    public record Remark(Place place, String message) {}

    /**
     * A task whose file the pull request changes.
     *
     * @param before as the default branch has it; nothing when it isn't there, or not valid
     */
    public record Edit(Optional<Task> before, Task after) {}

    /** What others wait for, as far as GitHub says: names of checks that have failed, logins of those who want changes. */
    public record Attention(List<String> failedChecks, List<String> changesWantedBy) {
        /** Nothing, or nothing that is known. */
        public static final Attention NONE = new Attention(List.of(), List.of());
    }

    /**
     * One of its tasks.
     *
     * @param plan what a reconcile would do now: after a merge, what is left to do
     * @param obstacle why the last try to complete it failed, if it did
     * @param waitsIn the number of the bookkeeping pull request in which its completion waits to be merged
     * @param waitsUntil when GitHub's rate limit lets it be tried again, if that is what it waits for
     * @param completedIn the commit on the default branch that completed it for this pull request
     * @param atHead the task as it is at the pull request's head, if it is there and valid
     * @param sinceCut whether its file changed on the default branch since the branch was cut
     */
    public record OfTask(TaskFacts facts, TaskPlan plan, Optional<String> obstacle, Optional<Integer> waitsIn,
            Optional<Instant> waitsUntil, Optional<Sha> completedIn, Optional<Task> atHead, SinceCut sinceCut) {

        /** The same, when it is known where its completion waits. */
        public OfTask waitingIn(int pullRequest) {
            return new OfTask(facts, plan, obstacle, Optional.of(pullRequest), waitsUntil, completedIn, atHead,
                    sinceCut);
        }

        /** Its slug. */
        public Slug slug() {
            return facts.slug();
        }

        /** Whether the default branch says that it is completed, or will not be done. */
        boolean hasEnded() {
            return facts.published().asTask().filter(task -> task.status().isFinal()).isPresent();
        }

        /** The task as the merge would have it: at the head, else on the default branch, else in the checkout. */
        Optional<Task> known() {
            return atHead.or(() -> facts.published().asTask()).or(() -> facts.root().asTask());
        }
    }

    /** What happened to a task's file on the default branch since the pull request's branch was cut. */
    public enum SinceCut {
        UNCHANGED, CHANGED
    }
}
