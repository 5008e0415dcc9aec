package dev.reeve.work;

import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.github.GitHubFailure;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.KnownRepository.State;
import dev.reeve.inbox.Repositories;
import dev.reeve.inbox.Result;
import dev.reeve.model.Outcome;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.Misconfigured;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Does a piece of work, whatever its subject.
 *
 * <p><b>Threading.</b> Called by many workers at once, by one at a time for a key.
 */
public final class Works {

    private static final Logger LOG = LoggerFactory.getLogger(Works.class);

    private final Function<RepositoryName, Site> sites;
    private final Function<CloneTip, ReconcilePolicy> policy;
    private final Holdings holdings;
    private final Presses presses;

    /**
     * @param sites the repositories, opened when they are first needed
     * @param policy what a pass goes by, made anew for each
     * @param holdings which repositories there are
     * @param metrics counts what was asked for by buttons
     */
    public Works(Function<RepositoryName, Site> sites, Function<CloneTip, ReconcilePolicy> policy, Holdings holdings,
            MeterRegistry metrics) {
        this.sites = sites;
        this.policy = policy;
        this.holdings = holdings;
        this.presses = new Presses(metrics);
    }

    /** Runs the work and says how it ended. A fault of our own is thrown, for the runner to log. */
    public Result run(Claim claim) {
        try {
            return switch (claim.key().subject()) {
                case Subject.OfPullRequest(int number) ->
                    on(claim, site -> PullRequestWork.run(site, claim, number, presses, policy));
                case Subject.OfTask(var slug) -> on(claim, site -> TaskWork.run(site, claim, slug, policy));
                case Subject.OfCheck(int number) -> on(claim, site -> CheckWork.run(site, claim, number, policy));
                case Subject.OfPush() -> on(claim, site -> PushWork.run(site, claim, holdings.known()));
                case Subject.OfAll() -> on(claim, site -> all(site, claim));
                case Subject.OfGroup(var head) -> on(claim, site -> GroupWork.run(site, claim, head));
                case Subject.OfCommit(var commit) -> on(claim, site -> CommitWork.run(site, claim, commit));
                case Subject.OfRepository() -> RepositoryWork.run(holdings, claim);
                case Subject.OfInstallation() -> InstallationWork.run(holdings, claim);
            };
        } catch (RuntimeException e) {
            return after(claim, e);
        }
    }

    /**
     * What GitHub refuses because of the installation may mean that the repository went, moved, or can't be worked on now; so may any failure of one that isn't
     * known, as an event may come after it went. Should it be there after all, the look that follows finds it, and it is reconciled as a whole.
     */
    private Result after(Claim claim, RuntimeException failure) {
        var name = claim.key().repository();
        boolean known = holdings.known().find(name).isPresent();
        if (isALook(claim) || (known && !isOfInstallation(failure))) {
            var outcome = Outcomes.of(failure);
            return new Result(outcome, told(claim, outcome));
        }
        var look = List.of(Repositories.look(name, "work on it failed"));
        if (known || !isOfInstallation(failure)) {
            return new Result(Outcomes.of(failure), look);
        }
        LOG.warn("{} is not done: {}", claim, failure.getMessage());
        return Result.followedBy(look);
    }

    /** The check runs of the pull requests that the work is about say until when it waits. */
    private static List<Arrival> told(Claim claim, Outcome outcome) {
        boolean isTold = claim.key().subject() instanceof Subject.OfPullRequest
                || claim.key().subject() instanceof Subject.OfTask;
        return isTold && outcome instanceof Outcome.RetryAfter(var until, _)
                ? checks(claim, number -> Waiting.cause(number, until))
                : List.of();
    }

    private static boolean isOfInstallation(RuntimeException failure) {
        return failure instanceof GitHubFailure gitHub
                && (gitHub.kind() instanceof GitHubFailure.Kind.NotInstalled
                        || gitHub.kind() instanceof GitHubFailure.Kind.Suspended);
    }

    private static boolean isALook(Claim claim) {
        return claim.key().subject() instanceof Subject.OfRepository
                || claim.key().subject() instanceof Subject.OfInstallation;
    }

    private Result all(Site site, Claim claim) {
        return presses.judge(site, claim) == Presses.Verdict.REFUSED ? Result.of(new Outcome.Done())
                : AllWork.run(site, claim, holdings.known());
    }

    /** Work on a repository that can't be worked on ends here: when it can be again, it is looked at as a whole. One that isn't known is to be. */
    private Result on(Claim claim, Function<Site, Result> work) {
        var name = claim.key().repository();
        var known = holdings.known().find(name);
        if (known.isPresent() && known.get().state() != State.ACTIVE) {
            LOG.debug("{} is not done, as the repository is {}", claim, known.get().state());
            return Result.followedBy(List.of(Repositories.look(name, "it was not worked on")));
        }
        try {
            var result = on(sites.apply(name), claim, work);
            return known.isPresent() ? result
                    : new Result(result.outcome(), Stream.concat(result.followUps().stream(),
                            Stream.of(Repositories.look(name, "it isn't known"))).toList());
        } finally {
            if (known.isPresent() && holdings.known().find(name).isEmpty()) {
                // It went while this ran, which may have opened its clone once more, and has no lease any more to have that looked at.
                holdings.giveUp().accept(name);
            }
        }
    }

    private static Result on(Site site, Claim claim, Function<Site, Result> work) {
        try {
            return handedOn(work.apply(site), site);
        } catch (Misconfigured e) {
            // The check runs say so of the pull requests that the work is about.
            return handedOn(new Result(new Outcome.GiveUp(String.valueOf(e.getMessage())),
                    checks(claim, _ -> "the configuration can't be used")), site);
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

    /** The check runs of the pull requests that the work is about. */
    private static List<Arrival> checks(Claim claim, IntFunction<String> cause) {
        var numbers = claim.key().subject() instanceof Subject.OfPullRequest(int number)
                ? Stream.of(number)
                : claim.triggers().stream().map(Trigger::pullRequest).filter(Objects::nonNull).distinct();
        return numbers.map(number -> new Arrival(new WorkKey(claim.key().repository(), new Subject.OfCheck(number)),
                Trigger.of(cause.apply(number)))).toList();
    }
}
