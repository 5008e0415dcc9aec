package dev.reeve.work;

import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Result;
import dev.reeve.model.Outcome;
import dev.reeve.model.Press;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Slug;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import dev.reeve.reconcile.Bookkeeping;
import dev.reeve.reconcile.CloneTip;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Routes a closed pull request to the tasks that it is about. */
final class PullRequestWork {

    /** So many times a pull request that was announced as closed and reads as open is asked for again, before it is believed to be reopened. */
    private static final int PATIENCE = 8;

    private PullRequestWork() {}

    static Result run(Site site, Claim claim, int number, Presses presses) {
        var pr = site.gitHub().pullRequest(number);
        if (pr.state().isOpen() && claim.attempt() < PATIENCE && isAnnouncedAsClosed(claim)) {
            return Result.of(new Outcome.Failed(
                    "PR #" + number + " was announced as closed, but GitHub's API still shows it open"));
        }
        var tip = site.newestFor(pr);
        if (Bookkeeping.is(pr)) {
            return BookkeepingWork.over(site, claim, pr, tip);
        }
        return new Result(new Outcome.Done(), followUps(site, claim, pr, tasks(site, claim, pr, tip, presses)));
    }

    /** What it names only since it was merged takes somebody who may write. */
    private static List<Slug> tasks(Site site, Claim claim, PullRequest pr, CloneTip tip, Presses presses) {
        if (pr.state().isOpen()) {
            return Presses.in(claim).isEmpty() ? List.of()
                    : About.described(site, pr, tip, () -> site.changedFiles(pr)).tasks();
        }
        var about = About.over(site, pr, tip, () -> site.changedFiles(pr));
        return !about.late().isEmpty() && presses.judge(site, claim) == Presses.Verdict.WANTED ? about.all()
                : about.tasks();
    }

    /** Only a webhook says that a pull request was closed; who forces its work, or presses a button, says nothing of it. */
    private static boolean isAnnouncedAsClosed(Claim claim) {
        return claim.triggers().stream().anyMatch(trigger -> trigger.guid() != null && Press.in(trigger).isEmpty());
    }

    private static List<Arrival> followUps(Site site, Claim claim, PullRequest pr, List<Slug> slugs) {
        var arrivals = new ArrayList<Arrival>();
        for (var slug : slugs) {
            triggers(claim, pr.number()).forEach(trigger -> arrivals
                    .add(new Arrival(new WorkKey(site.name(), new Subject.OfTask(slug)), trigger)));
        }
        if (slugs.isEmpty()) {
            arrivals.add(new Arrival(new WorkKey(site.name(), new Subject.OfCheck(pr.number())),
                    Trigger.of("PR #" + pr.number())));
        }
        return arrivals;
    }

    /** The task's work is told which pull request it is about and which webhooks caused it. */
    private static List<Trigger> triggers(Claim claim, int number) {
        var guids = claim.triggers().stream().map(Trigger::guid).filter(Objects::nonNull).distinct().limit(5).toList();
        var cause = claim.triggers()
                .stream()
                .filter(trigger -> Press.in(trigger).isPresent())
                .map(Trigger::cause)
                .findFirst()
                .orElse("PR #" + number);
        return guids.isEmpty()
                ? List.of(new Trigger(cause, null, number, null))
                : guids.stream().map(guid -> new Trigger(cause, guid, number, null)).toList();
    }
}
