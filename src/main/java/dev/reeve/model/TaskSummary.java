package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What is kept of each task when all are looked at: enough to route, judge, order and list it. There may be a hundred thousand of them, so it
 * holds neither the body nor keys that nothing asks for.
 *
 * @param owner a person or a role, as written
 * @param dependsOn slugs of other tasks
 * @param branch where its work happens
 * @param prNumber the pull request that the file carries
 * @param openBoxes how many boxes under its gates are not ticked
 * @param reviewRecord whether {@code ## Review Feedback} has an answer: a ticked box, or words
 * @param modified when the file was last changed
 */
public record TaskSummary(Slug slug, TaskPath path, String title, TaskStatus status, Priority priority,
        @Nullable String milestone, @Nullable String owner, List<Slug> dependsOn, BranchName branch,
        @Nullable Integer prNumber, int openBoxes, boolean reviewRecord, Instant modified) {

    /** The summary of a task whose file was last changed then. */
    public static TaskSummary of(Task task, Instant modified) {
        return new TaskSummary(task.slug(), task.path(), task.title(), task.status(), task.priority(), task.milestone(),
                task.owner(), task.dependsOn(), task.branch(), task.prNumber(), task.openBoxes().size(),
                task.reviewRecord(), modified);
    }
}
