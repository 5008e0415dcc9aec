package dev.reeve.work;

import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Result;
import dev.reeve.model.Outcome;
import dev.reeve.model.Publish;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.PullRequests;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReconcileReport.Change;
import dev.reeve.reconcile.ReconcileReport.Failure;
import dev.reeve.reconcile.Reconciler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reconciles one task, then has the check runs written of the pull requests that it was about. */
final class TaskWork {

    private static final Logger LOG = LoggerFactory.getLogger(TaskWork.class);

    private static final int TOLD_AT = 2;

    private TaskWork() {}

    static Result run(Site site, Claim claim, Slug slug, Function<CloneTip, ReconcilePolicy> policy) {
        var pulls = claim.triggers()
                .stream()
                .map(Trigger::pullRequest)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var deliveries = claim.triggers().stream().map(Trigger::guid).filter(Objects::nonNull).distinct().toList();
        var scope = new Reconciler.Scope(List.of(slug), Map.of(slug, pulls), deliveries);
        var report = reconcile(site, claim, scope, policy);
        report.changes()
                .forEach(
                        change -> LOG.info("{} {} {}: {}", site.name(), change.verb(), change.slug(), change.detail()));
        // A push or a sweep may complete a task whose trigger names no pull request.
        Stream.concat(report.changes().stream().map(Change::pullRequest),
                report.failures().stream().map(Failure::pullRequest)).filter(Objects::nonNull).forEach(pulls::add);
        var outcome = Outcomes.of(report);
        return new Result(outcome,
                tellsSomething(outcome, claim) ? checks(site, pulls, cause(slug, outcome)) : List.of());
    }

    private static ReconcileReport reconcile(Site site, Claim claim, Reconciler.Scope scope,
            Function<CloneTip, ReconcilePolicy> policy) {
        try (var turn = site.writer().turn()) {
            var pullRequests = site.pullRequests();
            var hints = scope.hints().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
            var tip = site.tipWith(mergeCommits(hints, pullRequests), claim);
            var by = policy.apply(tip);
            var report = site.reconciler(tip, pullRequests, turn, PullRequestWork.judged(claim))
                    .run(scope, by, ReconcileReport.Mode.ACT);
            if (by.publish() == Publish.PULL_REQUEST) {
                // What waited for this task may be done, or not be wanted any more.
                turn.tidy();
            }
            return report;
        }
    }

    /** What has to be in the default branch before the tasks of these pull requests can be completed. */
    private static List<Sha> mergeCommits(Set<Integer> pulls, PullRequests pullRequests) {
        return pulls.stream()
                .map(pullRequests::byNumber)
                .flatMap(lookup -> lookup instanceof PullRequestLookup.Found(var pr)
                        ? Stream.ofNullable(pr.mergeCommit())
                        : Stream.of())
                .toList();
    }

    /**
     * A check run is written when the work has come to an end, and when it meets an obstacle that doesn't go away by itself within seconds, so that the pull
     * request shows it. On a bad day most do. That it waits for a rate limit is told as soon as the limit lets a check run be written, if it still waits then.
     */
    private static boolean tellsSomething(Outcome outcome, Claim claim) {
        return switch (outcome) {
            case Outcome.Done() -> true;
            case Outcome.GiveUp _ -> true;
            case Outcome.Failed _ -> claim.attempt() == TOLD_AT;
            case Outcome.RetryAfter _ -> true;
        };
    }

    private static String cause(Slug slug, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed(var reason) -> Obstacle.cause(slug, reason);
            case Outcome.GiveUp(var reason) -> Obstacle.cause(slug, reason);
            case Outcome.RetryAfter(var until, _) -> Waiting.cause(slug, until);
            case Outcome.Done() -> "its task was reconciled";
        };
    }

    private static List<Arrival> checks(Site site, Set<Integer> pulls, String cause) {
        return pulls.stream()
                .map(number -> new Arrival(new WorkKey(site.name(), new Subject.OfCheck(number)),
                        Trigger.of(cause)))
                .toList();
    }
}
