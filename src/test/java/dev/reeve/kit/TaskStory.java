package dev.reeve.kit;

import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;
import dev.reeve.taskfile.Reading;
import dev.reeve.taskfile.TaskFileReader;

import java.util.List;

import static dev.reeve.kit.GitRepositories.git;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A task as the remote's default branch has it. */
public final class TaskStory {

    private final GitRepositories.Remote remote;
    private final String slug;

    TaskStory(GitRepositories.Remote remote, String slug) {
        this.remote = remote;
        this.slug = slug;
    }

    /** It is completed, by exactly one commit of the server, which changes nothing else. */
    public TaskStory isCompleted() {
        has("status", "completed");
        assertThat(commits()).as("commits that completed " + slug).hasSize(1);
        assertThat(git(remote.path(), "diff-tree", "--no-commit-id", "--name-only", "-r", commits().getFirst()))
                .isEqualTo(path());
        return this;
    }

    /** … and says that this person did it by this pull request. */
    public TaskStory isCompletedBy(String owner, int pullRequest) {
        return isCompleted().has("completed_by", owner).has("pr_number", String.valueOf(pullRequest));
    }

    /** The server has not touched it. */
    public TaskStory isUntouched() {
        assertThat(commits()).as("commits about " + slug).isEmpty();
        assertThat(task().frontmatter()).doesNotContainKey("pr_number").doesNotContainEntry("status", "completed");
        return this;
    }

    public TaskStory has(String key, String value) {
        assertThat(task().frontmatter()).as("frontmatter of " + slug).containsEntry(key, value);
        return this;
    }

    /** The server's commits about it, the newest first. */
    public List<String> commits() {
        return git(remote.path(), "log", "--format=%H %(trailers:key=Reeve-Task,valueonly,separator=%x2C)", "HEAD")
                .lines()
                .filter(line -> line.endsWith(" " + slug))
                .map(line -> line.substring(0, 40))
                .toList();
    }

    /** A trailer of the commit that completed it. */
    public String trailer(String key) {
        return git(remote.path(), "log", "-1", "--format=%(trailers:key=" + key + ",valueonly)",
                commits().getFirst()).strip();
    }

    public String content() {
        return git(remote.path(), "show", "HEAD:" + path()) + "\n";
    }

    private String path() {
        return git(remote.path(), "ls-tree", "-r", "--name-only", "HEAD", "tasks/").lines()
                .filter(file -> file.endsWith("/" + slug + ".md"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no task " + slug));
    }

    private Task task() {
        return switch (TaskFileReader.read(new TaskPath(path()), content().getBytes(UTF_8))) {
            case Reading.Valid(var task) -> task;
            case Reading.Invalid(var faults) -> throw new AssertionError(faults.toString());
            case Reading.NotATask() -> throw new AssertionError(path() + " is no task");
        };
    }
}
