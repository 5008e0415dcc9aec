package dev.reeve.cli;

import dev.reeve.agent.Beat;
import dev.reeve.app.AgentProcess;
import dev.reeve.app.LocalAgent;
import dev.reeve.model.Signal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** An agent of {@code dave} that beats in this process, as often as a test wants, and tells what happens. */
final class RunningAgent implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final LinkedBlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Runnable> stop = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ran = new CompletableFuture<>();
    private final StringWriter out = new StringWriter();
    private final Reeve reeve;
    private final BeatOptions options = new BeatOptions();
    private final Workplace work;

    /** It saw something. */
    record Saw(LocalAgent.Cycle.Seen cycle) {}

    /** A cycle came to nothing. */
    record Failed(Exception why) {}

    /** What was done beside the beats failed. */
    record AsideFailed(RuntimeException why) {}

    RunningAgent(Operator operator) throws IOException {
        reeve = new Reeve(new Console(operator.environment(), operator.checkout(), new PrintWriter(out),
                new PrintWriter(out), Console.Screen.OTHER));
        work = options.workplace(reeve);
    }

    /** What {@code reeve run} does after a beat. */
    MergedTasks mergedTasks() {
        return new MergedTasks(reeve, options, work);
    }

    /** All that it has printed. */
    String printed() {
        return out.toString();
    }

    /** Likewise, with workers. */
    Consumer<Beat> dispatches() {
        return mergedTasks().andThen(new DispatchedTasks(reeve, RunOptions.dispatching(reeve, work)));
    }

    RunningAgent every(Duration interval) {
        return every(interval, () -> {}, _ -> {});
    }

    /** Begins to beat. It doesn't wait for what is done first any longer than a test can. */
    RunningAgent every(Duration interval, Runnable first, Consumer<Beat> afterwards) {
        var process = new AgentProcess(options.agent(reeve, work), interval, new Told(),
                new AgentProcess.Aside(first, Duration.ofMillis(50), afterwards));
        Thread.ofPlatform().daemon().start(() -> {
            try {
                ran.complete(process.run(stop::complete));
            } catch (IOException | InterruptedException | RuntimeException e) {
                ran.completeExceptionally(e);
            }
        });
        return this;
    }

    /** Waits until it has told something of this kind that is as wanted; other events are passed over. */
    <T> T await(Class<T> kind, Predicate<T> wanted) throws InterruptedException {
        while (true) {
            var event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(event).as("an event in time").isNotNull();
            if (kind.isInstance(event) && wanted.test(kind.cast(event))) {
                return kind.cast(event);
            }
        }
    }

    /** The next cycle that saw something. */
    LocalAgent.Cycle.Seen awaitSeen(Predicate<LocalAgent.Cycle.Seen> wanted) throws InterruptedException {
        return await(Saw.class, saw -> wanted.test(saw.cycle())).cycle();
    }

    LocalAgent.Cycle.Seen awaitSeen() throws InterruptedException {
        return awaitSeen(_ -> true);
    }

    /** Whether it was let run; waits for its end. */
    boolean ran() {
        return ran.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Tells it to end and waits until it has. */
    boolean stop() {
        stop.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join().run();
        return ran();
    }

    @Override
    public void close() {
        if (!ran.isDone()) {
            stop();
        }
    }

    private final class Told implements AgentProcess.Listener {

        @Override
        public void seen(LocalAgent.Cycle.Seen cycle) {
            events.add(new Saw(cycle));
        }

        @Override
        public void busy() {
            events.add("busy");
        }

        @Override
        public void refused(Signal signal) {
            events.add(signal);
        }

        @Override
        public void failed(Exception why) {
            events.add(new Failed(why));
        }

        @Override
        public void asideFailed(RuntimeException why) {
            events.add(new AsideFailed(why));
        }
    }
}
