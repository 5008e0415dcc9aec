package dev.reeve.cli;

import dev.reeve.kit.GitRepositories;
import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** An operator who has workers: scripts that do what a test wants, run as real processes by real runners. */
final class Dispatches implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String COMMIT = "echo work > work.txt; git add work.txt; git -c user.name=w -c user.email=w@x commit -qm Work\n";

    private final Operator operator;
    private final Path script;

    Dispatches(Path temporary) {
        this.operator = new Operator(temporary, Instant.now()).with("PATH", System.getenv("PATH"));
        this.script = operator.folder().resolve("worker.sh");
        operator.publish(".reeve.yml", "owners: {dave: {}}\nworker: {command: [" + script + "]}\n");
        worker("exit 0\n");
    }

    Operator operator() {
        return operator;
    }

    /** What workers do from now on. */
    Dispatches worker(String lines) {
        try {
            Operator.write(script, "#!/bin/bash\n" + lines);
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A worker that waits until the test says {@link #release}. */
    Dispatches waitingWorker(String lines) {
        return worker("while [ ! -e " + gate() + " ]; do sleep 0.05; done\n" + lines);
    }

    private Path gate() {
        return operator.folder().resolve("go");
    }

    void release() {
        Operator.write(gate(), "");
    }

    Terminal.Ran dispatch(String... arguments) {
        return operator.run(join("dispatch", arguments));
    }

    private static String[] join(String first, String... more) {
        var all = new ArrayList<>(List.of(first));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    String status(String slug) {
        try {
            return Files.readString(file(slug, ".status.json"));
        } catch (IOException e) {
            return "";
        }
    }

    String log(String slug) {
        try {
            return Files.readString(file(slug, ".log"));
        } catch (IOException e) {
            return "";
        }
    }

    Path file(String slug, String rest) {
        return operator.checkout().resolve("tasks/logs/dispatch-" + slug + rest);
    }

    Path worktree(String slug) {
        return operator.folder().resolve("checkout.worktrees").resolve(slug);
    }

    /** Waits until the task's status says this. */
    String await(String slug, String part) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(status(slug)).contains(part));
        return status(slug);
    }

    String awaitEnd(String slug) {
        return await(slug, "\"ended_at\"");
    }

    void awaitLog(String slug, String part) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .until(() -> log(slug).contains(part));
    }

    long number(String slug, String key) {
        var matcher = Pattern.compile("\"" + key + "\": ([0-9]+)").matcher(status(slug));
        assertThat(matcher.find()).as(key + " in " + status(slug)).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** Processes whose command line holds this text. */
    static List<ProcessHandle> processes(String part) {
        return ProcessHandle.allProcesses().filter(process -> commandLine(process).contains(part)).toList();
    }

    /** All of it: what the JVM tells of one ends after a page, and a class path is longer. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"),
                    StandardCharsets.ISO_8859_1).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    void git(String slug, String... arguments) {
        GitRepositories.git(worktree(slug), arguments);
    }

    /** Nothing that a test has started outlives it. */
    @Override
    public void close() {
        release();
        Awaitility.await().atMost(PATIENCE).until(this::nothingRuns);
        operator.close();
    }

    private boolean nothingRuns() {
        var left = new ArrayList<>(processes(operator.folder().toString()));
        ProcessHandle.allProcesses().filter(this::worksHere).forEach(left::add);
        left.removeIf(process -> process.pid() == ProcessHandle.current().pid());
        left.forEach(ProcessHandle::destroyForcibly);
        return left.isEmpty();
    }

    /** A git or a gate, say, that a runner has left when it was killed. */
    private boolean worksHere(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .startsWith(operator.folder());
        } catch (IOException e) {
            return false;
        }
    }
}
