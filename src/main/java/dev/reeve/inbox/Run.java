package dev.reeve.inbox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * One run of one claim, on a virtual thread of its own.
 *
 * <p><b>Threading:</b> {@link #begin} is called once, by the thread that made it, before any other method; the rest by any thread.
 */
final class Run {

    private final Claim claim;
    private volatile @Nullable Thread thread;
    private volatile boolean interrupted;

    Run(Claim claim) {
        this.claim = claim;
    }

    Claim claim() {
        return claim;
    }

    void begin(Runnable body) {
        thread = Thread.ofVirtual().name("work " + claim.key()).start(body);
    }

    /** Tells it that what it does no longer counts. */
    void interrupt() {
        interrupted = true;
        var current = thread;
        if (current != null) {
            current.interrupt();
        }
    }

    boolean wasInterrupted() {
        return interrupted;
    }

    /** True when it ended in time. */
    boolean awaitEnd(Duration time) {
        var current = thread;
        try {
            return current == null || !current.isAlive() || (time.isPositive() && current.join(time));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
