package dev.reeve.prompt;

import dev.reeve.model.BranchName;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What a prompt is made from.
 *
 * @param followUps what the worker is to do first, in the order in which it was sent
 * @param history what happened in earlier runs, oldest first
 */
public record PromptFacts(OfTask task, OfWorktree worktree, OfRun run, List<FollowUp> followUps, List<Event> history) {

    /**
     * The task.
     *
     * @param text the whole task file
     */
    public record OfTask(Slug slug, String title, String owner, TaskPath path, String text) {}

    /**
     * Where the work is done.
     *
     * @param defaultBranch where the branch was cut from and its pull request goes to
     */
    public record OfWorktree(Path path, BranchName branch, BranchName defaultBranch) {}

    /**
     * The run that begins.
     *
     * @param attempt 1 for the first
     * @param resultFile where the worker states its outcome
     */
    public record OfRun(String id, int attempt, Path resultFile) {}

    /** A prompt that was sent after the task was written. */
    public record FollowUp(String text, String by, Instant at) {}

    /** Something that happened in an earlier run. */
    public record Event(Instant at, String event, String text) {}
}
