package dev.reeve.app;

import dev.reeve.github.GitHubFailure;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.inbox.Repositories;
import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What the server does by itself, at its start and regularly: it finds out where the App is installed, reads GitHub's log of deliveries, and has
 * repositories swept. The work itself is the queue's; here it is only asked for.
 *
 * <p><b>Threading.</b> One thread does all of it; it sleeps until something is due. {@link #wake} and {@link #close} may be called by any.
 */
final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final Repositories repositories;
    private final Supplier<Instant> nextSweep;
    private final List<Round> rounds;
    private final InstantSource clock;
    private final Semaphore wakes = new Semaphore(0);
    private final AtomicLong asked = new AtomicLong(1);
    private final AtomicLong done = new AtomicLong();
    private volatile @Nullable Thread thread;
    private volatile boolean stopping;

    /** Something that is done at the start and then at intervals. */
    static final class Round {
        private final String name;
        private final Duration every;
        private final Runnable work;
        private Instant due = Instant.MIN;

        /** @param name says in a log what failed */
        Round(String name, Duration every, Runnable work) {
            this.name = name;
            this.every = every;
            this.work = work;
        }
    }

    /** @param nextSweep gives, for one repository, when it is to be swept next */
    Rounds(Repositories repositories, Supplier<Instant> nextSweep, List<Round> rounds, InstantSource clock) {
        this.repositories = repositories;
        this.nextSweep = nextSweep;
        this.rounds = List.copyOf(rounds);
        this.clock = clock;
    }

    Rounds start() {
        thread = Thread.ofPlatform().name("rounds").daemon().start(this::loop);
        return this;
    }

    /** Looks at the clock now; for when it was set, which a sleeping thread doesn't notice. */
    void wake() {
        asked.incrementAndGet();
        wakes.release();
    }

    /** Whether it has done all that was due when it was last woken. */
    boolean isQuiet() {
        var worker = thread;
        return done.get() == asked.get() || worker == null || !worker.isAlive();
    }

    private void loop() {
        while (!stopping) {
            long answers = asked.get();
            rounds.stream().filter(round -> !clock.instant().isBefore(round.due)).forEach(this::run);
            sweep();
            done.set(answers);
            sleep();
        }
    }

    private void run(Round round) {
        try {
            round.work.run();
            round.due = clock.instant().plus(round.every);
        } catch (RuntimeException e) {
            round.due = after(e, round.every);
            if (!stopping) {
                LOG.warn("{} failed and is tried again at {}: {}", round.name, round.due,
                        Text.plain(String.valueOf(e.getMessage()), 300));
            }
        }
    }

    private Instant after(RuntimeException failure, Duration every) {
        var soon = clock.instant().plus(every.compareTo(AFTER_FAILURE) < 0 ? every : AFTER_FAILURE);
        return failure instanceof GitHubFailure gitHub && gitHub.kind() instanceof Kind.RateLimited(var until)
                && until.isAfter(soon) ? until : soon;
    }

    private void sweep() {
        try {
            while (!stopping && repositories.nextSweep().filter(due -> !due.isAfter(clock.instant())).isPresent()
                    && repositories.sweep(nextSweep).join() > 0) {
                LOG.debug("repositories are swept");
            }
        } catch (RuntimeException e) {
            LOG.warn("repositories can't be swept, which is tried again: {}", Text.plain(e.toString(), 300));
        }
    }

    private void sleep() {
        var next = rounds.stream().map(round -> round.due).min(Instant::compareTo).orElse(Instant.MAX);
        var now = clock.instant();
        var longest = now.plus(LONGEST_SLEEP);
        try {
            var _ = wakes.tryAcquire(
                    Math.max(100, Duration.between(now, next.isBefore(longest) ? next : longest).toMillis()),
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
