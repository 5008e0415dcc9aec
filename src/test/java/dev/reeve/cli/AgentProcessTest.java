package dev.reeve.cli;

import dev.reeve.kit.JsonSchema;
import dev.reeve.model.OwnerKey;
import dev.reeve.store.BeatLocks;
import dev.reeve.store.StateFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;

import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** The agent as the process that it is: started, refused, stopped, killed. */
@Timeout(300)
class AgentProcessTest {

    private static final Path SCHEMA = Path.of("docs/snapshot.schema.json");
    private static final String SNAPSHOT = "task-manager-dave.snapshot.json";
    private static final int LONGEST_LIFE_MILLIS = 400;

    @TempDir
    private Path folder;
    private Operator operator;

    @BeforeEach
    void sitDown() {
        operator = new Operator(folder, Instant.now());
    }

    @AfterEach
    void leave() {
        operator.close();
    }

    private void nothingIsLeftBehind() throws IOException {
        assertThat(operator.stateFiles()).noneMatch(name -> name.endsWith(".reeve-tmp") || name.contains("corrupt"));
        assertThat(JsonSchema.faults(SCHEMA, operator.state(SNAPSHOT))).isEmpty();
        var locks = new BeatLocks(new StateFolder(operator.checkout(), InstantSource.system()), new OwnerKey("dave"));
        try (var agent = locks.agent().orElseThrow(); var cycle = locks.cycle(Duration.ZERO).orElseThrow()) {
            assertThat(agent).isNotSameAs(cycle);
        }
    }

    @Test
    void itReconcilesThenBeatsUntilItIsToldToEndWhichIsNoFailure() throws Exception {
        operator.pull(12, "fix-login").merge();
        try (var agent = AgentChild.reeve(operator, "run")) {
            assertThat(agent.awaitLine("fix-login")).startsWith("completed  fix-login  PR #12 merged");
            assertThat(agent.awaitLine("dave on ")).contains("cycle 1");

            assertThat(agent.terminate().exitCode()).isZero();
            assertThat(agent.rest()).noneMatch(line -> line.contains("Exception") || line.startsWith("reeve: "));
        }
        assertThat(operator.seen("dave").bucket("fix-login")).isEqualTo("done");
        nothingIsLeftBehind();
    }

    @Test
    void oneAgentRunsForAnOwnerHoweverTheNameIsSpelledAndOthersBesideIt() throws Exception {
        try (var agent = AgentChild.reeve(operator, "run");
                var others = AgentChild.reeve(operator, "run", "--owner", "rj")) {
            agent.awaitLine("dave on ");
            others.awaitLine("rj on ");
            operator.pull(12, "fix-login").merge();

            var second = operator.run("run", "--owner", "@D.ave");

            assertThat(second).isEqualTo(new Terminal.Ran(1, "",
                    "reeve: an agent of dave runs in this checkout already; reeve status shows what it sees\n"));
            assertThat(operator.read("tasks/fix-login.md")).as("nothing was reconciled").isEqualTo(task("ready"));
            assertThat(operator.run("heartbeat").exit()).isEqualTo(1);
            assertThat(operator.run("heartbeat", "--once").exit()).as("one beat between the agent's").isZero();
            assertThat(agent.terminate().exitCode()).isZero();
            assertThat(others.terminate().exitCode()).isZero();
        }
        nothingIsLeftBehind();
    }

    @Test
    void aSignalEndsItAtOnceAlthoughGitHubHangsAtTheStart() throws Exception {
        var gate = operator.gitHub().gate(".*");
        try (var agent = AgentChild.reeve(operator, "run")) {
            gate.awaitArrival();
            assertThat(agent.terminate().exitCode()).isZero();
        }
        gate.open();
        try (var next = AgentChild.reeve(operator, "run")) {
            next.awaitLine("dave on ");
            assertThat(next.terminate().exitCode()).isZero();
        }
        nothingIsLeftBehind();
    }

    @Test
    void whatAHeartbeatFindsMergedIsCompletedByTheAgentSoonAfter() throws Exception {
        operator.pull(12, "fix-login").merge();
        try (var agent = AgentChild.reeve(operator, "run", "--no-reconcile")) {
            agent.awaitLine("completed  fix-login");
            agent.terminate().exitCode();
        }
        assertThat(operator.read("tasks/fix-login.md")).contains("status: completed");
    }

    @Test
    void killedAtAnyMomentItLeavesAWholeSnapshotAndTheNextOneStartsAtOnce() throws Exception {
        killAgainAndAgain(3);
    }

    @Test
    @Tag("slow")
    void killedAtAnyMomentAgainAndAgain() throws Exception {
        killAgainAndAgain(20);
    }

    /** One that beats without a pause, so that most kills meet a cycle in the middle. */
    private void killAgainAndAgain(int rounds) throws Exception {
        var commit = operator.remote().commit("main");
        for (int i = 0; i < 300; i++) {
            commit.file("tasks/m1/task-" + i + ".md", task(i % 2 == 0 ? "ready" : "completed"));
        }
        commit.push("Plan");
        operator.git("pull", "--quiet");
        operator.with("TASK_MANAGER_PR_CI_CHECK", "0");
        long seed = System.nanoTime();
        var random = new Random(seed);
        int last = 0;
        for (int round = 0; round < rounds; round++) {
            operator.register("dave", "task-1", folder.resolve("gone"));
            try (var agent = AgentChild.withoutPause(operator)) {
                int first = number(agent.awaitLine("cycle "));
                assertThat(first).as("seed %d", seed).isGreaterThan(last);
                agent.killAfter(Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS))).exitCode();
                last = agent.rest()
                        .stream()
                        .filter(line -> line.matches("cycle \\d+"))
                        .mapToInt(
                                AgentProcessTest::number)
                        .max()
                        .orElse(first);
            }
            var snapshot = operator.state(SNAPSHOT);
            assertThat(JsonSchema.faults(SCHEMA, snapshot)).as("seed %d", seed).isEmpty();
            assertThat(Seen.in(snapshot).json().path("cycle").asInt()).as("seed %d", seed).isBetween(last, last + 1);
            assertThat(Seen.in(snapshot).json().path("tasks")).hasSize(301);
        }
        operator.beat();
        nothingIsLeftBehind();
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring("cycle ".length()));
    }

    /** With the shortest interval that can be configured. */
    @Test
    @Tag("slow")
    void aHeartbeatLeavesAMergedTaskAndBeatsAgainAfterTheInterval() throws Exception {
        operator.publish(".reeve.yml", "heartbeat: {interval: 10s}\n");
        operator.pull(12, "fix-login").merge();
        try (var beating = AgentChild.reeve(operator, "heartbeat", "--no-reconcile")) {
            beating.awaitLine("dave on ");
            assertThat(beating.awaitLine("cycle 2")).contains("1 waiting");
            assertThat(beating.awaitLine("cycle 3")).contains("1 waiting");
            assertThat(beating.terminate().exitCode()).isZero();
        }
        assertThat(operator.read("tasks/fix-login.md")).isEqualTo(task("ready"));
        nothingIsLeftBehind();
    }
}
