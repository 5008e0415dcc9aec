package dev.reeve.dispatch;

import dev.reeve.kit.GitRepositories;
import dev.reeve.model.BranchName;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.RunEvent;
import dev.reeve.model.RunId;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.Registers;
import dev.reeve.store.RunFiles;
import dev.reeve.store.RunRecord;
import dev.reeve.store.RunRecord.Site;
import dev.reeve.store.StateFolder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A runner and its worker, a script, in a worktree that was made for them: without anybody who started them. */
final class RunnerStory implements AutoCloseable {

    static final Slug SLUG = new Slug("fix-login");
    private static final OwnerKey OWNER = new OwnerKey("dave");
    private static final BranchName MAIN = new BranchName("main");

    private final Path folder;
    private final Path checkout;
    private final Site site;
    private final List<RunId> runs = new ArrayList<>();
    private final List<List<String>> prepare = new ArrayList<>();
    private List<String> command;
    private String input = "";
    private Duration runTime = Duration.ofMinutes(5);
    private Duration grace = Duration.ofSeconds(10);
    private long logBytes = 1 << 20;

    RunnerStory(Path temporary) throws IOException {
        folder = temporary.toRealPath();
        var repositories = new GitRepositories(folder);
        var remote = repositories.remote("acme/shop");
        remote.commit("main").file(".gitignore", ".tasks/\ntasks/logs/\n").file("tasks/fix-login.md", "").push("Begin");
        checkout = repositories.checkout(remote, "checkout");
        site = new Site(folder.resolve("worktree"), new BranchName("task/fix-login"));
        GitRepositories.git(checkout, "worktree", "add", "-q", "-b", site.branch().value(),
                site.worktree().toString());
        command = List.of(folder.resolve("worker.sh").toString());
    }

    Path folder() {
        return folder;
    }

    Path worktree() {
        return site.worktree();
    }

    Path checkout() {
        return checkout;
    }

    RunnerStory worker(String lines) throws IOException {
        var script = Files.writeString(folder.resolve("worker.sh"), "#!/bin/bash\n" + lines);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    RunnerStory command(String... words) {
        command = List.of(words);
        return this;
    }

    RunnerStory input(String text) {
        input = text;
        return this;
    }

    RunnerStory runTime(Duration most) {
        runTime = most;
        return this;
    }

    RunnerStory grace(Duration most) {
        grace = most;
        return this;
    }

    RunnerStory logBytes(long most) {
        logBytes = most;
        return this;
    }

    RunnerStory prepare(String... words) {
        prepare.add(List.of(words));
        return this;
    }

    Runner.Post post() {
        return new Runner.Post(checkout, TasksRoot.DEFAULT, SLUG, InstantSource.system());
    }

    RunFiles files() {
        return post().files();
    }

    /** The order of a run that has claimed the task. */
    RunOrder order() throws IOException {
        var id = RunId.of(Instant.EPOCH, runs.size());
        runs.add(id);
        new Registers(new StateFolder(checkout, InstantSource.system())).put(OWNER, new RegisterEntry(SLUG,
                "tasks/fix-login.md", site.worktree().toString(), site.branch().value(), Instant.EPOCH, null, null,
                0, id.value(), null));
        var runSite = new RunSite(site.worktree(), id);
        runSite.isToBePrepared(prepare, InstantSource.system());
        var environment = new TreeMap<>(runSite.variables(SLUG.value(), "tasks/fix-login.md"));
        environment.put("PATH", System.getenv("PATH"));
        var program = new RunOrder.Program(command, input, input, List.copyOf(prepare), environment);
        return new RunOrder(id, OWNER, runs.size(), "dave", "", site, MAIN, "tasks/fix-login.md", program,
                new RunOrder.Limits(runTime, grace, logBytes, List.of(), Duration.ofHours(1)), Map.of());
    }

    /** What came of a run: what the runner said, and the status that it left. */
    record Ran(String said, RunRecord status) {}

    /** Runs a worker in this process, to its end. */
    Ran run() throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        order().write(new DataOutputStream(bytes));
        return run(bytes.toByteArray());
    }

    Ran run(byte[] order) throws IOException, InterruptedException {
        var said = new ByteArrayOutputStream();
        new Runner(post()).run(new ByteArrayInputStream(order), new PrintStream(said, true, StandardCharsets.UTF_8));
        return new Ran(said.toString(StandardCharsets.UTF_8), files().status(SLUG).orElseThrow());
    }

    /** A runner as a process of its own, which has the task's lock. */
    RunnerProcess process() throws IOException, InterruptedException {
        return process(List.of());
    }

    /** One on a disk that takes no files of more than so many kilobytes. */
    RunnerProcess processOnAFullDisk(int kilobytes) throws IOException, InterruptedException {
        return process(List.of("/bin/bash", "-c", "ulimit -f " + kilobytes + "; exec \"$@\"", "bash"));
    }

    private RunnerProcess process(List<String> before) throws IOException, InterruptedException {
        var command = new ArrayList<>(before);
        command.addAll(JavaProgram.ofRunner()
                .command("dev.reeve.cli.RunnerMain", List.of(checkout.toString(), "tasks", SLUG.value())));
        var process = RunnerProcess.start(command, Map.of("PATH", System.getenv("PATH")));
        if (!process.isLocked(Duration.ofSeconds(60))) {
            throw new AssertionError("somebody has the lock");
        }
        return process;
    }

    byte[] log() throws IOException {
        return Files.readAllBytes(files().log(SLUG));
    }

    List<RunEvent.Kind> history() throws IOException {
        return files().history().read(SLUG).stream().map(RunEvent::kind).toList();
    }

    /** What lives of all runs, and whatever else names this story's folder. */
    List<ProcessHandle> living() {
        var living = new ArrayList<>(ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(folder.toString()))
                        .isPresent())
                .toList());
        runs.forEach(run -> living.addAll(new ProcessTree(run, List.of()).living()));
        return living;
    }

    @Override
    public void close() {
        living().forEach(ProcessHandle::destroyForcibly);
    }
}
