package dev.reeve.agent;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How much may be asked in one lookup.
 *
 * <p><b>Threading</b>: one thread.
 */
final class Allowance {

    private final InstantSource clock;
    private final Instant until;
    private final String what;
    private int left;

    /**
     * @param most how many questions
     * @param until when it ends at the latest
     * @param what what is asked for, in the plural
     */
    Allowance(int most, Instant until, InstantSource clock, String what) {
        this.left = most;
        this.until = until;
        this.clock = clock;
        this.what = what;
    }

    /** Takes one question; or says why there is none left. */
    Optional<String> refuse() {
        if (Thread.currentThread().isInterrupted()) {
            return Optional.of("asking GitHub was stopped");
        }
        if (left == 0 || !clock.instant().isBefore(until)) {
            return Optional
                    .of("more " + what + " than are asked for at once: the others follow in the next heartbeats");
        }
        left--;
        return Optional.empty();
    }
}
