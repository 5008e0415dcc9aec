package dev.reeve.cli;

import dev.reeve.model.FollowUp;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.ProcessIdentity;
import dev.reeve.store.ProcessTable;
import dev.reeve.store.RunHistory;
import dev.reeve.store.RunLocks;
import dev.reeve.store.StateFolder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** Starts, ends, kills and messages that meet, from several processes at once. */
@Timeout(1_800)
@Tag("slow")
class DispatchRaceTest {

    private static final String SLUG = "fix-login";
    private static final int LONGEST_PAUSE_MILLIS = 400;

    @TempDir
    private Path folder;
    private Dispatches dispatches;

    @BeforeEach
    void anOperatorWithWorkers() {
        dispatches = new Dispatches(folder);
    }

    @AfterEach
    void end() {
        dispatches.close();
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(120, TimeUnit.SECONDS).pollInterval(20, TimeUnit.MILLISECONDS).until(condition);
    }

    private Path heard() {
        return dispatches.operator().folder().resolve("heard");
    }

    private List<String> lines() throws IOException {
        return Files.exists(heard()) ? Files.readAllLines(heard()) : List.of();
    }

    private static void kill(long pid) {
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        until(() -> !process.isAlive());
    }

    @Test
    void ofTwoProcessesThatStartATaskAtOnceOneDoes() throws Exception {
        race(3);
    }

    @Test
    @Tag("slow")
    void ofTwoProcessesThatStartATaskAtOnceOneDoesAHundredTimes() throws Exception {
        race(100);
    }

    private void race(int rounds) throws Exception {
        var operator = dispatches.operator();
        dispatches.worker("echo $REEVE_TASK >> " + heard() + "\nwhile [ ! -e " + operator.folder()
                + "/end-$REEVE_TASK ]; do sleep 0.05; done\n");
        for (int round = 0; round < rounds; round++) {
            operator.write("tasks/" + DispatchRacer.slug(round) + ".md", task("ready"));
        }
        operator.git("add", "tasks");
        operator.git("commit", "-qm", "Plan");
        operator.git("push", "-q", "origin", "main");
        var arguments = new String[]{operator.folder().toString(), Integer.toString(rounds)};
        try (var one = AgentChild.start(operator, DispatchRacer.class, arguments);
                var other = AgentChild.start(operator, DispatchRacer.class, arguments)) {
            one.awaitLine("ready");
            other.awaitLine("ready");
            for (int round = 0; round < rounds; round++) {
                var slug = DispatchRacer.slug(round);
                Operator.write(DispatchRacer.gate(operator.folder(), round), "");
                assertThat(List.of(one.awaitLine("exit"), other.awaitLine("exit"))).as(slug)
                        .containsExactlyInAnyOrder("exit 0", "exit 1");
                until(() -> lines().contains(slug));
                Operator.write(operator.folder().resolve("end-" + slug), "");
                dispatches.awaitEnd(slug);
                assertThat(lines().stream().filter(slug::equals)).as(slug).hasSize(1);
                assertThat(dispatches.status(slug)).contains("\"attempt\": 1");
            }
        }
    }

    @Test
    void anAgentThatIsKilledLosesNeitherItsWorkerNorTheOutcome() throws Exception {
        dispatches.waitingWorker(
                "echo '{\"outcome\":\"blocked\",\"summary\":\"which colour?\"}' > $REEVE_RESULT_FILE\n");
        try (var agent = AgentChild.reeve(dispatches.operator(), "run")) {
            agent.awaitLine("started    fix-login");
            dispatches.await(SLUG, "\"running\"");
        }
        assertThat(dispatches.operator().beat().bucket(SLUG)).isEqualTo("active");
        try (var next = AgentChild.reeve(dispatches.operator(), "run")) {
            next.awaitLine("dave on ");
            dispatches.release();
            dispatches.awaitEnd(SLUG);
        }
        assertThat(dispatches.status(SLUG)).contains("\"outcome\": \"blocked\"", "which colour?", "\"attempt\": 1");
        assertThat(dispatches.operator().beat().bucket(SLUG)).isNotEqualTo("active");
        assertThat(dispatches.operator().run("history", SLUG).out()).containsOnlyOnce("which colour?");
    }

    @Test
    void aProcessThatGotTheWorkersPidIsNotTakenForIt() throws Exception {
        var stranger = new ProcessBuilder("/usr/bin/setsid", "/bin/sleep", "300").start();
        try {
            var identity = new ProcessTable().identify(stranger.pid()).orElseThrow();
            until(() -> stranger.info().command().filter(path -> path.endsWith("sleep")).isPresent());
            takenOver(new ProcessIdentity(stranger.pid(), identity.startTicks(), "00000000-another-boot"));
            takenOver(new ProcessIdentity(stranger.pid(), 7L, Objects.requireNonNull(identity.bootId())));
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    /** A worker and its runner are gone, and somebody else has the worker's pid. */
    private void takenOver(ProcessIdentity stranger) {
        dispatches.waitingWorker("");
        assertThat(dispatches.dispatch(SLUG, "--force").exit()).isZero();
        dispatches.await(SLUG, "\"running\"");
        kill(dispatches.number(SLUG, "runner_pid"));
        kill(dispatches.number(SLUG, "pid"));
        Operator.write(dispatches.file(SLUG, ".status.json"), dispatches.status(SLUG)
                .replaceAll("\"pid\": [0-9]+", "\"pid\": " + stranger.pid())
                .replaceAll("\"start_ticks\": [0-9]+", "\"start_ticks\": " + stranger.startTicks())
                .replaceAll("\"boot_id\": \"[^\"]+\"", "\"boot_id\": \"" + stranger.bootId() + "\""));

        assertThat(dispatches.operator().beat().signals(SLUG)).contains("dispatch_worker_gone");
        var stopped = dispatches.operator().run("stop", SLUG);

        assertThat(stopped.exit()).as(stopped.err()).isZero();
        assertThat(dispatches.status(SLUG)).contains("\"worker_gone\"");
        assertThat(ProcessHandle.of(stranger.pid()).filter(ProcessHandle::isAlive)).isPresent();
    }

    @Test
    void whatIsSaidAroundTheEndOfRunsIsToldOnceAndInOrder() throws Exception {
        talk(20);
    }

    @Test
    @Tag("slow")
    void whatIsSaidAroundTheEndOfRunsIsToldOnceAndInOrderAHundredTimes() throws Exception {
        talk(100);
    }

    private void talk(int rounds) throws Exception {
        var operator = dispatches.operator();
        dispatches.worker("cat >> " + heard() + "\n");
        operator.publish(".reeve/prompt.md", "{{#follow_ups}}\n{{text}}\n{{/follow_ups}}\n");
        operator.publish(".reeve.yml", operator.read(".reeve.yml")
                .replace("worker: {",
                        "worker: {template: .reeve/prompt.md, "));
        var seed = System.nanoTime();
        var random = new Random(seed);
        var said = new ArrayList<String>();
        for (int round = 0; round < rounds; round++) {
            said.add("text " + round);
            assertThat(operator.run("update", SLUG, "-m", "text " + round).exit()).isZero();
            // Not a wait for anything: the next one comes at any moment of a run.
            var _ = new CountDownLatch(1).await(random.nextInt(LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS);
        }
        until(() -> pending().isEmpty() && nobodyIsAtIt());
        assertThat(lines().stream().filter(line -> line.startsWith("text")).toList()).as("seed " + seed)
                .isEqualTo(said);
    }

    @Test
    void onAFullDiskNothingIsStartedOrLeftClaimed() throws Exception {
        dispatches.worker("touch " + dispatches.operator().folder() + "/ran\n");
        dispatches.operator().publish("tasks/fix-login.md", task("ready") + "long ".repeat(40_000));
        for (int kilobytes : new int[]{0, 64}) {
            try (var full = AgentChild.onAFullDisk(dispatches.operator(), kilobytes, "dispatch", SLUG, "--force")) {
                assertThat(full.rest()).as(kilobytes + " kB")
                        .singleElement()
                        .asString()
                        .startsWith("reeve: fix-login could not be started: ")
                        .endsWith("; nothing is left claimed");
                assertThat(full.exitCode()).isEqualTo(1);
            }
            assertThat(dispatches.operator().run("register", "list").out()).doesNotContain(SLUG);
        }
        assertThat(dispatches.operator().folder().resolve("ran")).doesNotExist();

        assertThat(dispatches.dispatch(SLUG, "--force").exit()).isZero();

        dispatches.awaitEnd(SLUG);
        assertThat(dispatches.operator().folder().resolve("ran")).exists();
    }

    private List<FollowUp> pending() throws IOException {
        return new RunHistory(new StateFolder(dispatches.operator().checkout(), InstantSource.system()),
                TasksRoot.DEFAULT).pending(new Slug(SLUG));
    }

    private boolean nobodyIsAtIt() throws IOException {
        var free = new RunLocks(new StateFolder(dispatches.operator().checkout(), InstantSource.system()))
                .run(new Slug(SLUG), Duration.ZERO);
        if (free.isPresent()) {
            free.get().close();
        }
        return free.isPresent();
    }
}
