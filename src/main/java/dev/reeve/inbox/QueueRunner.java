package dev.reeve.inbox;

import dev.reeve.model.WorkKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Claims work as soon as it is due and runs it, each key on a virtual thread of its own.
 *
 * <p><b>Threading:</b> one thread claims and renews; it sleeps until something arrives, a run ends, or a time comes. Alternatively a test
 * calls {@link #runUntilIdle} and never {@link #start}. {@link #close} may be called by any thread.
 */
public final class QueueRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueRunner.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final int MOST_AT_ONCE = 64;

    private final WorkQueue queue;
    private final RunnerSettings settings;
    private final InstantSource clock;
    private final RunSteps steps;
    private final Map<WorkKey, Run> running = new ConcurrentHashMap<>();
    private final Shares shares = new Shares();
    private final Semaphore slots;
    private final Semaphore wakes = new Semaphore(0);
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;
    private Instant renewed;
    private Instant looked = Instant.MIN;

    /** A runner that does nothing until it is started or stepped. */
    public QueueRunner(WorkQueue queue, Handler handler, RunnerSettings settings, InstantSource clock,
            Checkpoint checkpoint) {
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
        this.steps = new RunSteps(queue, handler, clock, checkpoint);
        this.slots = new Semaphore(settings.concurrency());
        this.renewed = clock.instant();
        queue.onArrival(wakes::release);
    }

    /** Works until it is closed. */
    public void start() {
        thread = Thread.ofPlatform().name("queue-runner").daemon().start(this::loop);
    }

    /** Whether it is working. */
    public boolean isAlive() {
        var worker = thread;
        return worker != null && worker.isAlive() && !stopping;
    }

    /** Looks for due work now; for when the clock was set, which a sleeping thread doesn't notice. */
    public void wake() {
        wakes.release();
    }

    /** How many runs are under way. */
    public int running() {
        return running.size();
    }

    /** Runs what is due, and what becomes due by that, in this thread's time; returns how many runs there were. */
    public int runUntilIdle() {
        int runs = 0;
        while (true) {
            var started = claimAndStart();
            if (started.isEmpty()) {
                return runs;
            }
            started.forEach(run -> run.awaitEnd(FOR_EVER));
            runs += started.size();
        }
    }

    private void loop() {
        while (!stopping) {
            try {
                renewWhenDue();
                if (claimAndStart().isEmpty()) {
                    sleep(untilNext());
                }
            } catch (RuntimeException e) {
                LOG.warn("the queue can't be read or written, trying again: {}", RunSteps.shown(e));
                sleep(PAUSE_AFTER_FAILURE);
            }
        }
    }

    private List<Run> claimAndStart() {
        int free = slots.availablePermits();
        if (free == 0) {
            return List.of();
        }
        var turn = shares.next(free, Math.min(free, MOST_AT_ONCE),
                running.values().stream().map(run -> run.claim().key().repository()).toList());
        var now = clock.instant();
        var claims = queue.claim(settings.worker(), turn, settings.lease()).join();
        shares.served(turn, claims);
        // What is due and was not to be had waits for the end of a run.
        looked = turn.full().isEmpty() ? Instant.MIN : now;
        // Only this thread takes slots, so there are as many as there were.
        slots.acquireUninterruptibly(claims.size());
        return claims.stream().map(this::start).toList();
    }

    /** A key that is claimed while it still runs here was leased anew after its lease ran out; the older run has to end first. */
    private Run start(Claim claim) {
        var run = new Run(claim);
        var before = running.put(claim.key(), run);
        run.begin(() -> {
            try {
                end(before);
                steps.run(run);
            } finally {
                running.remove(claim.key(), run);
                slots.release();
                wakes.release();
            }
        });
        return run;
    }

    private static void end(@Nullable Run before) {
        if (before != null) {
            before.interrupt();
            var _ = before.awaitEnd(FOR_EVER);
        }
    }

    private void renewWhenDue() {
        var now = clock.instant();
        var runs = List.copyOf(running.values());
        if (runs.isEmpty()) {
            renewed = now;
        } else if (!now.isBefore(nextRenewal())) {
            var lost = queue.renew(runs.stream().map(Run::claim).toList(), settings.lease()).join();
            runs.stream().filter(run -> lost.contains(run.claim())).forEach(Run::interrupt);
            renewed = now;
        }
    }

    private Instant nextRenewal() {
        return renewed.plus(settings.lease().dividedBy(3));
    }

    private Duration untilNext() {
        var next = clock.instant().plus(settings.poll());
        if (!running.isEmpty()) {
            next = earlier(next, nextRenewal());
        }
        if (slots.availablePermits() > 0) {
            next = earlier(next, queue.nextDueAfter(looked).orElse(next));
        }
        return Duration.between(clock.instant(), next);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private void sleep(Duration time) {
        try {
            // What is due but leased to nobody is being taken by another replica: don't spin meanwhile.
            var _ = wakes.tryAcquire(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
            wakes.drainPermits();
        } catch (InterruptedException _) {
            stopping = true;
        }
    }

    /**
     * Claims nothing more, waits for the runs under way as long as the grace period, interrupts the others, and releases their leases, so
     * that they can be taken over at once. No attempt is spent.
     */
    @Override
    public void close() {
        stopping = true;
        wakes.release();
        long deadline = System.nanoTime() + settings.grace().toNanos();
        awaitLoop();
        var runs = List.copyOf(running.values());
        var left = runs.stream().filter(run -> !run.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()))).toList();
        left.forEach(Run::interrupt);
        left.stream()
                .filter(run -> !run.awaitEnd(PAUSE_AFTER_FAILURE))
                .forEach(run -> steps.release(run.claim()));
    }

    private void awaitLoop() {
        var worker = thread;
        try {
            if (worker != null) {
                worker.join(settings.grace());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
