package dev.reeve.reconcile;

import dev.reeve.decide.TaskLines;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskPath;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Says which tasks a pull request is about; for the App nothing else does. Who opened it may change its description at any time, also after it was merged, and
 * needs no right to write for it. So a merge completes what the check run promised before it, of what was there in the merge; what is named only later
 * takes somebody who may write.
 *
 * <p><b>Threading.</b> For any thread. What was found out of a merged one is remembered, so it is for one pass.
 */
public final class WhichTasks {

    /** GitHub lists at most 3,000 files of a pull request, see "List pull requests files" in its REST documentation. */
    private static final int MOST_FILES = 3_000;

    private final RepositoryClient gitHub;
    private final CloneTip tip;
    private final TasksOfPullRequest finder;
    private final Map<Integer, About> merged = new ConcurrentHashMap<>();

    /** @param desk the operator's checkout, where there is one */
    public WhichTasks(RepositoryClient gitHub, CloneTip tip, Optional<Desk> desk) {
        this.gitHub = gitHub;
        this.tip = tip;
        this.finder = new TasksOfPullRequest(tip, desk, tip::tasks);
    }

    /** As it is described now. The bookkeeping one is about none, whatever it changes. */
    public About described(PullRequest pr) {
        return About.of(named(pr, () -> changedFiles(pr)));
    }

    /** An open one, with the tasks that are completed because their files say so at its head. */
    public About open(PullRequest pr, HeadFiles head) {
        return About.of(Stream.concat(named(pr, head::paths).stream(), brought(pr, head).stream()).toList());
    }

    /** One that is over. */
    public About over(PullRequest pr) {
        return pr.state() != PullRequest.State.MERGED || Bookkeeping.is(pr) ? described(pr)
                : merged.computeIfAbsent(pr.number(), _ -> judged(pr));
    }

    private About judged(PullRequest pr) {
        var named = named(pr, () -> changedFiles(pr));
        var promised = Promise.of(gitHub, pr, tip.configuration().checks().name());
        var registered = finder.registered(pr);
        var tasks = new ArrayList<Slug>();
        var late = new ArrayList<Slug>();
        // Of what we didn't see before the merge, nobody can be told before it.
        promised.orElseGet(() -> asFirstSeen(pr, named))
                .forEach(slug -> (wasThere(pr, slug) || isFinal(slug) ? tasks : late).add(slug));
        var known = new HashSet<>(tasks);
        named.stream()
                .filter(slug -> !known.contains(slug) && !late.contains(slug))
                .forEach(slug -> (registered.contains(slug) || isFinal(slug) ? tasks : late).add(slug));
        return About.of(tasks, late);
    }

    /** While git doesn't show the merge, whether there is a task of a name says nothing. */
    private List<Slug> asFirstSeen(PullRequest pr, List<Slug> named) {
        boolean isShown = pr.mergeCommit() != null && tip.contains(pr.mergeCommit());
        return isShown ? named
                : Stream.concat(Promise.asDescribed(pr).stream(), named.stream()).distinct().toList();
    }

    /** Whether there was such a task in its merge. While that isn't shown nothing is completed, and this is asked again when it is. */
    private boolean wasThere(PullRequest pr, Slug slug) {
        return Optional.ofNullable(pr.mergeCommit())
                .map(merge -> !tip.contains(merge) || !(tip.at(merge, slug) instanceof TaskCopy.Absent))
                .orElseGet(() -> tip.find(slug).isPresent());
    }

    /** Nothing is left to be completed. */
    private boolean isFinal(Slug slug) {
        return tip.task(slug).filter(task -> task.status().isFinal()).isPresent();
    }

    private List<Slug> named(PullRequest pr, Supplier<List<TaskPath>> changed) {
        return Bookkeeping.is(pr) ? List.of()
                : finder.of(pr, () -> changed.get().stream().filter(tip::isTaskFile).toList());
    }

    /** Where the list may be cut, it doesn't tell that a file is the only one. */
    private List<TaskPath> changedFiles(PullRequest pr) {
        var files = gitHub.changedFiles(pr.number(), MOST_FILES);
        return files.size() < MOST_FILES ? files : List.of();
    }

    /** After the merge the push leads to their files, and these lead to this pull request. */
    private static List<Slug> brought(PullRequest pr, HeadFiles head) {
        if (pr.fromFork() || Bookkeeping.is(pr) || !TaskLines.in(pr.body()).isEmpty()) {
            return List.of();
        }
        return head.tasks()
                .stream()
                .filter(task -> !task.status().isFinal())
                .filter(task -> Objects.equals(task.prNumber(), pr.number())
                        || task.branch().value().equals(pr.headBranch()))
                .map(Task::slug)
                .toList();
    }
}
