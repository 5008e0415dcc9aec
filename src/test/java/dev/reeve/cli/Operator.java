package dev.reeve.cli;

import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.FakePull;
import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.GitHttpServer;
import dev.reeve.kit.GitRepositories;
import dev.reeve.kit.JsonSchema;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** An operator at their checkout of {@code acme/shop}: its remote over HTTP, GitHub beside it, worktrees, registers, dispatch files. */
final class Operator implements AutoCloseable {

    static final Instant MARCH = Instant.parse("2026-03-27T10:11:12Z");
    private static final Path SCHEMA = Path.of("docs/snapshot.schema.json");
    private static final String STATE = ".tasks/task_manager/";

    private final Path folder;
    private final GitHttpServer server;
    private final GitRepositories.Remote remote;
    private final Path checkout;
    private final FakeGitHub gitHub;
    private final FakeRepository repository;
    private final Map<String, String> environment = new HashMap<>();
    private Console.Screen screen = Console.Screen.OTHER;

    /** @param now GitHub's time */
    Operator(Path temporary, Instant now) {
        try {
            folder = Files.createDirectories(temporary).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var repositories = new GitRepositories(folder);
        server = GitHttpServer.of(folder);
        remote = repositories.remote("acme/shop");
        remote.commit("main")
                .file(".gitignore", ".tasks/\ntasks/logs/\n")
                .file("tasks/fix-login.md", task("ready"))
                .push("Begin");
        checkout = repositories.checkout(remote, "checkout");
        GitRepositories.git(checkout, "remote", "set-url", "origin", server.url(remote));
        gitHub = FakeGitHub.start(() -> now).personalToken("ghp_dave");
        repository = gitHub.repository("acme/shop", remote.path());
        environment.putAll(Map.of("HOME", folder.toString(), "TASK_MANAGER_OWNER", "dave", "GITHUB_TOKEN", "ghp_dave",
                "GITHUB_API_URL", gitHub.apiUrl().toString(), "GITHUB_SERVER_URL", "file://" + folder));
    }

    static String task(String status, String... more) {
        return "---\ntitle: Fix the login   # soon\nowner: dave\nstatus: " + status + "\n"
                + String.join("", List.of(more).stream().map(line -> line + "\n").toList()) + "---\nBody\n";
    }

    Path folder() {
        return folder;
    }

    Path checkout() {
        return checkout;
    }

    GitRepositories.Remote remote() {
        return remote;
    }

    FakeRepository repository() {
        return repository;
    }

    FakeGitHub gitHub() {
        return gitHub;
    }

    GitHttpServer server() {
        return server;
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    Operator with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Operator without(String variable) {
        environment.remove(variable);
        return this;
    }

    Operator asScreen() {
        screen = Console.Screen.TERMINAL;
        return this;
    }

    String git(String... arguments) {
        return GitRepositories.git(checkout, arguments);
    }

    /** The default branch gets a file, and the checkout pulls it. */
    void publish(String file, String content) {
        remote.commit("main").file(file, content).push("Write " + file);
        git("pull", "--quiet", "--ff-only");
    }

    /** A worktree of the task, with a commit that is pushed to its branch. */
    Path worktree(String slug) {
        var path = folder.resolve("trees").resolve(slug);
        git("worktree", "add", "--quiet", "-b", "task/" + slug, path.toString(), "origin/main");
        commitIn(path, "work.txt");
        GitRepositories.git(path, "push", "--quiet", "origin", "task/" + slug);
        return path;
    }

    void commitIn(Path worktree, String file) {
        write(worktree.resolve(file), "work\n");
        GitRepositories.git(worktree, "add", file);
        GitRepositories.git(worktree, "commit", "--quiet", "-m", "Work on " + file);
    }

    /** The pull request of the task's branch, by {@code rj}. */
    FakePull pull(int number, String slug) {
        if (remote.tip("task/" + slug).isEmpty()) {
            remote.branch("task/" + slug, "main");
            remote.commit("task/" + slug).file("src/" + slug, "fixed\n").push("Fix " + slug);
        }
        return repository.openPull(number).from("task/" + slug).by("rj");
    }

    void register(String owner, String slug, Path worktree) {
        state("task-manager-" + owner + ".register.json",
                "{\"schema\":1,\"owner\":\"" + owner + "\",\"entries\":{" + entry(slug, worktree) + "}}");
    }

    static String entry(String slug, Path worktree) {
        return "\"%s\":{\"slug\":\"%s\",\"worktree_path\":\"%s\",\"branch\":\"task/%s\",\"attempts\":1}"
                .formatted(slug, slug, worktree, slug);
    }

    void state(String name, String content) {
        write(checkout.resolve(STATE + name), content);
    }

    String state(String name) {
        return read(STATE + name);
    }

    List<String> stateFiles() {
        return names(checkout.resolve(STATE));
    }

    /** What a worker's run leaves. */
    void dispatched(String slug, String status) {
        write(checkout.resolve("tasks/logs/dispatch-" + slug + ".status.json"), status);
        write(checkout.resolve("tasks/logs/dispatch-" + slug + ".log"), "said\n");
    }

    List<String> names(Path of) {
        try (var files = Files.list(of)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file was last changed so long ago. */
    static void aged(Path file, Duration age) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void aged(String file, Duration age) {
        aged(checkout.resolve(file), age);
    }

    void write(String file, String content) {
        write(checkout.resolve(file), content);
    }

    static void write(Path file, String content) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String file) {
        try {
            return Files.readString(checkout.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file of the checkout and its worktrees with its content, git's own folder left out. */
    Map<String, String> everything() {
        try (var files = Files.walk(folder)) {
            var all = new TreeMap<String, String>();
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = folder.relativize(file).toString();
                if (!name.contains(".git/") && !name.startsWith("acme")) {
                    all.put(name, Files.readString(file));
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Terminal.Ran reconcile(String... arguments) {
        return reconcileIn(checkout, arguments);
    }

    Terminal.Ran reconcileIn(Path where, String... arguments) {
        var command = new ArrayList<>(List.of("reconcile"));
        command.addAll(List.of(arguments));
        return runIn(where, command);
    }

    /** Any command, in the checkout. */
    Terminal.Ran run(String... arguments) {
        return runIn(checkout, List.of(arguments));
    }

    Terminal.Ran runIn(Path where, List<String> command) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.run(command, new Console(Map.copyOf(environment), where, new PrintWriter(out),
                new PrintWriter(err), screen));
        return new Terminal.Ran(exit, out.toString(), err.toString());
    }

    /** One beat that finds everything as it is, which must leave every task file so, here and in every worktree. */
    Seen beat(String... arguments) {
        return beatAs("dave", arguments);
    }

    /** Such a beat for an owner, who is known by the environment. */
    Seen beatAs(String owner, String... arguments) {
        var command = new ArrayList<>(List.of("heartbeat", "--once", "--no-reconcile"));
        command.addAll(List.of(arguments));
        var before = taskFiles();
        var ran = runIn(checkout, command);
        assertThat(taskFiles()).as("task files after a heartbeat").isEqualTo(before);
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out() + ran.err()).doesNotContain("Exception", "at dev.reeve");
        assertThat(JsonSchema.faults(SCHEMA, state(snapshot(owner)))).isEmpty();
        return seen(owner);
    }

    private static String snapshot(String owner) {
        return "task-manager-" + owner + ".snapshot.json";
    }

    /** What the last heartbeat of an owner saw. */
    Seen seen(String owner) {
        return Seen.in(state(snapshot(owner)));
    }

    /** Every task file, here and in every worktree, with what its content comes to. */
    private Map<String, String> taskFiles() {
        try (var files = Files.walk(folder)) {
            var all = new TreeMap<String, String>();
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".md")) {
                    all.put(folder.relativize(file).toString(), digest(file));
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        gitHub.close();
        server.close();
    }
}
