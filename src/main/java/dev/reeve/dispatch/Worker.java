package dev.reeve.dispatch;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A program of a run: started, but standing before a gate until {@link #go} lets it begin. So its pid can be written down before it does anything; if the runner dies on the way the gate closes, and the program never ran.
 *
 * <p>The gate is a shell that reads a line and becomes the program. It gets the program's arguments as arguments and reads nothing of them as a script.
 */
final class Worker {

    private static final String GATE = "IFS= read -r go && [ \"$go\" = go ] || exit 125; exec \"$@\"";
    private static final int BUFFER = 1 << 16;

    private final Process process;
    private @Nullable Thread output;

    private Worker(Process process) {
        this.process = process;
    }

    /**
     * Starts it, as the leader of a session of its own.
     *
     * @param environment all that it gets
     */
    static Worker atTheGate(List<String> command, Path folder, Map<String, String> environment) throws IOException {
        var all = new ArrayList<String>();
        if (RunnerProcess.HAS_SETSID) {
            all.add(RunnerProcess.SETSID.toString());
        }
        all.addAll(List.of("/bin/sh", "-c", GATE, "reeve-worker"));
        all.addAll(command);
        var builder = new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Worker(builder.start());
    }

    long pid() {
        return process.pid();
    }

    /**
     * Lets it begin. Does not wait until it has read its input: that may take as long as it likes.
     *
     * @param input what it finds on its standard input
     */
    void go(String input) {
        Thread.ofPlatform().daemon().name("input").start(() -> {
            try (var out = process.getOutputStream()) {
                out.write("go\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                out.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended, or closed its input, without reading everything, as it may.
            }
        });
    }

    /** Keeps what it prints until its output is closed by all who have it. */
    void keep(BoundedLog log) {
        output = Thread.ofPlatform().daemon().name("output").start(() -> pump(process.getInputStream(), log));
    }

    private static void pump(InputStream in, BoundedLog log) {
        var buffer = new byte[BUFFER];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                log.write(buffer, n);
            }
        } catch (IOException e) {
            // It was closed at the end of the run.
        }
    }

    /** Closes the gate: it never begins. */
    void close() throws IOException {
        process.getOutputStream().close();
    }

    CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Waits for the last of its output; what comes later is of no use to anybody. */
    void lastOutput(Duration patience) throws IOException, InterruptedException {
        if (output != null && !output.join(patience)) {
            process.getInputStream().close();
        }
    }
}
