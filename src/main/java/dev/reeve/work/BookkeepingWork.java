package dev.reeve.work;

import dev.reeve.decide.Action;
import dev.reeve.decide.BookkeepingWording;
import dev.reeve.decide.BookkeepingWording.Entry;
import dev.reeve.decide.CheckFacts.OfTask;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Result;
import dev.reeve.model.CheckReport;
import dev.reeve.model.Outcome;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Slug;
import dev.reeve.model.Subject;
import dev.reeve.model.Task;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import dev.reeve.reconcile.Bookkeeping;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.HeadFiles;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the work on pull requests does otherwise when it is, or waits for, the bookkeeping one. */
final class BookkeepingWork {

    private BookkeepingWork() {}

    /**
     * It was merged or closed. What is done is taken from its branch, and the pull requests whose tasks waited in it say what became of them. When somebody
     * closed it without merging, their tasks aren't looked at: that would open it again at once.
     */
    static Result over(Site site, Claim claim, PullRequest pr, CloneTip tip) {
        if (pr.state().isOpen()) {
            return new Result(new Outcome.Done(), List.of(check(site, pr.number(), "it was reopened")));
        }
        if (pr.state() == PullRequest.State.MERGED) {
            site.writer().tidy();
        }
        var about = site.bookkept(pr, tip).stream().flatMap(task -> followUp(site, claim, pr, task).stream());
        return new Result(new Outcome.Done(),
                Stream.concat(about, Stream.of(check(site, pr.number(), "bookkeeping is over"))).distinct().toList());
    }

    private static Optional<Arrival> followUp(Site site, Claim claim, PullRequest pr, Task task) {
        var guid = claim.triggers().stream().map(Trigger::guid).filter(Objects::nonNull).findFirst().orElse(null);
        var cause = "bookkeeping PR #" + pr.number();
        return Optional.ofNullable(task.prNumber())
                .map(number -> pr.state() == PullRequest.State.MERGED
                        ? new Arrival(new WorkKey(site.name(), new Subject.OfTask(task.slug())),
                                new Trigger(cause, guid, number, null))
                        : check(site, number, cause + " was closed"));
    }

    private static Arrival check(Site site, int number, String cause) {
        return new Arrival(new WorkKey(site.name(), new Subject.OfCheck(number)), Trigger.of(cause));
    }

    /** The check run of the bookkeeping pull request itself. */
    static CheckReport check(Site site, PullRequest pr, CloneTip tip) {
        var entries = site.bookkept(pr, tip)
                .stream()
                .map(task -> new Entry(task.slug(), Optional.ofNullable(task.prNumber())))
                .toList();
        return BookkeepingWording.check(pr, entries, pr.state().isOpen() ? outdated(entries, pr, tip) : List.of());
    }

    /** What has changed on the default branch since, or is over there. Where Reeve can make it anew, that is a matter of moments, and gets a check run of its own. */
    private static List<Slug> outdated(List<Entry> entries, PullRequest pr, CloneTip tip) {
        return entries.stream()
                .map(Entry::slug)
                .filter(slug -> tip.changedSinceCut(pr, slug))
                .distinct()
                .toList();
    }

    /** These tasks, and where the completion of those waits that are still to be completed. */
    static List<OfTask> waiting(Site site, CloneTip tip, List<OfTask> tasks) {
        boolean any = tasks.stream().anyMatch(BookkeepingWork::isToBeCompleted);
        return any
                && site.gitHub()
                        .newestFrom(Bookkeeping.branch(), tip.branch()) instanceof PullRequestLookup.Found(var pr)
                && pr.state().isOpen()
                        ? tasks.stream().map(task -> waiting(task, pr, tip)).toList()
                        : tasks;
    }

    private static boolean isToBeCompleted(OfTask task) {
        return task.plan().actions().stream().anyMatch(Action.Complete.class::isInstance);
    }

    /** What GitHub shows of the branch may be older than what was pushed to it, so it is the file there that counts. */
    private static OfTask waiting(OfTask task, PullRequest pr, CloneTip tip) {
        var paths = tip.find(task.facts().slug()).stream().toList();
        HeadFiles there = isToBeCompleted(task) ? tip.atHead(pr, paths) : HeadFiles.NONE;
        var slug = task.facts().slug();
        return there.task(slug).filter(copy -> copy.status().isFinal()).isPresent() && !tip.changedSinceCut(pr, slug)
                ? task.waitingIn(pr.number())
                : task;
    }
}
