package dev.reeve.work;

import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Result;
import dev.reeve.model.Outcome;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.Misconfigured;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Does a piece of work, whatever its subject.
 *
 * <p><b>Threading.</b> Called by many workers at once, by one at a time for a key.
 */
public final class Works {

    private final Function<RepositoryName, Site> sites;
    private final Function<CloneTip, ReconcilePolicy> policy;
    private final Presses presses;

    /**
     * @param sites the repositories, opened when they are first needed
     * @param policy what a pass goes by, made anew for each
     * @param metrics counts what was asked for by buttons
     */
    public Works(Function<RepositoryName, Site> sites, Function<CloneTip, ReconcilePolicy> policy,
            MeterRegistry metrics) {
        this.sites = sites;
        this.policy = policy;
        this.presses = new Presses(metrics);
    }

    /** Runs the work and says how it ended. A fault of our own is thrown, for the runner to log. */
    public Result run(Claim claim) {
        try {
            var site = sites.apply(claim.key().repository());
            return handedOn(run(site, claim), site);
        } catch (RuntimeException e) {
            return Result.of(Outcomes.of(e));
        }
    }

    private Result run(Site site, Claim claim) {
        var verdict = presses.judge(site, claim);
        if (verdict == Presses.Verdict.REFUSED) {
            return Result.of(new Outcome.Done());
        }
        try {
            return switch (claim.key().subject()) {
                case Subject.OfPullRequest(int number) -> PullRequestWork.run(site, claim, number, verdict);
                case Subject.OfTask(var slug) -> TaskWork.run(site, claim, slug, policy);
                case Subject.OfCheck(int number) -> CheckWork.run(site, claim, number, policy);
                case Subject.OfGroup(var head) -> GroupWork.run(site, claim, head);
                case Subject.OfCommit(var commit) -> CommitWork.run(site, claim, commit);
                case Subject.OfPush() -> PushWork.run(site, claim);
                case Subject.OfAll() -> AllWork.run(site, claim);
            };
        } catch (Misconfigured e) {
            return new Result(new Outcome.GiveUp(String.valueOf(e.getMessage())), checks(claim));
        }
    }

    /** What follows may be done by another replica, whose clone knows nothing yet of what was pushed or fetched here. */
    private static Result handedOn(Result result, Site site) {
        return site.branch()
                .seen()
                .map(commit -> new Result(result.outcome(),
                        result.followUps().stream().map(arrival -> arrival.having(commit)).toList()))
                .orElse(result);
    }

    /** Where the configuration can't be used, the check runs say so of the pull requests that the work is about. */
    private static List<Arrival> checks(Claim claim) {
        var numbers = claim.key().subject() instanceof Subject.OfPullRequest(int number)
                ? Stream.of(number)
                : claim.triggers().stream().map(Trigger::pullRequest).filter(Objects::nonNull).distinct();
        return numbers.map(number -> new Arrival(new WorkKey(claim.key().repository(), new Subject.OfCheck(number)),
                Trigger.of("the configuration can't be used"))).toList();
    }
}
