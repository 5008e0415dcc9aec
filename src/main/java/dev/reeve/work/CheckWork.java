package dev.reeve.work;

import dev.reeve.decide.CheckFacts;
import dev.reeve.decide.CheckFacts.OfTask;
import dev.reeve.decide.CheckFacts.SinceCut;
import dev.reeve.decide.CheckFacts.TaskRequired;
import dev.reeve.decide.CheckWording;
import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Result;
import dev.reeve.model.CheckReport;
import dev.reeve.model.Outcome;
import dev.reeve.model.PullRequest;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.HeadFiles;
import dev.reeve.reconcile.Misconfigured;
import dev.reeve.reconcile.Reconciler;
import dev.reeve.reconcile.Reconciler.Planned;

import java.util.Optional;
import java.util.function.Function;

/** Writes the check run of a pull request from the state that is there now. */
final class CheckWork {

    private static final String USUAL_NAME = "reeve";

    private CheckWork() {}

    static Result run(Site site, Claim claim, int number, Function<CloneTip, ReconcilePolicy> policy) {
        var pr = site.gitHub().pullRequest(number);
        var tip = site.tipFor(pr, claim);
        try {
            var checks = tip.configuration().checks();
            put(site, pr, checks.name(), CheckWording.of(facts(site, claim, pr, tip, policy)));
        } catch (Misconfigured e) {
            put(site, pr, USUAL_NAME, CheckWording.misconfigured(e.faults().stream().map(Object::toString).toList()));
        }
        return Result.of(new Outcome.Done());
    }

    private static void put(Site site, PullRequest pr, String name, CheckReport report) {
        site.gitHub().putCheckRun(pr.headSha(), name, "reeve/pull/" + pr.number(), report);
    }

    private static CheckFacts facts(Site site, Claim claim, PullRequest pr, CloneTip tip,
            Function<CloneTip, ReconcilePolicy> policy) {
        // Only while it is open does it matter what is at its head; afterwards the default branch says it.
        var head = pr.state().isOpen() ? tip.atHead(pr, site.changedTaskFiles(pr, tip)) : HeadFiles.NONE;
        var scope = Reconciler.Scope.about(site.tasksOf(pr, tip), pr.number());
        var tasks = site.reconciler(tip, site.pullRequests().having(pr), site.writer())
                .plan(scope, policy.apply(tip))
                .stream()
                .map(planned -> task(planned, claim, pr, tip, head))
                .toList();
        return new CheckFacts(pr, tip.branch(), tasks, head.faults(),
                tip.configuration().checks().requireTask() ? TaskRequired.YES : TaskRequired.NO);
    }

    private static OfTask task(Planned planned, Claim claim, PullRequest pr, CloneTip tip, HeadFiles head) {
        var slug = planned.facts().slug();
        var changed = pr.state().isOpen() && tip.changedSinceCut(pr, slug) ? SinceCut.CHANGED : SinceCut.UNCHANGED;
        var completedIn = Optional.ofNullable(pr.mergeCommit())
                .flatMap(merge -> tip.completionOf(slug, pr.number(), merge));
        return new OfTask(planned.facts(), planned.plan(), Obstacle.in(claim.triggers(), slug), completedIn,
                head.task(slug), changed);
    }
}
