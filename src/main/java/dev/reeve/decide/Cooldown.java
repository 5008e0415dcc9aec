package dev.reeve.decide;

import dev.reeve.model.BeatFacts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The rest after a run that failed or vanished: the configured one, twice as long after each further attempt, up to a day. It ends: a task is never
 * suppressed for good. After the last attempt there is none, since nothing follows, nor when somebody has committed since.
 */
final class Cooldown {

    private static final Duration LONGEST = Duration.ofDays(1);
    /** A second so often doubled is more than a day. */
    private static final int DOUBLED = 17;

    private Cooldown() {}

    /** How long the task rests after its last attempt. */
    static Duration rest(BeatFacts facts, HeartbeatPolicy policy) {
        var first = policy.limits().retryCooldown();
        int doubled = Math.clamp(Attempts.counted(facts) - 1L, 0, DOUBLED);
        var rest = first.multipliedBy(1L << doubled);
        return rest.compareTo(LONGEST) < 0 ? rest : first.compareTo(LONGEST) < 0 ? LONGEST : first;
    }

    /** When it ends or ended; nothing when the last run calls for none, or nobody knows when that was. */
    static Optional<Instant> end(BeatFacts facts, HeartbeatPolicy policy) {
        if (Attempts.newCommits(facts) || Attempts.used(facts, policy).isPresent()) {
            return Optional.empty();
        }
        return switch (RunStanding.of(facts)) {
            case RunStanding.Failed _,RunStanding.Gone _ -> RunStanding.last(facts)
                    .flatMap(RunStanding::endedAt)
                    .flatMap(at -> end(at, rest(facts, policy), policy.now()));
            case RunStanding.NeverRan _,RunStanding.MayLive _,RunStanding.EndedWell _,RunStanding.Interrupted _,RunStanding.Limited _ ->
                Optional.empty();
        };
    }

    /** A time that is far in the future was written by a clock that has jumped back since, and says nothing. */
    private static Optional<Instant> end(Instant endedAt, Duration rest, Instant now) {
        if (!endedAt.isAfter(now)) {
            return Optional.of(endedAt.plus(rest));
        }
        return Duration.between(now, endedAt).compareTo(rest) < 0
                ? Optional.of(now.plus(rest))
                : Optional.empty();
    }

    /** When it ends, while it isn't over. */
    static Optional<Instant> pending(BeatFacts facts, HeartbeatPolicy policy) {
        return end(facts, policy).filter(end -> end.isAfter(policy.now()));
    }
}
