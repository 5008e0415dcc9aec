package dev.reeve.cli;

import dev.reeve.store.ProcessTable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** The agent as it dispatches: what follows its beats. */
class DispatchingAgentTest {

    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private Dispatches dispatches;

    @BeforeEach
    void anOperatorWithWorkers() {
        dispatches = new Dispatches(folder);
        dispatches.operator().publish("tasks/fix-login.md", task("ready", "priority: p2"));
        dispatches.operator().publish("tasks/urgent.md", task("ready", "priority: p0"));
        dispatches.operator().publish("tasks/later.md", task("ready", "priority: p3"));
    }

    @AfterEach
    void end() {
        dispatches.close();
    }

    private void configure(String dispatch) {
        dispatches.operator()
                .publish(".reeve.yml", "owners: {dave: {}}\ndispatch: {" + dispatch + "}\nworker: {command: ["
                        + dispatches.operator().folder().resolve("worker.sh") + "]}\n");
    }

    private static RunningAgent running(Operator operator) throws IOException {
        var agent = new RunningAgent(operator);
        return agent.every(OFTEN, () -> {}, agent.dispatches());
    }

    @Test
    void readyTasksAreStartedByPriorityAsFarAsTheLimitsLet() throws Exception {
        configure("max_per_cycle: 1, max_workers: 2");
        dispatches.waitingWorker("");
        try (var agent = running(dispatches.operator())) {
            dispatches.await("urgent", "\"running\"");
            dispatches.await("fix-login", "\"running\"");
            var seen = agent.awaitSeen(cycle -> cycle.beat().queue().liveWorkers() == 2);
            assertThat(seen.beat().tasks()).anySatisfy(task -> {
                assertThat(task.facts().slug().value()).isEqualTo("later");
                assertThat(task.dispatch().toString()).contains("all workers are busy");
            });
            assertThat(dispatches.status("later")).isEmpty();
            dispatches.release();
            dispatches.awaitEnd("later");
            assertThat(agent.stop()).isTrue();
        }
    }

    @Test
    void workersGoOnWhenTheAgentEndsAndTheNextOneSeesHowTheyEnded() throws Exception {
        configure("max_per_cycle: 3, max_workers: 3");
        dispatches
                .waitingWorker("echo '{\"outcome\":\"blocked\",\"summary\":\"tell me more\"}' > $REEVE_RESULT_FILE\n");
        try (var agent = running(dispatches.operator())) {
            dispatches.await("later", "\"running\"");
            assertThat(agent.stop()).isTrue();
        }
        dispatches.release();
        for (var slug : new String[]{"urgent", "fix-login", "later"}) {
            dispatches.awaitEnd(slug);
        }
        var seen = dispatches.operator().beat();
        assertThat(seen.task("urgent").toString()).contains("blocked", "tell me more");
        assertThat(seen.dispatchable("urgent")).isFalse();
    }

    @Test
    void aTaskThatFailsIsTriedAgainAfterItsRestUntilItsBudgetIsSpent() throws Exception {
        configure("max_per_cycle: 3, retry_cooldown: 0s, max_attempts: 2");
        dispatches.operator().publish("tasks/urgent.md", task("cancelled"));
        dispatches.operator().publish("tasks/later.md", task("cancelled"));
        dispatches.worker("echo run >> " + dispatches.operator().folder().resolve("runs") + "; exit 1\n");
        try (var agent = running(dispatches.operator())) {
            var seen = agent.awaitSeen(cycle -> cycle.beat().tasks().toString().contains("2 of 2 attempts are used"));
            assertThat(seen.beat().tasks()).isNotEmpty();
            assertThat(agent.stop()).isTrue();
        }
        assertThat(dispatches.operator().folder().resolve("runs")).content().hasLineCount(2);
    }

    @Test
    void whatWaitsIsToldToTheNextWorkerByTheAgent() throws Exception {
        configure("max_per_cycle: 0");
        dispatches.operator()
                .write("tasks/logs/dispatch-fix-login.history.jsonl",
                        "{\"at\":\"2026-03-27T10:00:00Z\",\"event\":\"update\",\"id\":\"u1\",\"by\":\"dave\",\"text\":\"use blue\"}\n");
        dispatches.operator().dispatched("fix-login", "{\"run_id\":\"r0\",\"state\":\"failed\",\"exit_code\":1}");
        dispatches.worker("cat\n");
        try (var agent = running(dispatches.operator())) {
            dispatches.awaitLog("fix-login", "use blue");
            assertThat(agent.stop()).isTrue();
        }
    }

    @Test
    void aRunnerThatIsKilledIsBroughtInOrderByTheAgent() throws Exception {
        configure("max_per_cycle: 1, max_workers: 1, retry_cooldown: 1h");
        dispatches.waitingWorker("");
        try (var agent = running(dispatches.operator())) {
            dispatches.await("urgent", "\"running\"");
            long worker = dispatches.number("urgent", "pid");
            ProcessHandle.of(dispatches.number("urgent", "runner_pid")).orElseThrow().destroyForcibly();
            dispatches.await("urgent", "\"worker_gone\"");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> new ProcessTable().identify(worker).isEmpty());
            agent.awaitSeen(cycle -> cycle.beat().tasks().toString().contains("DISPATCH_WORKER_GONE"));
            assertThat(agent.stop()).isTrue();
        }
    }
}
