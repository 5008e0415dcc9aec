package dev.reeve.work;

import dev.reeve.config.TeamConfiguration;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.KnownRepository;
import dev.reeve.inbox.Repositories;
import dev.reeve.inbox.Result;
import dev.reeve.model.Outcome;
import dev.reeve.model.Subject;
import dev.reeve.model.TaskPath;
import dev.reeve.model.Trigger;
import dev.reeve.model.Trigger.PushRange;
import dev.reeve.model.WorkKey;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.CloneTip.Origin;
import dev.reeve.reconcile.CloneTip.PushedCommit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Routes pushes to the default branch: to the tasks whose files they changed, and to the pull requests that they merged, in case those's own
 * events are missing. Our own pushes are known by their trailers and cause nothing.
 */
final class PushWork {

    /** A push of more commits than this is looked at by reconciling everything. */
    private static final int MOST_COMMITS = 1_000;
    /** So many of them may be merges whose pull requests GitHub is asked for. */
    private static final int MOST_MERGES = 100;
    private static final TaskPath CONFIGURATION = new TaskPath(TeamConfiguration.FILE);

    private PushWork() {}

    static Result run(Site site, Claim claim, Repositories known) {
        var tip = site.branch().fetch();
        var arrivals = new LinkedHashSet<Arrival>();
        for (var trigger : claim.triggers()) {
            if (trigger.range() != null) {
                route(site, tip, trigger.range(), trigger, arrivals);
            }
        }
        known.find(site.name()).ifPresent(repository -> remember(repository, known, tip, claim));
        return new Result(new Outcome.Done(), List.copyOf(arrivals));
    }

    /** Events come in any order, so an older one doesn't bring back what a newer one told of. */
    private static void remember(KnownRepository repository, Repositories known, CloneTip tip, Claim claim) {
        var newest = repository.tip();
        for (var trigger : claim.triggers()) {
            var after = trigger.range() == null ? null : trigger.range().after();
            if (after != null && tip.contains(after) && (newest == null || !tip.precedes(after, newest))) {
                newest = after;
            }
        }
        if (newest != null && !newest.equals(repository.tip())) {
            known.sawPush(repository.id(), newest).join();
        }
    }

    private static void route(Site site, CloneTip tip, PushRange range, Trigger trigger, Set<Arrival> arrivals) {
        var pushed = tip.pushed(range.before(), range.after(), MOST_COMMITS);
        var theirs = pushed.orElse(List.of()).stream().filter(commit -> commit.origin() == Origin.THEIRS).toList();
        if (pushed.isEmpty() || pushed.get().isEmpty() || theirs.size() > MOST_MERGES
                || changesConfiguration(tip, range)) {
            arrivals.add(new Arrival(new WorkKey(site.name(), new Subject.OfAll()),
                    new Trigger("push", trigger.guid(), null, null)));
        } else if (!theirs.isEmpty()) {
            touchedTasks(site, tip, range, trigger, arrivals);
        }
        mergedPullRequests(site, theirs.subList(0, Math.min(MOST_MERGES, theirs.size())), trigger, arrivals);
    }

    private static boolean changesConfiguration(CloneTip tip, PushRange range) {
        return tip.changed(range.before(), range.after(), CONFIGURATION).filter(List::isEmpty).isEmpty();
    }

    private static void touchedTasks(Site site, CloneTip tip, PushRange range, Trigger trigger, Set<Arrival> arrivals) {
        tip.changed(range.before(), range.after(), tip.tasksRoot().path())
                .orElse(List.of())
                .stream()
                .filter(tip::isTaskFile)
                .flatMap(path -> path.slug().stream())
                .forEach(slug -> arrivals.add(new Arrival(new WorkKey(site.name(), new Subject.OfTask(slug)),
                        new Trigger("push", trigger.guid(), null, null))));
    }

    private static void mergedPullRequests(Site site, List<PushedCommit> commits, Trigger trigger,
            Set<Arrival> arrivals) {
        commits.stream()
                .flatMap(commit -> site.gitHub().pullRequestsOf(commit.sha()).stream())
                .forEach(number -> arrivals.add(new Arrival(new WorkKey(site.name(), new Subject.OfPullRequest(number)),
                        new Trigger("push", trigger.guid(), number, null))));
    }
}
