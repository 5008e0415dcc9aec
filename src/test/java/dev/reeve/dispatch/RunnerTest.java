package dev.reeve.dispatch;

import dev.reeve.durable.Checkpoint;
import dev.reeve.durable.LockFile;
import dev.reeve.kit.GitRepositories;
import dev.reeve.model.RunEvent;
import dev.reeve.store.RunLocks;
import dev.reeve.store.RunRecord;
import dev.reeve.store.RunRecord.State;
import dev.reeve.store.StateFolder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** What workers do to whoever looks after them. */
@Timeout(300)
class RunnerTest {

    private static final Duration GRACE = Duration.ofMillis(300);

    @TempDir
    private Path folder;
    private RunnerStory story;

    @BeforeEach
    void aRunner() throws IOException {
        story = new RunnerStory(folder);
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        try (var ours = story;
                var lock = new RunLocks(new StateFolder(ours.checkout(), InstantSource.system()))
                        .run(RunnerStory.SLUG, Duration.ofSeconds(20))
                        .orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(story.living()).isEmpty();
            assertThat(GitRepositories.git(story.checkout(), "status", "--porcelain")).isEmpty();
        }
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(60, TimeUnit.SECONDS).pollInterval(10, TimeUnit.MILLISECONDS).until(condition);
    }

    private static String reason(RunRecord run) {
        return String.valueOf(run.ending().orElseThrow().reason());
    }

    @Test
    void ofMuchOutputTheEndIsKeptAndTheRestIsCounted() throws Exception {
        story.worker("head -c 200M /dev/zero; echo; echo the end\n").logBytes(1 << 20);
        printed(200L << 20, 1 << 20);
    }

    @Test
    @Tag("slow")
    void ofAGigabyteTheLastMegabytesAreKept() throws Exception {
        story.worker("head -c 1G /dev/zero; echo; echo the end\n").logBytes(16 << 20);
        printed(1L << 30, 16 << 20);
    }

    private void printed(long zeros, int most) throws IOException, InterruptedException {
        var ran = story.run();
        var log = story.log();
        assertThat(ran.status().state()).isEqualTo(State.EXITED);
        assertThat(ran.status().logBytes()).isEqualTo(log.length).isBetween(most / 2L, (long) most);
        var text = new String(log, StandardCharsets.ISO_8859_1);
        assertThat(text).endsWith("\0\nthe end\n");
        var note = text.substring(0, text.indexOf('\n') + 1);
        long missing = Long.parseLong(note.replaceAll("\\[reeve: ([0-9]+) bytes before this are left out\\]\n", "$1"));
        assertThat(missing + log.length - note.length()).isEqualTo(zeros + "\nthe end\n".length());
    }

    @Test
    void whatIsBinaryIsKeptByteForByte() throws Exception {
        var bytes = new byte[3_000_000];
        new Random(42).nextBytes(bytes);
        Files.write(story.folder().resolve("bytes"), bytes);
        story.worker("cat " + story.folder().resolve("bytes") + "; printf '\\033[2J\\0\\xff' >&2\n").logBytes(8 << 20);

        story.run();

        var log = story.log();
        assertThat(Arrays.equals(Arrays.copyOf(log, bytes.length), bytes)).isTrue();
        assertThat(Arrays.copyOfRange(log, bytes.length, log.length)).asHexString().isEqualTo("1B5B324A00FF");
    }

    @Test
    void aWorkerPastItsTimeIsEndedWhateverItIgnores() throws Exception {
        story.worker("trap '' TERM INT HUP; echo begun; while :; do sleep 300; done\n")
                .runTime(Duration.ofSeconds(1))
                .grace(GRACE);
        var ran = story.run();
        assertThat(ran.status().state()).isEqualTo(State.FAILED);
        assertThat(reason(ran.status())).contains("it ran longer than 1 s");
        assertThat(new String(story.log(), StandardCharsets.UTF_8)).contains("begun");
    }

    @Test
    void aWorkerPastItsTimeMayEndItself() throws Exception {
        story.worker("trap 'echo put away; exit 0' TERM; while :; do sleep 0.05; done\n").runTime(GRACE);
        var ran = story.run();
        assertThat(reason(ran.status())).contains("it ran longer than");
        assertThat(new String(story.log(), StandardCharsets.UTF_8)).endsWith("put away\n");
    }

    @Test
    void noneThatItLeavesBehindOutlivesTheRun() throws Exception {
        story.worker("""
                trap '' TERM
                sleep 300 &
                (setsid sleep 300 &)
                (setsid bash -c 'trap "" TERM; while :; do (sleep 300); done' &)
                env -i /bin/sleep 300 &
                (exec >&- 2>&- <&-; env -i /bin/sh -c 'trap "" TERM; /bin/sleep 300; :' &)
                exit 7
                """).grace(GRACE);
        var ran = story.run();
        assertThat(ran.status().ending().orElseThrow().exitCode()).isEqualTo(7);
    }

    @Test
    void whatPreparesTheWorktreeLeavesNothingBehindEither() throws Exception {
        story.prepare("/bin/bash", "-c", "env -i /bin/sleep 301 & (setsid sleep 301 &); echo prepared")
                .worker("echo worked\n")
                .grace(GRACE);
        story.run();
        assertThat(new String(story.log(), StandardCharsets.UTF_8)).isEqualTo("prepared\nworked\n");
        assertThat(ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().filter(line -> line.endsWith("sleep 301")).isPresent()))
                .isEmpty();
    }

    @Test
    void aWorkerThatClosesItsOutputAndReadsNothingIsWaitedFor() throws Exception {
        story.worker("exec >&- 2>&-; for i in 1 2 3; do sleep 0.05; done; touch done; exit 0\n")
                .input("x".repeat(1 << 20));
        var ran = story.run();
        assertThat(ran.said()).startsWith("locked\nrunning ");
        assertThat(ran.status().ending().orElseThrow().exitCode()).isZero();
        assertThat(story.worktree().resolve("done")).exists();
        assertThat(ran.status().logBytes()).isZero();
    }

    @Test
    void aLongPromptArrivesWhole() throws Exception {
        story.worker("wc -c\n").input("é".repeat(1 << 19));
        story.run();
        assertThat(new String(story.log(), StandardCharsets.UTF_8).strip()).isEqualTo("1048576");
    }

    @Test
    void anOrderThatIsCutOffLeavesNothing() throws Exception {
        story.worker("touch " + story.folder() + "/ran\n");
        var whole = new ByteArrayOutputStream();
        story.order().write(new DataOutputStream(whole));
        for (int length : new int[]{0, 1, 40, whole.size() / 2, whole.size() - 1}) {
            var said = new ByteArrayOutputStream();
            var ended = new Runner(story.post()).run(
                    new ByteArrayInputStream(whole.toByteArray(), 0, length),
                    new PrintStream(said, true, StandardCharsets.UTF_8));
            assertThat(ended).isEmpty();
            assertThat(said).hasToString("locked\n");
        }
        assertThat(story.files().status(RunnerStory.SLUG)).isEmpty();
        assertThat(story.history()).isEmpty();
        assertThat(story.folder().resolve("ran")).doesNotExist();
    }

    @Test
    void aRunnerThatIsKilledBeforeItsWorkerIsKnownHasStartedNone() throws Exception {
        story.worker("touch " + story.folder() + "/ran\n")
                .prepare("/bin/sh", "-c",
                        "echo prepares; while [ ! -e " + story.folder() + "/go ]; do sleep 0.05; done");
        var state = story.checkout().resolve(".tasks/task_manager/state.lock");
        try (var runner = story.process()) {
            assertThat(runner.order(story.order(), Duration.ofSeconds(60)))
                    .isInstanceOf(RunnerProcess.Answer.Running.class);
            until(() -> story.files().tombstone(RunnerStory.SLUG).isPresent());
            try (var held = new LockFile(state, Duration.ofSeconds(20), Checkpoint.NONE).hold()) {
                assertThat(held).isNotNull();
                Files.createFile(story.folder().resolve("go"));
                until(() -> story.living().stream().anyMatch(RunnerTest::standsAtTheGate));
                ProcessHandle.of(runner.pid()).orElseThrow().destroyForcibly();
                until(() -> story.living().isEmpty());
            }
        }
        assertThat(story.folder().resolve("ran")).doesNotExist();
        assertThat(story.history()).containsExactly(RunEvent.Kind.RUN, RunEvent.Kind.PROMPT);
        assertThat(story.files().status(RunnerStory.SLUG).orElseThrow().state()).isEqualTo(State.STARTING);
    }

    private static boolean standsAtTheGate(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("reeve-worker /") && line.contains("worker.sh"))
                .isPresent();
    }

    @Test
    void whatPreparesTheWorktreeIsRunAgainUntilItEndedWell() throws Exception {
        story.worker("echo works\n").prepare("/bin/sh", "-c", "echo first").prepare("/bin/sh", "-c", "exit 3");
        for (int round = 0; round < 2; round++) {
            var ran = story.run();
            assertThat(ran.status().state()).isEqualTo(State.FAILED);
            assertThat(reason(ran.status()))
                    .contains("could not be started", "what prepares its worktree ended with exit code 3");
            assertThat(new String(story.log(), StandardCharsets.UTF_8)).isEqualTo("first\n");
            assertThat(new RunSite(story.worktree(), story.order().id()).isToBePrepared()).isTrue();
        }
        assertThat(story.history()).doesNotContain(RunEvent.Kind.STARTED);
    }

    @Test
    void aCommandThatIsntThereFailsWithItsName() throws Exception {
        var ran = story.command("./tools/agent.sh").run();
        assertThat(ran.status().state()).isEqualTo(State.FAILED);
        assertThat(ran.status().ending().orElseThrow().exitCode()).isEqualTo(127);
        assertThat(new String(story.log(), StandardCharsets.UTF_8)).contains("./tools/agent.sh", "not found");
    }

    @Test
    void aWorktreeThatIsTakenAwayWhileItIsPreparedIsSaid() throws Exception {
        var ran = story.worker("echo works\n")
                .prepare("/bin/sh", "-c", "cd /; rm -rf " + story.worktree())
                .run();
        assertThat(ran.status().state()).isEqualTo(State.FAILED);
        assertThat(reason(ran.status())).contains("could not be started", story.worktree().toString());
    }

    @Test
    void aWorkerThatTakesItsWorktreeAwayHasItsEndRecorded() throws Exception {
        var ran = story.worker("cd /; rm -rf " + story.worktree() + "; exit 0\n").run();
        assertThat(ran.status().ending()).isPresent();
        assertThat(ran.status().isUnderWay()).isFalse();
    }

    @Test
    void whatAWorkerPutsInTheResultsPlaceHarmsNothing() throws Exception {
        for (var way : new String[]{"mkdir -p $REEVE_RESULT_FILE/x", "ln -s /etc/passwd $REEVE_RESULT_FILE",
                "mkfifo $REEVE_RESULT_FILE", "head -c 2M /dev/zero > $REEVE_RESULT_FILE",
                "rm -rf .tasks; ln -s / .tasks", "chmod 0 . .tasks"}) {
            var ran = story.worker(way + "\n").run();
            assertThat(ran.status().isUnderWay()).as(way).isFalse();
            assertThat(story.history()).as(way).endsWith(RunEvent.Kind.OUTCOME);
            GitRepositories.git(story.checkout(), "-C", story.worktree().toString(), "clean", "-qfdx");
        }
    }

    @Test
    void anEndThatCantBeWrittenIsWrittenAsSoonAsThereIsRoom() throws Exception {
        var obstacle = story.files().folder().resolve(".dispatch-fix-login.status.json.reeve-tmp");
        story.worker("mkdir -p " + obstacle + "/full; echo worked; exit 4\n");
        try (var runner = story.process()) {
            assertThat(runner.order(story.order(), Duration.ofSeconds(60)))
                    .isInstanceOf(RunnerProcess.Answer.Running.class);
        }
        until(() -> story.history().contains(RunEvent.Kind.OUTCOME));
        assertThat(story.files().status(RunnerStory.SLUG).orElseThrow().isUnderWay()).isTrue();
        Files.delete(obstacle.resolve("full"));
        until(() -> !story.files().status(RunnerStory.SLUG).orElseThrow().isUnderWay());
        assertThat(story.files().status(RunnerStory.SLUG)).isEqualTo(story.files().tombstone(RunnerStory.SLUG));
        assertThat(story.history().stream().filter(RunEvent.Kind.OUTCOME::equals)).hasSize(1);
    }

    @Test
    void aStatusThatCantBeWrittenIsSaidAndNothingRuns() throws Exception {
        story.worker("touch " + story.folder() + "/ran\n");
        var status = story.files().folder().resolve("dispatch-fix-login.status.json");
        Files.createDirectories(status.resolve("in the way"));
        try (var runner = story.process()) {
            assertThat(runner.order(story.order(), Duration.ofSeconds(60)))
                    .isInstanceOfSatisfying(RunnerProcess.Answer.Failed.class,
                            failed -> assertThat(failed.why()).contains("status.json: is no regular file"));
        }
        assertThat(story.folder().resolve("ran")).doesNotExist();
    }

    @Test
    void aFullDiskStopsNoWorker() throws Exception {
        story.worker("head -c 1M /dev/zero; touch done; exit 5\n").logBytes(16 << 20);
        try (var runner = story.processOnAFullDisk(100)) {
            assertThat(runner.order(story.order(), Duration.ofSeconds(60)))
                    .isInstanceOf(RunnerProcess.Answer.Running.class);
        }
        until(() -> story.files().status(RunnerStory.SLUG).flatMap(RunRecord::ending).isPresent());
        var run = story.files().status(RunnerStory.SLUG).orElseThrow();
        assertThat(run.ending().orElseThrow().exitCode()).isEqualTo(5);
        assertThat(run.logBytes()).isEqualTo(story.log().length).isPositive().isLessThanOrEqualTo(100 << 10);
        assertThat(story.worktree().resolve("done")).exists();
    }

    @Test
    void aPromptThatThereIsNoRoomForIsSaidAndNothingRuns() throws Exception {
        story.worker("touch " + story.folder() + "/ran\n").input("x".repeat(100_000));
        try (var runner = story.processOnAFullDisk(20)) {
            assertThat(runner.order(story.order(), Duration.ofSeconds(60)))
                    .isInstanceOfSatisfying(RunnerProcess.Answer.Failed.class,
                            failed -> assertThat(failed.why()).contains("prompt-", "File too large"));
        }
        assertThat(story.folder().resolve("ran")).doesNotExist();
        assertThat(story.files().status(RunnerStory.SLUG).orElseThrow().state()).isEqualTo(State.FAILED);
    }
}
