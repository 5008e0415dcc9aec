package dev.reeve.dispatch;

import dev.reeve.durable.FailureWords;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.RunFiles;
import dev.reeve.store.RunLocks;
import dev.reeve.store.StateFolder;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Looks after one run, as a process of its own: takes the task's lock, is told its order, runs the worker, records its end. It tells whoever started it how the start went, and needs nobody afterwards.
 *
 * <p>What it says on its standard output, a line each: {@code locked} or {@code held}; then, once it has its order, {@code running PID} or {@code failed WHY}.
 *
 * <p><b>Threading:</b> {@link #run} is for one thread; {@link #stopper} is another one.
 */
public final class Runner {

    static final String LOCKED = "locked";
    static final String HELD = "held";
    static final String RUNNING = "running ";
    static final String FAILED = "failed ";

    /** Who asks whether the lock is free holds it for a moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Post post;
    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * Where a runner works.
     *
     * @param checkout the root of the operator's checkout
     */
    public record Post(Path checkout, TasksRoot tasks, Slug slug, InstantSource clock) {

        StateFolder state() {
            return new StateFolder(checkout, clock);
        }

        RunFiles files() {
            return new RunFiles(state(), tasks);
        }
    }

    /**
     * A run that has ended and may be followed by another one, as whoever starts that needs to know it.
     *
     * @param environment the manager's, as far as that needs it
     */
    public record Ended(String owner, Map<String, String> environment) {

        /** Shows no environment. */
        @Override
        public String toString() {
            return owner;
        }
    }

    public Runner(Post post) {
        this.post = post;
    }

    /**
     * Does all of it.
     *
     * @return the run that has ended; nothing when there was none, or it was stopped, or ran into a usage limit: then nothing is to follow by itself
     */
    public Optional<Ended> run(InputStream in, PrintStream out) throws IOException, InterruptedException {
        try {
            var held = new RunLocks(post.state()).run(post.slug(), PATIENCE);
            if (held.isEmpty()) {
                say(out, HELD);
                return Optional.empty();
            }
            try (var _ = held.get()) {
                say(out, LOCKED);
                Rehearsal.of(post);
                var order = order(in);
                return order.isEmpty() ? Optional.empty() : attend(order.get(), in, out);
            }
        } finally {
            over.countDown();
        }
    }

    private Optional<Ended> attend(RunOrder order, InputStream in, PrintStream out)
            throws IOException, InterruptedException {
        var run = new Attendance(post, order, happenings);
        try {
            run.begin();
        } catch (IOException | RuntimeException e) {
            try {
                run.neverBegan(FailureWords.of(e));
            } finally {
                say(out, FAILED + FailureWords.of(e));
            }
            return Optional.empty();
        }
        say(out, RUNNING + run.pid());
        in.close();
        out.close();
        rest();
        return switch (run.finish()) {
            case MAY_GO_ON -> Optional.of(new Ended(order.owner().value(), order.manager()));
            case RESTS -> Optional.empty();
        };
    }

    /** From here on it sleeps most of the time: what the start took is given back to the system, as there may be twenty of its kind. */
    private static void rest() {
        System.gc();
    }

    /** Nothing when whoever started the runner is gone, or has thought better of it. */
    private static Optional<RunOrder> order(InputStream in) throws IOException {
        try {
            return Optional.of(RunOrder.read(new DataInputStream(in)));
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private static void say(PrintStream out, String line) {
        out.println(line.replace('\n', ' ').replace('\r', ' '));
        out.flush();
    }

    /** A thread, not started, that ends the run and with it as soon as the end is recorded. */
    public Thread stopper() {
        return Thread.ofPlatform().name("stop").unstarted(() -> {
            happenings.add(new Happening.Stopped());
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
