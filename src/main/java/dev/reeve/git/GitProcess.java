package dev.reeve.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One process with a time limit and a bound on its output, that dies with all it has started.
 *
 * <p><i>Threading:</i> {@link #run} blocks its caller; three virtual threads carry the bytes and end before it returns.
 * An interrupt ends the process.
 */
final class GitProcess {

    /** Makes the process the leader of its own group, so that one signal reaches all of its children. */
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final boolean HAS_SETSID = Files.isExecutable(SETSID);
    /** The end of what git says is where it says what went wrong. */
    private static final int LONGEST_ERRORS = 16 * 1024;

    private final List<String> command;
    private final Path folder;
    private final Map<String, String> variables;
    private final byte[] input;
    private final Duration timeout;
    private final int longest;

    GitProcess(List<String> command, Path folder, Map<String, String> variables, byte[] input, Duration timeout,
            int longest) {
        this.command = command;
        this.folder = folder;
        this.variables = variables;
        this.input = input;
        this.timeout = timeout;
        this.longest = longest;
    }

    Output run() {
        var process = start();
        try (var pumps = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                var out = pumps.submit(() -> atMost(longest, process.getInputStream()));
                var errors = pumps.submit(() -> tail(process.getErrorStream()));
                pumps.execute(() -> feed(process.getOutputStream()));
                return await(process, out, errors);
            } finally {
                if (process.isAlive()) {
                    kill(process);
                }
            }
        }
    }

    private Process start() {
        var all = new ArrayList<String>();
        if (HAS_SETSID) {
            all.add(SETSID.toString());
        }
        all.addAll(command);
        var builder = new ProcessBuilder(all).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_") || name.equals("SSH_ASKPASS"));
        builder.environment().putAll(variables);
        try {
            return builder.start();
        } catch (IOException e) {
            throw failure(GitFailure.Kind.OTHER, "could not be started: " + e.getMessage());
        }
    }

    private Output await(Process process, Future<byte[]> out, Future<String> errors) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            var bytes = out.get(left(deadline), TimeUnit.NANOSECONDS);
            var said = errors.get(left(deadline), TimeUnit.NANOSECONDS);
            if (!process.waitFor(left(deadline), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            return new Output(process.exitValue(), bytes, said);
        } catch (TimeoutException e) {
            kill(process);
            throw failure(GitFailure.Kind.TIMED_OUT, "stopped after " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
            throw failure(GitFailure.Kind.TIMED_OUT, "stopped: whoever waited for it was interrupted");
        } catch (ExecutionException e) {
            kill(process);
            var cause = e.getCause();
            throw failure(GitFailure.Kind.OTHER, cause == null ? "lost its output" : "stopped: " + cause.getMessage());
        }
    }

    private static long left(long deadline) {
        return Math.max(0, deadline - System.nanoTime());
    }

    private GitFailure failure(GitFailure.Kind kind, String detail) {
        return new GitFailure(kind, command.get(1), -1, GitFailure.oneLine(detail));
    }

    private void feed(OutputStream stream) {
        try (stream) {
            stream.write(input);
        } catch (IOException e) {
            // It ended without reading everything; its exit code says why.
        }
    }

    private static byte[] atMost(int longest, InputStream stream) throws IOException {
        var bytes = stream.readNBytes(longest);
        if (bytes.length == longest && stream.read() >= 0) {
            throw new IOException("it printed more than " + longest + " bytes");
        }
        return bytes;
    }

    private static String tail(InputStream stream) throws IOException {
        var kept = new byte[0];
        var buffer = new byte[4096];
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
            int old = Math.min(kept.length, LONGEST_ERRORS - n);
            var next = Arrays.copyOfRange(kept, kept.length - old, kept.length + n);
            System.arraycopy(buffer, 0, next, old, n);
            kept = next;
        }
        return new String(kept, UTF_8);
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        if (HAS_SETSID) {
            killGroup(process.pid());
        }
        process.destroyForcibly();
    }

    /** Reaches children whose parent is gone as well, which the JDK no longer sees as descendants. */
    private static void killGroup(long pid) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s KILL -- -\"$0\"", Long.toString(pid))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .onExit()
                    .orTimeout(5, TimeUnit.SECONDS)
                    .exceptionally(e -> null)
                    .join();
        } catch (IOException e) {
            // Without a shell the descendants were all that could be reached.
        }
    }
}
