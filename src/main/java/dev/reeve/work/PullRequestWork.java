package dev.reeve.work;

import dev.reeve.decide.ReconcilePolicy;
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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Routes a closed pull request to the tasks that it is about. */
final class PullRequestWork {

    /** So many times a pull request that was announced as closed and reads as open is asked for again, before it is believed to be reopened. */
    private static final int PATIENCE = 8;

    private PullRequestWork() {}

    static Result run(Site site, Claim claim, int number, Presses presses,
            Function<CloneTip, ReconcilePolicy> policy) {
        var pr = site.gitHub().pullRequest(number);
        if (pr.state().isOpen() && claim.attempt() < PATIENCE && isAnnouncedAsClosed(claim)) {
            return Result.of(new Outcome.Failed(
                    "PR #" + number + " was announced as closed, but GitHub's API still shows it open"));
        }
        var tip = site.newestFor(pr);
        if (Bookkeeping.is(pr)) {
            return BookkeepingWork.over(site, claim, pr, tip);
        }
        if (pr.state().isOpen()) {
            return new Result(new Outcome.Done(), followUps(site, claim, pr, "PR #" + number + ", which is open",
                    Presses.in(claim).isEmpty() ? List.of() : site.which(tip).described(pr).tasks()));
        }
        var about = site.which(tip).over(pr);
        boolean seen = pr.mergeCommit() != null && tip.contains(pr.mergeCommit());
        var cause = seen ? judged(number) : "PR #" + number + ", of which git shows no merge";
        if (about.late().isEmpty() || presses.judge(site, claim) != Presses.Verdict.WANTED) {
            return new Result(new Outcome.Done(), followUps(site, claim, pr, cause, about.tasks()));
        }
        // What was named too late takes somebody who may write. From now on the check run promises it, as if it had before.
        CheckWork.promise(new CheckLook(site, claim, pr, tip, policy.apply(tip)), about.confirmed());
        return new Result(new Outcome.Done(), followUps(site, claim, pr, cause, about.confirmed().tasks()));
    }

    /** The merged pull requests from which a task was come to when their merge was in the default branch: it was found out which tasks these are about. */
    static Set<Integer> judged(Claim claim) {
        return claim.triggers()
                .stream()
                .filter(trigger -> trigger.pullRequest() != null
                        && trigger.cause().equals(judged(trigger.pullRequest())))
                .map(Trigger::pullRequest)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static String judged(int number) {
        return "PR #" + number;
    }

    /** Only a webhook says that a pull request was closed; who forces its work, or presses a button, says nothing of it. */
    private static boolean isAnnouncedAsClosed(Claim claim) {
        return claim.triggers().stream().anyMatch(trigger -> trigger.guid() != null && Press.in(trigger).isEmpty());
    }

    private static List<Arrival> followUps(Site site, Claim claim, PullRequest pr, String cause, List<Slug> slugs) {
        var arrivals = new ArrayList<Arrival>();
        for (var slug : slugs) {
            triggers(claim, pr, cause).forEach(trigger -> arrivals
                    .add(new Arrival(new WorkKey(site.name(), new Subject.OfTask(slug)), trigger)));
        }
        if (slugs.isEmpty()) {
            arrivals.add(new Arrival(new WorkKey(site.name(), new Subject.OfCheck(pr.number())),
                    Trigger.of("PR #" + pr.number())));
        }
        return arrivals;
    }

    /** The task's work is told which pull request it is about and which webhooks caused it. */
    private static List<Trigger> triggers(Claim claim, PullRequest pr, String usual) {
        var guids = claim.triggers().stream().map(Trigger::guid).filter(Objects::nonNull).distinct().limit(5).toList();
        var cause = claim.triggers()
                .stream()
                .filter(trigger -> Press.in(trigger).isPresent())
                .map(Trigger::cause)
                .findFirst()
                .orElse(usual);
        return guids.isEmpty()
                ? List.of(new Trigger(cause, null, pr.number(), null))
                : guids.stream().map(guid -> new Trigger(cause, guid, pr.number(), null)).toList();
    }
}
