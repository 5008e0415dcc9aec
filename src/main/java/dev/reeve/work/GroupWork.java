package dev.reeve.work;

import dev.reeve.decide.CheckWording;
import dev.reeve.git.GitFailure;
import dev.reeve.github.GitHubFailure;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Result;
import dev.reeve.model.CheckReport;
import dev.reeve.model.ExternalId;
import dev.reeve.model.Outcome;
import dev.reeve.model.Sha;
import dev.reeve.model.Trigger;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.Misconfigured;

import java.util.Objects;
import java.util.Optional;

/**
 * Answers a merge queue. The answer is always success: whether a pull request may be merged was said on its own check run before it was queued. What it is
 * worth to know beside is looked for, and left out when it can't be had.
 */
final class GroupWork {

    /** So often is the repository tried to be read for the name that the queue may wait for. */
    private static final int TRIES = 3;

    private GroupWork() {}

    static Result run(Site site, Claim claim, Sha head) {
        var tip = tip(site, claim);
        var name = tip.map(at -> CheckName.in(at.configured())).orElse(CheckName.USUAL);
        var report = tip.map(at -> report(site, claim, at)).orElseGet(CheckWording::ofGroup);
        site.gitHub().putCheckRunAfter(CheckWork.rerun(claim), head, name, ExternalId.ofGroup(head), report);
        return Result.of(new Outcome.Done());
    }

    private static Optional<CloneTip> tip(Site site, Claim claim) {
        try {
            return Optional.of(site.branch().fetch());
        } catch (GitFailure failure) {
            if (claim.attempt() < TRIES) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    /** The event names one pull request, the last one. Those before it in the queue may be merged with it, and may leave the queue before. */
    private static CheckReport report(Site site, Claim claim, CloneTip tip) {
        var number = claim.triggers().stream().map(Trigger::pullRequest).filter(Objects::nonNull).findFirst();
        try {
            return number.map(n -> report(site, n, tip)).orElseGet(CheckWording::ofGroup);
        } catch (GitFailure | Misconfigured _) {
            return CheckWording.ofGroup();
        } catch (GitHubFailure failure) {
            if (failure.kind() instanceof GitHubFailure.Kind.RateLimited) {
                throw failure;
            }
            return CheckWording.ofGroup();
        }
    }

    private static CheckReport report(Site site, int number, CloneTip tip) {
        var pr = site.gitHub().pullRequest(number);
        return pr.base().equals(tip.branch().value())
                ? CheckWording.ofGroup(pr, site.which(tip).described(pr).tasks())
                : CheckWording.ofGroup();
    }
}
