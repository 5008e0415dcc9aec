package dev.reeve.app;

import dev.reeve.github.GitHubFailure;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Something that the server does at its start and then again and again. What goes wrong is tried again; what nothing can go on after, as when there is no
 * memory, ends it, and then it says that it is dead.
 *
 * <p><b>Threading.</b> One thread of its own does it, which sleeps until it is due. {@link #wake} and {@link #close} may be called by any.
 */
final class Round implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Round.class);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final String name;
    private final Duration every;
    private final Work work;
    private final InstantSource clock;
    private final Semaphore wakes = new Semaphore(0);
    private final AtomicLong asked = new AtomicLong(1);
    private final AtomicLong done = new AtomicLong();
    private Instant due = Instant.MIN;
    private volatile @Nullable Thread thread;
    private volatile boolean stopping;

    /** What is done. */
    interface Work {

        /** Does what is due now; gives when it is due next. */
        Instant run();
    }

    /**
     * Something that is due when it says so itself.
     *
     * @param name says in a log what failed
     * @param longest how long it waits at most after a failure
     */
    Round(String name, Duration longest, Work work, InstantSource clock) {
        this.name = name;
        this.every = longest;
        this.work = work;
        this.clock = clock;
    }

    /** Something that is due at intervals. */
    static Round every(Duration interval, String name, Runnable work, InstantSource clock) {
        return new Round(name, interval, () -> {
            work.run();
            return clock.instant().plus(interval);
        }, clock);
    }

    String name() {
        return name;
    }

    Round start() {
        thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .uncaughtExceptionHandler((_, e) -> LOG.error("{} has ended: restart the server", name, e))
                .start(this::loop);
        return this;
    }

    /** Looks at the clock now; for when it was set, which a sleeping thread doesn't notice. */
    void wake() {
        asked.incrementAndGet();
        wakes.release();
    }

    /** Whether it has done all that was due when it was last woken. */
    boolean isQuiet() {
        return done.get() == asked.get() || !isAlive();
    }

    /** Whether it goes on. */
    boolean isAlive() {
        var worker = thread;
        return worker != null && worker.isAlive();
    }

    private void loop() {
        while (!stopping) {
            long answers = asked.get();
            if (!clock.instant().isBefore(due)) {
                run();
            }
            done.set(answers);
            sleep();
        }
    }

    private void run() {
        try {
            due = work.run();
        } catch (Exception | StackOverflowError e) {
            due = after(e);
            if (!stopping) {
                LOG.warn("{} failed and is tried again at {}: {}", name, due,
                        Text.plain(e instanceof RuntimeException && e.getMessage() != null ? e.getMessage()
                                : e.toString(), 300));
            }
        }
    }

    private Instant after(Throwable failure) {
        var soon = clock.instant().plus(every.compareTo(AFTER_FAILURE) < 0 ? every : AFTER_FAILURE);
        return failure instanceof GitHubFailure gitHub && gitHub.kind() instanceof Kind.RateLimited(var until)
                && until.isAfter(soon) ? until : soon;
    }

    private void sleep() {
        var now = clock.instant();
        var longest = now.plus(LONGEST_SLEEP);
        try {
            var _ = wakes.tryAcquire(
                    Math.max(100, Duration.between(now, due.isBefore(longest) ? due : longest).toMillis()),
                    TimeUnit.MILLISECONDS);
            wakes.drainPermits();
        } catch (InterruptedException _) {
            stopping = true;
        }
    }

    @Override
    public void close() {
        stopping = true;
        var worker = thread;
        if (worker == null) {
            return;
        }
        worker.interrupt();
        try {
            worker.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
