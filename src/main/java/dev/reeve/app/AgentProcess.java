package dev.reeve.app;

import dev.reeve.agent.Beat;
import dev.reeve.model.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Beats until the process is told to end (SIGTERM, Ctrl-C), as the one agent of its owner in its checkout. Reconciling goes on beside it, so that no remote
 * that hangs makes a snapshot late.
 *
 * <p><b>Threading:</b> the calling thread beats; what is done first and after beats runs on a thread of its own, one at a time; the end is waited for in a
 * shutdown hook.
 */
public final class AgentProcess {

    private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);
    private static final Duration PATIENCE_WITH_GITHUB = Duration.ofSeconds(10);
    private static final Duration LAST_BEAT = Duration.ofSeconds(10);
    private static final Duration LAST_ASIDE = Duration.ofSeconds(2);

    /** Is told how it goes, on the thread that beats unless it says otherwise. */
    public interface Listener {

        void seen(LocalAgent.Cycle.Seen cycle);

        /** Another process was in the middle of a cycle for too long. */
        void busy();

        /** The snapshot could not be written because of what is in its place. */
        void refused(Signal signal);

        /** The cycle came to nothing; the next one is tried all the same. */
        void failed(Exception why);

        /** What was to be done beside the beats failed; told on the thread that did it. */
        void asideFailed(RuntimeException why);
    }

    /**
     * What is done beside the beats.
     *
     * @param first before the first beat, which waits for it as long as {@code patience} lasts
     * @param afterwards after a beat; not begun while that of an earlier beat is still under way
     */
    public record Aside(Runnable first, Duration patience, Consumer<Beat> afterwards) {}

    private final LocalAgent agent;
    private final Duration interval;
    private final Listener listener;
    private final Aside aside;
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("aside").daemon().factory());
    private volatile Future<?> doing = new FutureTask<>(() -> {}, null);

    public AgentProcess(LocalAgent agent, Duration interval, Listener listener, Aside aside) {
        this.agent = agent;
        this.interval = interval;
        this.listener = listener;
        this.aside = aside;
    }

    /**
     * Beats until it is told to end.
     *
     * @param ending is given, before anything begins, what ends it: returns when nothing is under way any more, or was waited for long enough
     * @return false, at once, when another agent runs for this owner here
     */
    public boolean run(Consumer<Runnable> ending) throws IOException, InterruptedException {
        var held = agent.locks().agent();
        if (held.isEmpty()) {
            return false;
        }
        try (var _ = held.get()) {
            var loop = new AgentLoop(this::beat, interval);
            ending.accept(() -> stop(loop));
            begin(aside.first());
            awaitFirst();
            loop.run();
            return true;
        }
    }

    /**
     * Ends it when the process is told to.
     *
     * @param last what is done then
     */
    public static Consumer<Runnable> whenTheProcessEnds(Runnable last) {
        return stop -> Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            stop.run();
            last.run();
        }));
    }

    private void awaitFirst() throws InterruptedException {
        try {
            doing.get(aside.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException e) {
            LOG.debug("the first beat doesn't wait any longer");
        } catch (ExecutionException e) {
            LOG.error("What is done before the first beat failed in a way that was not foreseen.", e.getCause());
        }
    }

    /** The one place where what goes wrong in a cycle ends. */
    private void beat() {
        try {
            switch (agent.beat(patience())) {
                case LocalAgent.Cycle.Seen seen -> {
                    listener.seen(seen);
                    follow(seen.beat());
                    agent.remember();
                }
                case LocalAgent.Cycle.Busy() -> listener.busy();
                case LocalAgent.Cycle.Refused(var signal) -> listener.refused(signal);
                case LocalAgent.Cycle.CutShort() -> LOG.debug("the last cycle was cut short");
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("a cycle failed", e);
            listener.failed(e);
        }
    }

    /** However slow GitHub is, the next snapshot is not to be late. */
    private Duration patience() {
        var half = interval.dividedBy(2);
        return half.compareTo(PATIENCE_WITH_GITHUB) < 0 ? half : PATIENCE_WITH_GITHUB;
    }

    private void follow(Beat beat) {
        if (doing.isDone()) {
            begin(() -> aside.afterwards().accept(beat));
        }
    }

    private void begin(Runnable what) {
        try {
            doing = thread.submit(() -> doAside(what));
        } catch (RejectedExecutionException e) {
            LOG.debug("nothing is begun at the end");
        }
    }

    private void doAside(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.debug("what is done beside the beats failed", e);
            listener.asideFailed(e);
        }
    }

    /** Nothing is waited for that hangs: what was written is whole, and the rest is done by whoever comes next. */
    private void stop(AgentLoop loop) {
        loop.stop();
        agent.close();
        thread.shutdownNow();
        doing.cancel(true);
        try {
            if (!loop.awaitEnd(LAST_BEAT)) {
                LOG.warn("the last cycle did not end within {} s and is left; it has changed nothing half",
                        LAST_BEAT.toSeconds());
            }
            if (!thread.awaitTermination(LAST_ASIDE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("what was done beside the beats is left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
