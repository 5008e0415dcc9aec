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
import dev.reeve.reconcile.About;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.HeadFiles;
import dev.reeve.reconcile.Proposal;
import dev.reeve.reconcile.Reconciler;
import dev.reeve.reconcile.Reconciler.Planned;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads all that the check run of a pull request is written from. Only while it is open does its head matter; afterwards the default branch says it. */
record CheckLook(Site site, Claim claim, PullRequest pr, CloneTip tip, ReconcilePolicy policy) {

    CheckFacts facts() {
        return pr.state().isOpen() && pr.base().equals(tip.branch().value()) ? open() : over();
    }

    private CheckFacts open() {
        var proposal = tip.proposedBy(pr);
        var head = proposal.taskFiles();
        var about = site.which(tip).open(pr, head);
        var tasks = tasks(about.tasks(), head);
        var atHead = new AtHead(head.faults(), configuration(proposal), edits(head), head.deleted(), head.unseen());
        return facts(tasks, List.of(), about.late().size(), atHead, tasks.isEmpty() ? Attention.NONE : attention());
    }

    private CheckFacts over() {
        return over(site.which(tip).over(pr));
    }

    /** For one that is over and is about these. */
    CheckFacts over(About about) {
        var late = about.late().stream().limit(About.MOST).toList();
        return facts(bookkept(tasks(about.tasks(), HeadFiles.NONE)), tasks(late, HeadFiles.NONE),
                about.late().size() - late.size(), AtHead.NOTHING, Attention.NONE);
    }

    private List<OfTask> bookkept(List<OfTask> tasks) {
        return policy.publish() == Publish.PULL_REQUEST && pr.state() == PullRequest.State.MERGED
                ? BookkeepingWork.waiting(site, tip, tasks)
                : tasks;
    }

    private CheckFacts facts(List<OfTask> tasks, List<OfTask> late, int left, AtHead head, Attention attention) {
        return new CheckFacts(pr, tip.branch(), tasks, late, left, head, attention,
                policy(tip.configuration().checks()));
    }

    private static Policy policy(Checks checks) {
        return new Policy(checks.requireTask() ? TaskRequired.YES : TaskRequired.NO, checks.failOn());
    }

    private List<Remark> configuration(Proposal proposal) {
        return proposal.changesConfiguration() ? Configuration.faults(tip.configuredAs(pr).configured()) : List.of();
    }

    private List<Edit> edits(HeadFiles head) {
        return head.tasks().stream().map(task -> new Edit(tip.task(task.slug()), task)).toList();
    }

    private List<OfTask> tasks(List<Slug> slugs, HeadFiles head) {
        return site.reconciler(tip, site.pullRequests().having(pr), site.writer(), Set.of(pr.number()))
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
