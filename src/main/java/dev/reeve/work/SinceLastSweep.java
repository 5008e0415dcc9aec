package dev.reeve.work;

import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.KnownRepository;
import dev.reeve.inbox.Repositories;
import dev.reeve.inbox.Result;
import dev.reeve.inbox.Sweep;
import dev.reeve.inbox.Sweep.Move;
import dev.reeve.model.Outcome;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Sha;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.Trigger.PushRange;
import dev.reeve.model.WorkKey;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.CloneTip.Origin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What changed in a repository since it was last looked at as a whole, whether or not an event told of it: a pull request that changed is looked at as if
 * its event had come just now, and so are the commits that were pushed. What was seen is remembered together with the work that follows.
 */
final class SinceLastSweep {

    private static final Logger LOG = LoggerFactory.getLogger(SinceLastSweep.class);
    private static final int MOST_COMMITS = 1_000;
    private static final String CAUSE = "changed since the last sweep";

    private SinceLastSweep() {}

    static Result note(KnownRepository before, Repositories known, Site site, CloneTip tip, Claim claim,
            List<PullRequest> pulls, Set<Arrival> arrivals) {
        var all = new LinkedHashSet<>(arrivals);
        var seen = new HashMap<Integer, String>();
        pulls.forEach(pr -> seen.putIfAbsent(pr.number(), fingerprint(pr)));
        var last = known.pullsSeen(before.id());
        pulls.stream()
                .filter(pr -> !fingerprint(pr).equals(last.get(pr.number())))
                .filter(pr -> pr.state().isOpen() || before.sweptAt() != null)
                .forEach(pr -> all.add(changed(site, pr)));
        var move = moved(before, site, tip, claim, all);
        var here = tip.commit().orElse(null);
        known.swept(before.id(), new Sweep(isBehind(before, tip) ? null : here, move, seen),
                all.stream().map(arrival -> here == null ? arrival : arrival.having(here)).toList()).join();
        return Result.of(new Outcome.Done());
    }

    /** Differs when something about it does that an event would tell of. */
    private static String fingerprint(PullRequest pr) {
        return pr.state() + " " + pr.headSha() + " " + pr.base() + " " + pr.body().length() + " "
                + Integer.toHexString(pr.body().hashCode());
    }

    private static Arrival changed(Site site, PullRequest pr) {
        var subject = pr.state().isOpen() ? new Subject.OfCheck(pr.number()) : new Subject.OfPullRequest(pr.number());
        return new Arrival(new WorkKey(site.name(), subject), new Trigger(CAUSE, null, pr.number(), null));
    }

    private static Move moved(KnownRepository before, Site site, CloneTip tip, Claim claim, Set<Arrival> arrivals) {
        var from = from(before, tip, claim);
        var to = tip.commit();
        if (from == null || to.isEmpty() || from.equals(to.get()) || (tip.contains(from) && isOurs(tip, from, to.get()))
                || isBehind(before, tip)) {
            return Move.TOLD;
        }
        LOG.info("{}: the default branch moved to {}, of which no event told", site.name(), to.get());
        arrivals.add(new Arrival(new WorkKey(site.name(), new Subject.OfPush()),
                new Trigger("a push of which no event told", null, null, new PushRange(from, to.get()))));
        return Move.UNTOLD;
    }

    /** The newest commit that somebody told of; null when nothing is known. */
    private static @Nullable Sha from(KnownRepository before, CloneTip tip, Claim claim) {
        return claim.triggers()
                .reversed()
                .stream()
                .map(Trigger::range)
                .filter(Objects::nonNull)
                .map(PushRange::after)
                .filter(tip::contains)
                .findFirst()
                .orElse(before.tip());
    }

    private static boolean isOurs(CloneTip tip, Sha from, Sha to) {
        return tip.pushed(from, to, MOST_COMMITS)
                .filter(commits -> commits.stream().allMatch(commit -> commit.origin() == Origin.OURS))
                .isPresent();
    }

    /** What is known to be there is not shown yet, or not any more: the next look tells which. */
    private static boolean isBehind(KnownRepository before, CloneTip tip) {
        return before.tip() != null && tip.commit().filter(at -> !at.equals(before.tip())).isPresent()
                && tip.precedes(tip.commit().get(), before.tip());
    }
}
