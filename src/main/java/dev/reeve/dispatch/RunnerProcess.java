package dev.reeve.dispatch;

import dev.reeve.durable.FailureWords;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A runner as whoever starts it sees it. It is started before it is needed, as its JVM takes longer to begin than most of what must be done before it gets its order; without an order it ends by itself.
 *
 * <p><b>Threading:</b> one thread.
 */
final class RunnerProcess implements AutoCloseable {

    static final Path SETSID = Path.of("/usr/bin/setsid");
    static final boolean HAS_SETSID = Files.isExecutable(SETSID);
    /** Longer than it takes a runner to end a worker that ignores everything. */
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final BufferedReader said;
    private boolean isOnItsOwn;

    private RunnerProcess(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What it answered to an order. */
    sealed interface Answer {

        /** The run is under way, and this process goes on without us. */
        record Running(long pid) implements Answer {}

        /** It came to nothing. */
        record Failed(String why) implements Answer {}
    }

    /**
     * Starts one in a session of its own, so that no signal to ours reaches it.
     *
     * @param environment all that it gets
     */
    static RunnerProcess start(List<String> command, Map<String, String> environment) throws IOException {
        var all = new ArrayList<String>();
        if (HAS_SETSID) {
            all.add(SETSID.toString());
        }
        all.addAll(command);
        var builder = new ProcessBuilder(all).redirectError(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new RunnerProcess(builder.start());
    }

    /**
     * Waits until it has the task's lock.
     *
     * @return false when somebody else has it
     */
    boolean isLocked(Duration patience) throws IOException, InterruptedException {
        var word = line(patience);
        if (!word.equals(Runner.LOCKED) && !word.equals(Runner.HELD)) {
            throw new IOException("the runner did not begin" + (word.isEmpty() ? "" : ": " + word));
        }
        return word.equals(Runner.LOCKED);
    }

    /** Gives it its order and waits for what comes of it. */
    Answer order(RunOrder order, Duration patience) throws IOException, InterruptedException {
        beside(() -> send(order));
        var word = line(patience);
        if (word.startsWith(Runner.RUNNING)) {
            isOnItsOwn = true;
            return new Answer.Running(Long.parseLong(word.substring(Runner.RUNNING.length())));
        }
        return new Answer.Failed(word.startsWith(Runner.FAILED) ? word.substring(Runner.FAILED.length())
                : "the runner ended before the worker began");
    }

    /** A runner that doesn't read keeps nobody waiting: that its answer is missing says enough. */
    private void send(RunOrder order) {
        try {
            order.write(new DataOutputStream(process.getOutputStream()));
        } catch (IOException e) {
            // It has ended, and its output with it.
        }
    }

    private static void beside(Runnable work) {
        Thread.ofPlatform().daemon().name("runner").start(work);
    }

    /** Empty when it ended without a word. */
    private String line(Duration patience) throws IOException, InterruptedException {
        var next = CompletableFuture.supplyAsync(() -> {
            try {
                var line = said.readLine();
                return line == null ? "" : line;
            } catch (IOException e) {
                return "";
            }
        }, RunnerProcess::beside);
        try {
            return next.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("its start was not confirmed within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IOException(FailureWords.of(e));
        }
    }

    long pid() {
        return process.pid();
    }

    /** Lets it go on by itself if it runs, and ends it if it doesn't: it ends what it has started. */
    @Override
    public void close() {
        quietly(process.getOutputStream());
        if (!isOnItsOwn) {
            process.destroy();
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        quietly(process.getInputStream());
    }

    private static void quietly(Closeable stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // The other side has closed it.
        }
    }
}
