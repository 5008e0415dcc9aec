package dev.reeve.work;

import dev.reeve.config.TeamConfiguration.Checks;
import dev.reeve.decide.CheckFacts;
import dev.reeve.decide.CheckFacts.AtHead;
import dev.reeve.decide.CheckFacts.Attention;
import dev.reeve.decide.CheckFacts.Edit;
import dev.reeve.decide.CheckFacts.OfTask;
import dev.reeve.decide.CheckFacts.Policy;
import dev.reeve.decide.CheckFacts.Remark;
import dev.reeve.decide.CheckFacts.SinceCut;
import dev.reeve.decide.CheckFacts.TaskRequired;
import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.inbox.Claim;
import dev.reeve.model.Publish;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.PullRequestStanding.Reviews;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.HeadFiles;
import dev.reeve.reconcile.Reconciler;
import dev.reeve.reconcile.Reconciler.Planned;

import java.util.List;
import java.util.Optional;

/** Reads all that the check run of a pull request is written from. Only while it is open does its head matter; afterwards the default branch says it. */
record CheckLook(Site site, Claim claim, PullRequest pr, CloneTip tip, ReconcilePolicy policy) {

    CheckFacts facts() {
        return pr.state().isOpen() && pr.base().equals(tip.branch().value()) ? open() : over();
    }

    private CheckFacts open() {
        var changed = site.changedFiles(pr);
        var head = tip.atHead(pr, About.taskFiles(changed, tip));
        var about = About.open(site, pr, tip, () -> changed, head);
        var tasks = tasks(about.tasks(), head);
        var atHead = new AtHead(head.faults(), configuration(changed), edits(head));
        return facts(tasks, List.of(), atHead, tasks.isEmpty() ? Attention.NONE : attention());
    }

    private CheckFacts over() {
        var about = About.over(site, pr, tip, () -> site.changedFiles(pr));
        return facts(bookkept(tasks(about.tasks(), HeadFiles.NONE)), tasks(about.late(), HeadFiles.NONE),
                AtHead.NOTHING, Attention.NONE);
    }

    private List<OfTask> bookkept(List<OfTask> tasks) {
        return policy.publish() == Publish.PULL_REQUEST && pr.state() == PullRequest.State.MERGED
                ? BookkeepingWork.waiting(site, tip, tasks)
                : tasks;
    }

    private CheckFacts facts(List<OfTask> tasks, List<OfTask> late, AtHead head, Attention attention) {
        return new CheckFacts(pr, tip.branch(), tasks, late, head, attention, policy(tip.configuration().checks()));
    }

    private static Policy policy(Checks checks) {
        return new Policy(checks.requireTask() ? TaskRequired.YES : TaskRequired.NO, checks.failOn());
    }

    private List<Remark> configuration(List<TaskPath> changed) {
        return changed.contains(CloneTip.CONFIGURATION)
                ? tip.configurationAt(pr).map(Configuration::faults).orElse(List.of())
                : List.of();
    }

    private List<Edit> edits(HeadFiles head) {
        return head.tasks().stream().map(task -> new Edit(tip.task(task.slug()), task)).toList();
    }

    private List<OfTask> tasks(List<Slug> slugs, HeadFiles head) {
        return site.reconciler(tip, site.pullRequests().having(pr), site.writer())
                .plan(Reconciler.Scope.about(slugs, pr.number()), policy)
                .stream()
                .map(planned -> task(planned, head))
                .toList();
    }

    private OfTask task(Planned planned, HeadFiles head) {
        var slug = planned.facts().slug();
        var changed = pr.state().isOpen() && tip.changedSinceCut(pr, slug) ? SinceCut.CHANGED : SinceCut.UNCHANGED;
        var completedIn = Optional.ofNullable(pr.mergeCommit())
                .flatMap(merge -> tip.completionOf(slug, pr.number(), merge));
        return new OfTask(planned.facts(), planned.plan(), Obstacle.in(claim.triggers(), slug), Optional.empty(),
                Waiting.in(claim.triggers(), slug).filter(until -> until.isAfter(policy.now())), completedIn,
                head.task(slug), changed);
    }

    private Attention attention() {
        var standing = site.gitHub().standingForOthers(pr);
        return new Attention(
                standing.checks() instanceof PullRequestStanding.Checks.Failed(var names) ? names : List.of(),
                standing.reviews() instanceof Reviews.ChangesRequested(var logins) ? logins : List.of());
    }
}
