package dev.reeve.app;

import java.time.Duration;

/**
 * Does something when what it is opened for takes too long for whoever waits; closed in time, it does nothing.
 *
 * <p><b>Threading</b>: one daemon thread, which only sleeps until then, and holds no process up.
 */
public final class Deadline implements AutoCloseable {

    private final Thread sleeper;

    private Deadline(Thread sleeper) {
        this.sleeper = sleeper;
    }

    /** One that does this after that time, on its own thread. */
    public static Deadline after(Duration time, Runnable doIt) {
        return new Deadline(Thread.ofPlatform().daemon().name("deadline").start(() -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            doIt.run();
        }));
    }

    @Override
    public void close() {
        sleeper.interrupt();
    }
}
