package dev.reeve.work;

import dev.reeve.decide.CheckFacts.Remark;
import dev.reeve.decide.CheckWording;
import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Result;
import dev.reeve.model.CheckReport;
import dev.reeve.model.ExternalId;
import dev.reeve.model.Outcome;
import dev.reeve.model.Press;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Slug;
import dev.reeve.reconcile.About;
import dev.reeve.reconcile.Bookkeeping;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.Misconfigured;
import dev.reeve.reconcile.Promise;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Writes the check run of a pull request from the state that is there now. What it asks may use up the last of the rate limit, as people wait for it. */
final class CheckWork {

    private CheckWork() {}

    static Result run(Site ordinary, Claim claim, int number, Function<CloneTip, ReconcilePolicy> policy) {
        var site = ordinary.urgent();
        // What was to be told is that it waits; the wait is over, and what waited tells what became of it.
        if (Waiting.isOver(claim)) {
            return Result.of(new Outcome.Done());
        }
        var pr = site.gitHub().pullRequest(number);
        var tip = site.tipFor(pr, claim);
        put(site, claim, pr, CheckName.in(tip.configured()), report(site, claim, pr, tip, policy));
        return Result.of(new Outcome.Done());
    }

    private static CheckReport report(Site site, Claim claim, PullRequest pr, CloneTip tip,
            Function<CloneTip, ReconcilePolicy> policy) {
        try {
            if (Bookkeeping.is(pr)) {
                return BookkeepingWork.check(site, pr, tip);
            }
            return CheckWording.of(new CheckLook(site, claim, pr, tip, policy.apply(tip)).facts());
        } catch (Misconfigured e) {
            var faults = Configuration.remarks(e.faults());
            return switch (pr.state()) {
                case OPEN, DRAFT -> misconfigured(site, claim, pr, tip, policy, faults);
                case MERGED ->
                    CheckWording.misconfigured(pr, tip.branch(), faults, List.of()).promising(kept(site, pr, tip));
                case CLOSED -> CheckWording.misconfigured(pr, tip.branch(), faults, List.of());
            };
        }
    }

    /** What was promised before the merge still is, when the configuration is mended; and of what we see for the first time what it says now. */
    private static List<Slug> kept(Site site, PullRequest pr, CloneTip tip) {
        return Promise.of(site.gitHub(), pr, CheckName.in(tip.configured())).orElseGet(() -> Promise.asDescribed(pr));
    }

    /** Where the pull request changes the configuration, what counts is whether it mends it. Then merging it does what that configuration says. */
    private static CheckReport misconfigured(Site site, Claim claim, PullRequest pr, CloneTip tip,
            Function<CloneTip, ReconcilePolicy> policy, List<Remark> faults) {
        if (!pr.base().equals(tip.branch().value()) || !tip.proposedBy(pr).changesConfiguration()) {
            return CheckWording.misconfigured(pr, tip.branch(), faults, List.of());
        }
        var mended = tip.configuredAs(pr);
        var left = Configuration.faults(mended.configured());
        return left.isEmpty()
                ? CheckWording.mendsConfiguration(
                        new CheckLook(site, claim, pr, mended, policy.apply(mended)).facts())
                : CheckWording.misconfigured(pr, tip.branch(), faults, left);
    }

    /** Has the check run of a merged one promise this, as somebody wants who may write. */
    static void promise(CheckLook look, About about) {
        put(look.site(), look.claim(), look.pr(), CheckName.in(look.tip().configured()),
                CheckWording.of(look.over(about)));
    }

    private static void put(Site site, Claim claim, PullRequest pr, String name, CheckReport report) {
        long after = rerun(claim);
        if (after > 0) {
            site.gitHub().putCheckRunAfter(after, pr.headSha(), name, ExternalId.ofPullRequest(pr.number()), report);
        } else {
            site.gitHub().putCheckRun(pr.headSha(), name, ExternalId.ofPullRequest(pr.number()), report);
        }
    }

    /** The newest run for which somebody wants another one; 0 for none. */
    static long rerun(Claim claim) {
        return claim.triggers()
                .stream()
                .flatMap(trigger -> Press.in(trigger).stream())
                .filter(press -> press.kind() == Press.Kind.RERUN)
                .map(Press::run)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }
}
