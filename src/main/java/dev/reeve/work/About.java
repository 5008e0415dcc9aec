package dev.reeve.work;

import dev.reeve.decide.TaskLines;
import dev.reeve.github.OwnRun;
import dev.reeve.model.ExternalId;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;
import dev.reeve.reconcile.Bookkeeping;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.HeadFiles;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a pull request is about. Who opened it may change its description at any time, also after it was merged, and needs no right to write for it. So a merge
 * completes what the check run promised before it; what is named only later takes somebody who may write.
 *
 * @param tasks what merging it completes, or has completed
 * @param late what it names by now, and didn't before it was merged as far as its check run shows
 */
record About(List<Slug> tasks, List<Slug> late) {

    /** As it is described now, which somebody has confirmed who may write, or which nothing was merged by. The bookkeeping one is about none, whatever it changes. */
    static About described(Site site, PullRequest pr, CloneTip tip, Supplier<List<TaskPath>> changed) {
        if (Bookkeeping.is(pr)) {
            return new About(List.of(), List.of());
        }
        return new About(site.finder(tip).of(pr, () -> taskFiles(changed.get(), tip)), List.of());
    }

    /** An open one, with the tasks that are completed because their files say so at its head. */
    static About open(Site site, PullRequest pr, CloneTip tip, Supplier<List<TaskPath>> changed, HeadFiles head) {
        var described = described(site, pr, tip, changed).tasks();
        return new About(union(described, brought(pr, head)), List.of());
    }

    /** One that is over: as its check run promised, where that may differ from its description. */
    static About over(Site site, PullRequest pr, CloneTip tip, Supplier<List<TaskPath>> changed) {
        var described = described(site, pr, tip, changed);
        if (pr.state() != PullRequest.State.MERGED || Bookkeeping.is(pr) || !maySayOtherwise(pr)) {
            return described;
        }
        return promise(site, pr, tip).map(promised -> judged(site, pr, tip, described.tasks(), promised))
                .orElse(described);
    }

    /** Whether it may be described otherwise than before the merge: a line was added, or from a fork one taken out, and then the file that it changes would count. */
    private static boolean maySayOtherwise(PullRequest pr) {
        return pr.fromFork() || !TaskLines.in(pr.body()).isEmpty();
    }

    /** What its check run says, also when the check was called otherwise then. */
    private static Optional<List<Slug>> promise(Site site, PullRequest pr, CloneTip tip) {
        var id = ExternalId.ofPullRequest(pr.number());
        return site.gitHub()
                .ownRun(pr.headSha(), tip.configuration().checks().name(), id)
                .or(() -> site.gitHub()
                        .ownRuns(pr.headSha())
                        .stream()
                        .filter(run -> run.externalId().equals(id))
                        .findFirst())
                .flatMap(OwnRun::promise);
    }

    private static About judged(Site site, PullRequest pr, CloneTip tip, List<Slug> described, List<Slug> promised) {
        var registered = site.finder(tip).registered(pr);
        var late = described.stream()
                .filter(slug -> !promised.contains(slug) && !registered.contains(slug) && !isDoneBy(pr, tip.task(slug)))
                .toList();
        return new About(union(promised, described.stream().filter(slug -> !late.contains(slug)).toList()), late);
    }

    /** Somebody who may write has confirmed it since. */
    private static boolean isDoneBy(PullRequest pr, Optional<Task> task) {
        return task.filter(t -> t.status().isFinal() && Objects.equals(t.prNumber(), pr.number())).isPresent();
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

    /** All that it names, sooner or later. */
    List<Slug> all() {
        return union(tasks, late);
    }

    static List<TaskPath> taskFiles(List<TaskPath> files, CloneTip tip) {
        return files.stream().filter(tip::isTaskFile).toList();
    }

    private static List<Slug> union(List<Slug> some, List<Slug> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
