package dev.reeve.reconcile;

import dev.reeve.decide.TaskLines;
import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which tasks a pull request is about: the first of these that gives any. {@code Task:} lines in its description; a register's or task file's
 * pull request number; its head branch; exactly one task file changed by it. A branch of a fork says nothing about ours, so from a fork only the
 * first and the last count.
 */
public final class TasksOfPullRequest {

    private final Tip tip;
    private final Optional<Desk> desk;
    private final Supplier<Collection<Task>> allTasks;

    /** @param allTasks every task of the default branch; asked for only when nothing cheaper gives an answer */
    public TasksOfPullRequest(Tip tip, Optional<Desk> desk, Supplier<Collection<Task>> allTasks) {
        this.tip = tip;
        this.desk = desk;
        this.allTasks = allTasks;
    }

    /**
     * The tasks that a pull request is about.
     *
     * @param changedFiles the task files that it changes; asked for only when nothing else gives an answer
     */
    public List<Slug> of(PullRequest pr, Supplier<List<TaskPath>> changedFiles) {
        var ways = Stream.<Supplier<List<Slug>>>of(
                () -> TaskLines.in(pr.body()),
                () -> pr.fromFork() ? List.of() : registered(entry -> Objects.equals(entry.prNumber(), pr.number())),
                () -> pr.fromFork() ? List.of() : registered(entry -> pr.headBranch().equals(entry.branch())),
                () -> pr.fromFork() ? List.of() : byBranchName(pr),
                () -> pr.fromFork() ? List.of() : byTaskFile(pr),
                () -> onlyOne(changedFiles.get()));
        return ways.map(Supplier::get).filter(slugs -> !slugs.isEmpty()).findFirst().orElse(List.of());
    }

    /** The tasks for which an operator has registered it, by number or by branch. */
    public List<Slug> registered(PullRequest pr) {
        return pr.fromFork() ? List.of()
                : registered(entry -> Objects.equals(entry.prNumber(), pr.number())
                        || pr.headBranch().equals(entry.branch()));
    }

    private List<Slug> registered(Predicate<RegisterEntry> condition) {
        return desk.map(d -> d.registered(condition)).orElse(List.of());
    }

    /** {@code task/<slug>} needs no look into any file. */
    private List<Slug> byBranchName(PullRequest pr) {
        return slugOf(pr.headBranch()).filter(slug -> tip.find(slug).isPresent()).stream().toList();
    }

    /** The slug that a branch names by being called {@code task/<slug>}. */
    static Optional<Slug> slugOf(String branch) {
        return branch.startsWith("task/") ? Slug.parse(branch.substring("task/".length())) : Optional.empty();
    }

    private List<Slug> byTaskFile(PullRequest pr) {
        var byNumber = matching(task -> Objects.equals(task.prNumber(), pr.number()));
        return byNumber.isEmpty()
                ? BranchName.parse(pr.headBranch())
                        .map(head -> matching(task -> task.branch().equals(head)))
                        .orElse(List.of())
                : byNumber;
    }

    private List<Slug> matching(Predicate<Task> condition) {
        return allTasks.get().stream().filter(condition).map(Task::slug).toList();
    }

    private static List<Slug> onlyOne(List<TaskPath> changed) {
        var slugs = changed.stream().flatMap(path -> path.slug().stream()).distinct().toList();
        return slugs.size() == 1 ? slugs : List.of();
    }
}
