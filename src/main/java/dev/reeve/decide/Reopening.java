package dev.reeve.decide;

import dev.reeve.model.AtMerge;
import dev.reeve.model.Task;
import dev.reeve.model.TaskFacts;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether somebody has reopened a task since a pull request was merged that is about it. What its file said in that merge tells: a task that was final
 * there, or that was completed only later, and isn't now, was reopened. A task that carries the pull request's number and isn't completed may also have got
 * the number from its worker, on the branch, and be completed by nobody yet.
 */
public enum Reopening {
    /** Somebody has, so the pull request decides nothing any more. */
    REOPENED,
    /** Nobody has. */
    NOT_REOPENED,
    /** What the file said in the merge isn't known, and it depends on that. */
    UNKNOWN;

    /** Written with a completion and by nothing else; a number alone may have come from a worker. */
    private static final Set<String> OF_A_COMPLETION = Set.of("completed_by", "completed_at", "pr_merged_at",
            "merge_commit");

    /**
     * Whether a copy of the task was reopened since the pull request of this number was merged.
     *
     * @param atMerge what the task's file said in that merge
     */
    public static Reopening of(Task task, int pullRequest, AtMerge atMerge) {
        if (task.status().isFinal()) {
            return NOT_REOPENED;
        }
        if (isUndone(task, pullRequest)) {
            return REOPENED;
        }
        return switch (atMerge) {
            case AtMerge.NotAsked(),AtMerge.Unknown() -> carries(task, pullRequest) ? UNKNOWN : NOT_REOPENED;
            case AtMerge.Stated(var copy) -> since(copy.asTask(), task, pullRequest);
        };
    }

    private static Reopening since(Optional<Task> then, Task now, int pullRequest) {
        boolean wasFinal = then.filter(task -> task.status().isFinal()).isPresent();
        boolean gotNumber = carries(now, pullRequest)
                && then.filter(task -> carries(task, pullRequest)).isEmpty();
        boolean gotCompletion = hasBeenCompleted(now) && then.filter(Reopening::hasBeenCompleted)
                .filter(task -> Objects.equals(task.prNumber(), now.prNumber()))
                .isEmpty();
        return wasFinal || gotNumber || gotCompletion ? REOPENED : NOT_REOPENED;
    }

    /** Of the two copies that count, when the pull request is the one that the facts are about. */
    static Reopening of(TaskFacts facts, int pullRequest) {
        var each = Stream.of(facts.root(), facts.published())
                .flatMap(copy -> copy.asTask().stream())
                .map(task -> of(task, pullRequest, facts.atMerge()))
                .toList();
        return each.contains(REOPENED) ? REOPENED : each.contains(UNKNOWN) ? UNKNOWN : NOT_REOPENED;
    }

    /** Whether the task carries the number and nothing else of a completion, which anybody may have written. */
    public static boolean hasNumberOnly(Task task, int pullRequest) {
        return carries(task, pullRequest) && !hasBeenCompleted(task);
    }

    /** Whether the task carries a completion by this pull request, undone. */
    static boolean isUndone(Task task, int pullRequest) {
        return carries(task, pullRequest) && hasBeenCompleted(task);
    }

    private static boolean carries(Task task, int pullRequest) {
        return Objects.equals(task.prNumber(), pullRequest) && !task.status().isFinal();
    }

    private static boolean hasBeenCompleted(Task task) {
        return OF_A_COMPLETION.stream().anyMatch(task.frontmatter()::containsKey);
    }
}
