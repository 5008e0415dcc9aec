package dev.reeve.work;

import dev.reeve.config.Configured;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.decide.CheckWording;
import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Result;
import dev.reeve.model.CheckReport;
import dev.reeve.model.ExternalId;
import dev.reeve.model.Outcome;
import dev.reeve.model.Press;
import dev.reeve.model.PullRequest;
import dev.reeve.reconcile.Bookkeeping;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.Misconfigured;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Writes the check run of a pull request from the state that is there now. */
final class CheckWork {

    private CheckWork() {}

    static Result run(Site site, Claim claim, int number, Function<CloneTip, ReconcilePolicy> policy) {
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
            return misconfigured(site, pr, tip, e);
        }
    }

    /** Where the pull request changes the configuration, what counts is whether it mends it. */
    private static CheckReport misconfigured(Site site, PullRequest pr, CloneTip tip, Misconfigured e) {
        var changed = pr.state().isOpen() && site.changedFiles(pr).contains(CloneTip.CONFIGURATION);
        var at = changed ? tip.configurationAt(pr) : Optional.<Configured<TeamConfiguration>>empty();
        var faults = at.map(Configuration::faults);
        return faults.filter(List::isEmpty).isPresent() ? CheckWording.mendsConfiguration()
                : CheckWording.misconfigured(pr, tip.branch(), Configuration.remarks(e.faults()),
                        faults.orElse(List.of()));
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
