package dev.reeve.decide;

import dev.reeve.model.BranchName;
import dev.reeve.model.Judgement;
import dev.reeve.model.Judgement.Dispatchability;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskSummary;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which of a queue's tasks a heartbeat starts workers for: by priority, age and slug, those that failed before among the others, as many as
 * the limits leave room for.
 *
 * @param starts in the order in which they are to be started
 * @param held those that could be started and are not, in the same order
 */
public record DispatchPlan(List<Start> starts, List<Held> held) {

    private static final Comparator<Judgement> BY_PRIORITY = Comparator.comparing(task -> task.facts().task(),
            BeatDecision.WITHIN_BUCKET);

    public DispatchPlan {
        starts = List.copyOf(starts);
        held = List.copyOf(held);
    }

    /** A task that a worker is started for, and why. */
    public record Start(Slug slug, String reason) {}

    /** A task that nothing is wrong with and that has to wait, and why. */
    public record Held(Slug slug, String reason) {}

    /**
     * The plan for tasks that were judged by this queue and policy.
     *
     * @param tasks all of the queue's in any order, those with live workers among them
     */
    public static DispatchPlan of(Collection<Judgement> tasks, QueueState queue, HeartbeatPolicy policy) {
        var starts = new ArrayList<Start>();
        var held = new ArrayList<Held>();
        var taken = branchesAtWork(tasks);
        for (var task : inOrder(tasks)) {
            var slug = task.facts().slug();
            var obstacle = noRoom(starts.size(), queue, policy).or(() -> taken(task, taken));
            if (obstacle.isPresent()) {
                held.add(new Held(slug, obstacle.get()));
            } else {
                branch(task).ifPresent(taken::add);
                starts.add(new Start(slug, reason(task, policy)));
            }
        }
        return new DispatchPlan(starts, held);
    }

    private static List<Judgement> inOrder(Collection<Judgement> tasks) {
        return tasks.stream()
                .filter(task -> task.dispatch() instanceof Dispatchability.Dispatchable)
                .sorted(BY_PRIORITY)
                .toList();
    }

    private static Set<BranchName> branchesAtWork(Collection<Judgement> tasks) {
        var branches = new HashSet<BranchName>();
        tasks.stream()
                .filter(task -> RunStanding.of(task.facts()) instanceof RunStanding.MayLive)
                .forEach(task -> branch(task).ifPresent(branches::add));
        return branches;
    }

    private static Optional<BranchName> branch(Judgement task) {
        return task.facts().task().asTask().map(TaskSummary::branch);
    }

    private static Optional<String> taken(Judgement task, Set<BranchName> taken) {
        return branch(task).filter(taken::contains)
                .map(branch -> "another task's worker is at its branch " + branch + ": give it one of its own");
    }

    /** Why nothing more is started, when so many are. */
    private static Optional<String> noRoom(int started, QueueState queue, HeartbeatPolicy policy) {
        var limits = policy.limits();
        if (queue.unseen().isPresent() || queue.pause().isPresent()) {
            return Optional.of(queue.unseen()
                    .map(why -> "what is being worked on could not be looked at: " + why)
                    .orElse("dispatch is paused"));
        }
        if (queue.liveWorkers() + (long) started >= limits.maxWorkers()) {
            return Optional.of("all workers are busy: at most " + limits.maxWorkers());
        }
        if (queue.inReview() + (long) started >= limits.maxInReview()) {
            return Optional.of("enough pull requests are open or begun: at most " + limits.maxInReview());
        }
        return started >= limits.maxPerCycle()
                ? Optional.of("a heartbeat starts at most " + limits.maxPerCycle() + ", and others go first")
                : Optional.empty();
    }

    private static String reason(Judgement task, HeartbeatPolicy policy) {
        var facts = task.facts();
        int attempt = Attempts.counted(facts) + 1;
        return facts.task().asTask().map(its -> its.priority().id() + ", ").orElse("") + waited(task, policy.now())
                + ", attempt " + attempt + " of " + policy.limits().maxAttempts();
    }

    private static String waited(Judgement task, Instant now) {
        return task.dispatch() instanceof Dispatchability.Dispatchable(var since)
                ? "dispatchable for " + Durations.inWords(Duration.between(since, now))
                : "";
    }
}
