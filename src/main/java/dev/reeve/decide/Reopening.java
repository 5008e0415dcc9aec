package dev.reeve.decide;

import dev.reeve.model.AtMerge;
import dev.reeve.model.Task;
import dev.reeve.model.TaskFacts;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether somebody has reopened a task that a merged pull request had completed. A task that carries that pull request's number and isn't completed may also
 * have got the number from its worker, on the branch, and be completed by nobody yet.
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
        if (!dependsOnMerge(task, pullRequest)) {
            return carries(task, pullRequest) ? REOPENED : NOT_REOPENED;
        }
        return switch (atMerge) {
            case AtMerge.NotAsked(),AtMerge.Unknown() -> UNKNOWN;
            case AtMerge.Stated(var copy) -> copy.asTask().filter(then -> carries(then, pullRequest)).isPresent()
                    ? NOT_REOPENED
                    : REOPENED;
        };
    }

    /** Of the two copies that count, when the pull request is the one that the facts are about. */
    static Reopening of(TaskFacts facts, int pullRequest) {
        var each = Stream.of(facts.root(), facts.published())
                .flatMap(copy -> copy.asTask().stream())
                .map(task -> of(task, pullRequest, facts.atMerge()))
                .toList();
        return each.contains(REOPENED) ? REOPENED : each.contains(UNKNOWN) ? UNKNOWN : NOT_REOPENED;
    }

    /** Whether it depends on what the file said in the merge: the task carries the number and nothing else of a completion. */
    public static boolean dependsOnMerge(Task task, int pullRequest) {
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
