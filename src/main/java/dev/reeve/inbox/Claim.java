package dev.reeve.inbox;

import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;

import java.time.Instant;
import java.util.List;

/** Work that was handed to a worker. Only {@link WorkQueue#claim} makes one, so to hold one is to hold, or to have held, its lease. */
public final class Claim {

    private final WorkKey key;
    private final List<Trigger> triggers;
    private final int attempt;
    private final Instant waitingSince;
    private final Lease lease;

    Claim(WorkKey key, List<Trigger> triggers, int attempt, Instant waitingSince, Lease lease) {
        this.key = key;
        this.triggers = List.copyOf(triggers);
        this.attempt = attempt;
        this.waitingSince = waitingSince;
        this.lease = lease;
    }

    /** What to work on. */
    public WorkKey key() {
        return key;
    }

    /** Why, oldest first. Empty when an operator replayed it. */
    public List<Trigger> triggers() {
        return triggers;
    }

    /** 1 for the first try; each failure counts, and so does each run that vanished alone. */
    public int attempt() {
        return attempt;
    }

    /** Since when it could have been run. */
    public Instant waitingSince() {
        return waitingSince;
    }

    Lease lease() {
        return lease;
    }

    @Override
    public String toString() {
        return key + " (attempt " + attempt + ")";
    }
}
