package dev.reeve.decide;

import dev.reeve.model.BeatFacts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The rest after a run that failed or vanished. It ends: a task is never suppressed for good. */
final class Cooldown {

    private Cooldown() {}

    /** When it ends or ended; nothing when the last run calls for none, or nobody knows when that was. */
    static Optional<Instant> end(BeatFacts facts, HeartbeatPolicy policy) {
        return switch (RunStanding.of(facts)) {
            case RunStanding.Failed _,RunStanding.Gone _ -> RunStanding.last(facts)
                    .flatMap(RunStanding::endedAt)
                    .flatMap(at -> end(at, policy));
            case RunStanding.NeverRan _,RunStanding.MayLive _,RunStanding.EndedWell _,RunStanding.Interrupted _,RunStanding.Limited _ ->
                Optional.empty();
        };
    }

    /** A time that is far in the future was written by a clock that has jumped back since, and says nothing. */
    private static Optional<Instant> end(Instant endedAt, HeartbeatPolicy policy) {
        var rest = policy.limits().retryCooldown();
        if (!endedAt.isAfter(policy.now())) {
            return Optional.of(endedAt.plus(rest));
        }
        return Duration.between(policy.now(), endedAt).compareTo(rest) < 0
                ? Optional.of(policy.now().plus(rest))
                : Optional.empty();
    }

    /** When it ends, while it isn't over. */
    static Optional<Instant> pending(BeatFacts facts, HeartbeatPolicy policy) {
        return end(facts, policy).filter(end -> end.isAfter(policy.now()));
    }
}
