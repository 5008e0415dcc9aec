package dev.reeve.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Beats at a fixed rate until it is stopped. A beat that takes longer than the interval is followed by the next at once; those that were missed are
 * not made up for, and no beat begins before the one before it has ended.
 *
 * <p><b>Threading:</b> {@link #run} is for one thread, which beats; {@link #stop} and {@link #awaitEnd} for any other.
 */
final class AgentLoop {

    private final Runnable beat;
    private final Duration interval;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** @param beat must not throw: what goes wrong in one beat is for it to tell, and the next one begins all the same */
    AgentLoop(Runnable beat, Duration interval) {
        this.beat = beat;
        this.interval = interval;
    }

    /** Beats now and after every interval, and returns when it was stopped. */
    void run() throws InterruptedException {
        try {
            long due = System.nanoTime();
            while (!stop.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                beat.run();
                due = next(due, interval.toNanos(), System.nanoTime());
            }
        } finally {
            ended.countDown();
        }
    }

    /**
     * When the next beat is due, on the clock that only goes forward.
     *
     * @param due when the last one was
     * @param now when that one has ended
     */
    static long next(long due, long interval, long now) {
        return due + interval - now > 0 ? due + interval : now;
    }

    /** Lets no further beat begin. */
    void stop() {
        stop.countDown();
    }

    /**
     * Waits for the beat that is on its way.
     *
     * @return whether it has ended
     */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
