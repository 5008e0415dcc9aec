package dev.reeve.git;

import dev.reeve.kit.GitRepositories;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecoveryTest {

    private static final BranchName MAIN = new BranchName("main");
    private static final TaskPath TASK = new TaskPath("tasks/a.md");

    @TempDir
    private Path folder;
    private GitRepositories.Remote remote;
    private Path data;
    private Sha tip;

    @BeforeEach
    void aRemoteThatWasFetched() {
        remote = new GitRepositories(folder).remote("acme");
        remote.commit("main").file("tasks/a.md", "a").push("first");
        tip = remote.commit("main").file("tasks/a.md", "b").push("second");
        data = folder.resolve("data/acme");
    }

    private ManagedClone open() {
        return ManagedClone.open(Git.onPath(), data, remote.url(), Credentials::none);
    }

    private static Sha fetched(ManagedClone clone) {
        return ((FetchResult.Fetched) clone.fetch(MAIN)).tip();
    }

    /** Ways in which a disk or a crash can leave a repository. */
    enum Damage {
        TRUNCATED_PACK, NO_INDEX, OVERWRITTEN_PACK, NO_HEAD, EMPTY_CONFIG, EMPTY_REF;

        void in(Path repository) throws IOException {
            switch (this) {
                case TRUNCATED_PACK -> cut(pack(repository, ".pack"));
                case NO_INDEX -> Files.delete(pack(repository, ".idx"));
                case OVERWRITTEN_PACK -> overwrite(pack(repository, ".pack"));
                case NO_HEAD -> Files.delete(repository.resolve("HEAD"));
                case EMPTY_CONFIG -> Files.writeString(repository.resolve("config"), "[core\n");
                case EMPTY_REF -> Files.writeString(repository.resolve("refs/reeve/main"), "");
            }
        }

        private static void overwrite(Path file) throws IOException {
            var bytes = Files.readAllBytes(file);
            for (int i = 14; i < bytes.length - 20; i++) {
                bytes[i] ^= 0x55;
            }
            replace(file, bytes);
        }

        private static void cut(Path file) throws IOException {
            replace(file, Arrays.copyOf(Files.readAllBytes(file), 40));
        }

        private static void replace(Path file, byte[] bytes) throws IOException {
            Files.delete(file);
            Files.write(file, bytes);
        }

        private static Path pack(Path repository, String suffix) throws IOException {
            try (var files = Files.list(repository.resolve("objects/pack"))) {
                return files.filter(file -> file.toString().endsWith(suffix)).sorted().findFirst().orElseThrow();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedCloneIsMadeAnew(Damage damage) throws Exception {
        try (var clone = open()) {
            fetched(clone);
        }
        damage.in(data);
        try (var clone = open()) {
            assertThat(fetched(clone)).isEqualTo(tip);
            assertThat(clone.read(tip, List.of(TASK)).values()).allMatch(Entry.RegularFile.class::isInstance);
            assertThat(clone.push(MAIN, tip, List.of(ManagedCloneTest.commit("c", "tasks/a.md", "c"))))
                    .isInstanceOf(PushResult.Pushed.class);
        }
    }

    @Test
    void damageWhileItIsOpenIsRepairedOnceAndThenReported() throws Exception {
        try (var clone = open()) {
            fetched(clone);
            Damage.OVERWRITTEN_PACK.in(data);
            assertThat(clone.tasks(tip, new TaskPath("tasks")).all()).containsExactly(TASK);
            assertThat(folder.resolve("data/acme.broken")).isDirectory();
            Damage.OVERWRITTEN_PACK.in(data);
            assertThatThrownBy(() -> clone.tasks(tip, new TaskPath("other"))).isInstanceOfSatisfying(GitFailure.class,
                    e -> assertThat(e.kind()).isEqualTo(GitFailure.Kind.CORRUPT));
        }
    }

    @Test
    void whatACrashLeftLyingIsCleared() throws Exception {
        try (var clone = open()) {
            fetched(clone);
        }
        for (var file : List.of("HEAD.lock", "config.lock", "packed-refs.lock", "refs/reeve/main.lock", "gc.pid",
                "objects/pack/tmp_pack_x1", "reeve-outgoing/pack/tmp_pack_y2")) {
            Files.createDirectories(data.resolve(file).getParent());
            Files.writeString(data.resolve(file), "left");
        }
        Files.createDirectories(folder.resolve("data/acme.new/objects"));
        var moved = remote.commit("main").file("tasks/a.md", "c").push("third");
        try (var clone = open()) {
            assertThat(fetched(clone)).isEqualTo(moved);
        }
        try (var files = Files.walk(data)) {
            assertThat(files).noneMatch(file -> file.toString().matches(".*(\\.lock|tmp_.*|outgoing.*)"));
        }
    }

    @Test
    void aGitThatOutlivedItsServerIsEnded() throws Exception {
        try (var clone = open()) {
            fetched(clone);
        }
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var orphan = new ProcessBuilder("git", "fetch", "http://127.0.0.1:" + silent.getLocalPort() + "/x")
                    .directory(data.toFile())
                    .start();
            Awaitility.await().until(() -> orphan.descendants().findAny().isPresent());
            try (var again = open()) {
                assertThat(orphan.waitFor(5, TimeUnit.SECONDS)).isTrue();
                assertThat(fetched(again)).isEqualTo(tip);
            }
        }
    }

    @Test
    void aRemoteThatNeverAnswersIsGivenUpWithAllThatWasStarted() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var clone = ManagedClone.open(new Git("git", Duration.ofSeconds(20), Duration.ofMillis(700)), data,
                        "http://127.0.0.1:" + silent.getLocalPort() + "/acme.git", Credentials::none)) {
            assertThatThrownBy(() -> clone.fetch(MAIN)).isInstanceOfSatisfying(GitFailure.class, e -> {
                assertThat(e.kind()).isEqualTo(GitFailure.Kind.TIMED_OUT);
                assertThat(e.retryHelps()).isTrue();
            });
            Awaitility.await().until(() -> ProcessHandle.allProcesses().noneMatch(RecoveryTest.this::runsInData));
        }
    }

    private boolean runsInData(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).equals(data.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** The server is killed again and again while it commits; every commit is on the remote once, in order, or not at all. */
    @Test
    void aServerThatIsKilledAtAnyMomentGoesOnWhereItWas() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 4; round++) {
            var server = killable().start();
            var before = remote.tip("main");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !remote.tip("main").equals(before));
            server.waitFor(random.nextInt(120), TimeUnit.MILLISECONDS);
            server.destroyForcibly().waitFor();
        }
        try (var clone = open()) {
            var last = fetched(clone);
            var log = GitRepositories.git(remote.path(), "log", "--reverse", "--format=%s", tip + ".." + last)
                    .lines()
                    .toList();
            assertThat(log).as("seed " + seed).isNotEmpty().containsOnly("commit");
            assertThat(remote.file("main", "tasks/a.md")).as("seed " + seed).isEqualTo("b" + "+".repeat(log.size()));
        }
        assertThat(folder.resolve("data/acme.broken")).doesNotExist();
    }

    private ProcessBuilder killable() {
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Killable.class.getName(),
                data.toString(), remote.url()).inheritIO();
        // What a git hook leaves in the environment must not lead git astray.
        builder.environment()
                .putAll(Map.of("GIT_DIR", "/nowhere", "GIT_INDEX_FILE", "/nowhere/index",
                        "GIT_CONFIG_PARAMETERS", "broken", "GIT_WORK_TREE", "/"));
        return builder;
    }

    /** A server that only adds a plus sign to a task, for ever. */
    static final class Killable {

        private Killable() {}

        public static void main(String[] args) {
            try (var clone = ManagedClone.open(Git.onPath(), Path.of(args[0]), args[1], Credentials::none)) {
                while (true) {
                    step(clone);
                }
            }
        }

        private static void step(ManagedClone clone) {
            var at = fetched(clone);
            var entry = (Entry.RegularFile) clone.read(at, List.of(TASK)).values().iterator().next();
            var more = new String(entry.content(), UTF_8) + "+";
            clone.push(MAIN, at, List.of(ManagedCloneTest.commit("commit", "tasks/a.md", more)));
        }
    }

    @Test
    void outputAndTimeAreBounded() {
        assertThatThrownBy(() -> run(10, "git", "version")).isInstanceOf(GitFailure.class)
                .hasMessageContaining("more than 10 bytes");
        assertThatThrownBy(() -> run(10, "no-such-git", "version")).isInstanceOf(GitFailure.class);
        var chatter = run(10, "sh", "-c", "yes error | head -c 1000000 >&2; echo last >&2");
        assertThat(chatter.errors()).hasSize(16 * 1024).endsWith("last\n");
    }

    private Output run(int longest, String... command) {
        var output = new GitProcess(List.of(command), folder, Map.of(), new byte[0], Duration.ofSeconds(20),
                longest).run();
        if (output.exitCode() != 0) {
            throw GitFailure.of(command[1], output.exitCode(), output.errors());
        }
        return output;
    }

    @Test
    void anInterruptEndsGitAndIsNotSwallowed() throws Exception {
        var failed = new AtomicReference<String>("");
        var thread = Thread.ofPlatform().start(() -> {
            try {
                run(10, "sleep", "60");
            } catch (GitFailure | UncheckedIOException e) {
                failed.set(Thread.currentThread().isInterrupted() + " " + e.getMessage());
            }
        });
        thread.interrupt();
        thread.join(Duration.ofSeconds(10));
        assertThat(failed.get()).startsWith("true").contains("interrupted");
    }
}
