package dev.reeve.app;

import dev.reeve.agent.Beat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Beats until the process is told to end (SIGTERM, Ctrl-C), as the one agent of its owner in its checkout.
 *
 * <p><b>Threading:</b> the calling thread beats; what follows a beat runs on a thread of its own, so that no beat waits for it; the end
 * is waited for in a shutdown hook.
 */
public final class AgentProcess {

    private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);
    private static final Duration PATIENCE_WITH_GITHUB = Duration.ofSeconds(10);
    private static final Duration LAST_BEAT = Duration.ofSeconds(10);

    /** Is told of each cycle, on the thread that beats. */
    public interface Listener {

        void seen(LocalAgent.Cycle.Seen cycle);

        /** Another process was in the middle of a cycle for too long. */
        void busy();

        /** The cycle came to nothing; the next one is tried all the same. */
        void failed(Exception why);
    }

    private final LocalAgent agent;
    private final Duration interval;
    private final Listener listener;
    private final Consumer<Beat> afterwards;
    private final AtomicBoolean following = new AtomicBoolean();
    private final ExecutorService follower = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("follow-up").daemon().factory());

    /** @param afterwards what is done after a beat, beside the next ones; not begun while that of an earlier beat is still under way */
    public AgentProcess(LocalAgent agent, Duration interval, Listener listener, Consumer<Beat> afterwards) {
        this.agent = agent;
        this.interval = interval;
        this.listener = listener;
        this.afterwards = afterwards;
    }

    /**
     * Beats until the end.
     *
     * @param end what is done last
     * @return false, at once, when another agent runs for this owner here
     */
    public boolean run(Runnable end) throws IOException, InterruptedException {
        var held = agent.locks().agent();
        if (held.isEmpty()) {
            return false;
        }
        try (var _ = held.get()) {
            var loop = new AgentLoop(this::beat, interval);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(loop, end)));
            loop.run();
            return true;
        }
    }

    /** The one place where what goes wrong in a cycle ends. */
    private void beat() {
        try {
            switch (agent.beat(patience())) {
                case LocalAgent.Cycle.Seen seen -> {
                    listener.seen(seen);
                    follow(seen.beat());
                }
                case LocalAgent.Cycle.Busy() -> listener.busy();
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
        if (following.compareAndSet(false, true)) {
            follower.execute(() -> {
                try {
                    afterwards.accept(beat);
                } catch (RuntimeException e) {
                    LOG.warn("what follows a beat failed: {}", e.toString());
                } finally {
                    following.set(false);
                }
            });
        }
    }

    private void stop(AgentLoop loop, Runnable end) {
        try {
            if (!loop.stop(LAST_BEAT)) {
                LOG.warn("the last cycle did not end within {} s and is left; it has changed nothing half",
                        LAST_BEAT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        agent.close();
        follower.shutdownNow();
        end.run();
    }
}
