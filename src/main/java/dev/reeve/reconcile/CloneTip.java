package dev.reeve.reconcile;

import dev.reeve.config.Configured;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Commit;
import dev.reeve.git.Entry;
import dev.reeve.git.ManagedClone;
import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TasksRoot;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The default branch in the server's clone at one commit, with what {@code .reeve.yml} says there.
 *
 * <p><b>Threading.</b> For any thread; what it asks of the clone is guarded there.
 */
public final class CloneTip implements Tip {

    /** So many files are held in memory at once. */
    private static final int AT_ONCE = 1_000;
    /** A completion is looked for among so many commits since the merge. */
    private static final int FAR_BACK = 5_000;

    /** Where a team's configuration is. */
    public static final TaskPath CONFIGURATION = new TaskPath(TeamConfiguration.FILE);

    private static final int FEW = 64;
    private static final int REMEMBERED = 256;

    private final ManagedClone clone;
    private final BranchName branch;
    private final Optional<Sha> commit;
    private final Configured<TeamConfiguration> configured;
    private final Map<TaskPath, Entry> remembered = new ConcurrentHashMap<>();
    private final Set<Sha> contained = ConcurrentHashMap.newKeySet();
    private @Nullable List<Task> tasks;

    CloneTip(ManagedClone clone, BranchName branch, Optional<Sha> commit, Configured<TeamConfiguration> configured) {
        this.clone = clone;
        this.branch = branch;
        this.commit = commit;
        this.configured = configured;
    }

    /**
     * What the team has configured.
     *
     * @throws Misconfigured when that can't be used
     */
    public TeamConfiguration configuration() {
        return switch (configured) {
            case Configured.Valid<TeamConfiguration> valid -> valid.value();
            case Configured.Faulty<TeamConfiguration> faulty -> throw new Misconfigured(faulty.faults());
        };
    }

    /** The folder of the task files. */
    public TasksRoot tasksRoot() {
        return new TasksRoot(configuration().tasks());
    }

    /** What the team has configured, or what is wrong with it. */
    public Configured<TeamConfiguration> configured() {
        return configured;
    }

    @Override
    public BranchName branch() {
        return branch;
    }

    @Override
    public Optional<Sha> commit() {
        return commit;
    }

    @Override
    public Optional<TaskPath> find(Slug slug) {
        return commit.flatMap(at -> clone.tasks(at, configuration().tasks()).find(slug).stream().findFirst());
    }

    /** Where all files of this slug are: more than one when it is used twice. */
    List<TaskPath> findAll(Slug slug) {
        return commit.map(at -> clone.tasks(at, configuration().tasks()).find(slug)).orElse(List.of());
    }

    @Override
    public List<TaskPath> all() {
        return commit.map(at -> clone.tasks(at, configuration().tasks()).all()).orElse(List.of());
    }

    /** Whether a file at this path would be a task's, by its place and name. */
    public boolean isTaskFile(TaskPath path) {
        return tasksRoot().mayHold(path);
    }

    @Override
    public Map<TaskPath, byte[]> read(Collection<TaskPath> paths) {
        return contents(entries(paths));
    }

    /** What stands at these paths. A few are remembered: whoever writes a file here has read it before, from the same commit. */
    Map<TaskPath, Entry> entries(Collection<TaskPath> paths) {
        if (commit.isEmpty() || paths.size() > FEW) {
            return commit.map(at -> clone.read(at, paths)).orElse(Map.of());
        }
        var unread = paths.stream().filter(path -> !remembered.containsKey(path)).collect(Collectors.toSet());
        var read = unread.isEmpty() ? Map.<TaskPath, Entry>of() : clone.read(commit.get(), unread);
        var entries = new LinkedHashMap<TaskPath, Entry>();
        paths.forEach(path -> Optional.ofNullable(read.getOrDefault(path, remembered.get(path)))
                .ifPresent(entry -> entries.put(path, entry)));
        if (remembered.size() < REMEMBERED) {
            remembered.putAll(read);
        }
        return entries;
    }

    private static Map<TaskPath, byte[]> contents(Map<TaskPath, Entry> entries) {
        var contents = new LinkedHashMap<TaskPath, byte[]>();
        entries.values().forEach(entry -> {
            if (entry instanceof Entry.RegularFile file) {
                contents.put(file.path(), file.content());
            }
        });
        return contents;
    }

    @Override
    public TaskCopy at(Sha other, Slug slug) {
        if (commit.filter(other::equals).isPresent()) {
            return find(slug).map(path -> Copies.in(entries(List.of(path)))).orElseGet(TaskCopy.Absent::new);
        }
        var here = find(slug).map(path -> Copies.in(clone.read(other, List.of(path))));
        return here.filter(copy -> !(copy instanceof TaskCopy.Absent))
                .orElseGet(() -> Copies.in(clone.read(other, clone.tasks(other, configuration().tasks()).find(slug))));
    }

    @Override
    public boolean contains(Sha other) {
        return commit.filter(at -> at.equals(other) || contained.contains(other) || isAncestor(other, at)).isPresent();
    }

    /** Whether the second commit has the first in it; false when one of them isn't in the clone. */
    public boolean precedes(Sha first, Sha second) {
        return clone.isAncestor(first, second);
    }

    private boolean isAncestor(Sha other, Sha at) {
        boolean reached = clone.isAncestor(other, at);
        if (reached && contained.size() < REMEMBERED) {
            contained.add(other);
        }
        return reached;
    }

    /** Every valid task; the files are read a thousand at a time. */
    public synchronized List<Task> tasks() {
        if (tasks == null) {
            var found = new ArrayList<Task>();
            var paths = all();
            for (int from = 0; from < paths.size(); from += AT_ONCE) {
                read(paths.subList(from, Math.min(paths.size(), from + AT_ONCE)))
                        .forEach((path, content) -> Copies.of(path, content, null).asTask().ifPresent(found::add));
            }
            tasks = List.copyOf(found);
        }
        return tasks;
    }

    /** A commit of a push. */
    public record PushedCommit(Sha sha, Origin origin) {}

    /** Who made a commit. */
    public enum Origin {
        /** Reeve did, as its trailers say. */
        OURS,
        /** Somebody else. */
        THEIRS
    }

    /**
     * The commits that a push put on the branch itself, the newest first: the first parents only, so that a merge counts once. Nothing when the commits
     * aren't in the clone, or there are more of them than the limit.
     */
    public Optional<List<PushedCommit>> pushed(Sha before, Sha after, int limit) {
        return clone.commits(before, after, limit + 1)
                .filter(commits -> commits.size() <= limit)
                .map(commits -> onFirstParents(after, commits));
    }

    private List<PushedCommit> onFirstParents(Sha after, List<Commit> commits) {
        var bySha = new LinkedHashMap<Sha, Commit>();
        commits.forEach(c -> bySha.put(c.sha(), c));
        var line = new ArrayList<PushedCommit>();
        for (var next = bySha.get(after); next != null;) {
            line.add(new PushedCommit(next.sha(), isOurs(next) ? Origin.OURS : Origin.THEIRS));
            next = next.parents().isEmpty() ? null : bySha.get(next.parents().getFirst());
        }
        return line;
    }

    /** Trailers can be written by anybody: a commit is ours only if it changes nothing but the files of the tasks that it names. */
    private boolean isOurs(Commit commit) {
        var named = commit.trailers()
                .stream()
                .filter(trailer -> trailer.key().equals(Trailers.TASK))
                .flatMap(trailer -> Slug.parse(trailer.value()).stream())
                .collect(Collectors.toSet());
        return !named.isEmpty() && commit.parents().size() == 1
                && clone.changedPaths(commit.parents().getFirst(), commit.sha())
                        .filter(paths -> paths.stream()
                                .allMatch(path -> isTaskFile(path) && path.slug().filter(named::contains).isPresent()))
                        .isPresent();
    }

    /** The files that differ between two commits, beneath a path. Nothing when the commits aren't in the clone. */
    public Optional<List<TaskPath>> changed(Sha before, Sha after, TaskPath under) {
        return clone.changedPaths(before, after, under);
    }

    /**
     * The commit that completed the task for this pull request, if it is among the commits since the merge: ours, or the one in which our pull request was
     * merged as one.
     */
    public Optional<Sha> completionOf(Slug slug, int pullRequest, Sha mergeCommit) {
        return ourCompletion(slug, pullRequest, mergeCommit)
                .or(() -> find(slug).flatMap(path -> completing(path, pullRequest, mergeCommit)));
    }

    private Optional<Sha> completing(TaskPath path, int pullRequest, Sha mergeCommit) {
        return commit.flatMap(at -> clone.commitsTouching(mergeCommit, at, path, FEW))
                .flatMap(commits -> commits.reversed()
                        .stream()
                        .map(Commit::sha)
                        .filter(sha -> Copies.in(clone.read(sha, List.of(path)))
                                .asTask()
                                .filter(task -> task.status() == TaskStatus.COMPLETED
                                        && Objects.equals(task.prNumber(), pullRequest))
                                .isPresent())
                        .findFirst());
    }

    private Optional<Sha> ourCompletion(Slug slug, int pullRequest, Sha mergeCommit) {
        return commit.flatMap(at -> clone.commits(mergeCommit, at, FAR_BACK))
                .flatMap(commits -> commits.stream()
                        .filter(c -> says(c, Trailers.TASK, slug.value())
                                && says(c, Trailers.PULL_REQUEST, String.valueOf(pullRequest)))
                        .map(Commit::sha)
                        .findFirst());
    }

    private static boolean says(Commit commit, String key, String value) {
        return commit.trailers().stream().anyMatch(t -> t.key().equals(key) && t.value().equals(value));
    }

    /**
     * What an open pull request changes.
     *
     * @throws dev.reeve.git.GitFailure when git doesn't show its head, or not yet
     */
    public Proposal proposedBy(PullRequest pr) {
        return Proposal.of(clone, this, pr);
    }

    /** The same with the {@code .reeve.yml} of a pull request's head, as it is once that is merged. */
    public CloneTip configuredAs(PullRequest pr) {
        clone.require(pr.headSha());
        return new CloneTip(clone, branch, commit, configurationIn(clone, pr.headSha()));
    }

    static Configured<TeamConfiguration> configurationIn(ManagedClone clone, Sha commit) {
        var entry = clone.read(commit, List.of(CONFIGURATION)).get(CONFIGURATION);
        var content = entry instanceof Entry.RegularFile file ? file.content() : new byte[0];
        return TeamConfiguration.read(TeamConfiguration.FILE, content);
    }

    /** The task as it is here, if it is there and valid. */
    public Optional<Task> task(Slug slug) {
        return find(slug).flatMap(path -> read(List.of(path)).entrySet()
                .stream()
                .findFirst()
                .flatMap(file -> Copies.of(file.getKey(), file.getValue(), null).asTask()));
    }

    /**
     * The given files as they are at a pull request's head. When that is over, its head may be gone.
     *
     * @throws dev.reeve.git.GitFailure when it is open and git doesn't show its head, or not yet
     */
    public HeadFiles atHead(PullRequest pr, List<TaskPath> paths) {
        if (paths.isEmpty() || (!pr.state().isOpen() && !clone.fetchCommit(pr.headSha()))) {
            return HeadFiles.NONE;
        }
        clone.require(pr.headSha());
        var copies = new LinkedHashMap<TaskPath, TaskCopy>();
        contents(clone.read(pr.headSha(), paths))
                .forEach((path, content) -> copies.put(path, Copies.of(path, content, null)));
        return new HeadFiles(copies);
    }

    /** Whether the task's file changed on this branch since the pull request's branch was cut from it. */
    public boolean changedSinceCut(PullRequest pr, Slug slug) {
        return commit.flatMap(at -> find(slug).filter(_ -> clone.fetchCommit(pr.headSha()))
                .flatMap(path -> clone.mergeBase(pr.headSha(), at)
                        .flatMap(base -> clone.changedPaths(base, at, path))))
                .filter(paths -> !paths.isEmpty())
                .isPresent();
    }
}
