package dev.reeve.cli;

import dev.reeve.kit.FakePull;
import dev.reeve.model.Bucket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three tasks through {@code reeve run}: one ends with a pull request and is merged, one fails until its budget is spent, one is told something in between. What the operator sees after each step is kept in
 * {@code target/three-tasks.txt}.
 */
class ThreeTasksTest {

    private static final Path RECORD = Path.of("target/three-tasks.txt");

    @TempDir
    private Path folder;
    private Dispatches dispatches;
    private final StringBuilder record = new StringBuilder();

    @BeforeEach
    void threeTasks() {
        dispatches = new Dispatches(folder);
        var operator = dispatches.operator();
        operator.publish("tasks/fix-login.md", task("cancelled"));
        operator.publish("tasks/add-search.md", task("ready", "priority: p0"));
        operator.publish("tasks/pay-by-card.md", task("ready", "priority: p1"));
        operator.publish("tasks/translate.md", task("ready", "priority: p2"));
        operator.publish(".reeve.yml", """
                owners: {dave: {}, rj: {}}
                dispatch: {max_per_cycle: 3, retry_cooldown: 1s, max_attempts: 2}
                worker: {command: [%s]}
                """.formatted(operator.folder().resolve("worker.sh")));
    }

    @AfterEach
    void end() {
        dispatches.close();
    }

    @Test
    void oneIsMergedOneSpendsItsBudgetOneIsToldSomething() throws Exception {
        dispatches
                .worker("""
                        prompt=$(cat)
                        case $REEVE_TASK in
                        add-search)
                            %s git push -q origin HEAD:task/add-search HEAD:refs/pull/12/head
                            echo '{"outcome":"completed_with_pr","summary":"search by title and text","pr_url":"https://github.com/acme/shop/pull/12"}' > $REEVE_RESULT_FILE ;;
                        pay-by-card)
                            echo "cannot reach the bank"; exit 1 ;;
                        translate)
                            if [[ $prompt == *"into French"* ]]; then
                                echo '{"outcome":"needs_review_fix","summary":"translated into French"}' > $REEVE_RESULT_FILE
                            else
                                echo '{"outcome":"blocked","summary":"into which language?"}' > $REEVE_RESULT_FILE
                            fi ;;
                        esac
                        """
                        .formatted(Dispatches.COMMIT));
        var agent = new RunningAgent(dispatches.operator());
        try (agent) {
            agent.every(Duration.ofMillis(500), () -> {}, agent.dispatches());
            dispatches.awaitEnd("add-search");
            dispatches.awaitEnd("translate");
            var pull = opened();
            agent.awaitSeen(cycle -> cycle.beat().tasks().toString().contains("number=12"));
            step("add-search has opened a pull request, pay-by-card has failed, translate asks something");
            told();
            agent.awaitSeen(cycle -> cycle.beat().tasks().toString().contains("2 of 2 attempts are used"));
            step("translate was told something, pay-by-card has spent its budget");
            merged(pull);
            agent.awaitSeen(cycle -> cycle.beat().counts().getOrDefault(Bucket.DONE, 0) == 2);
            step("the pull request is merged");
            assertThat(agent.stop()).isTrue();
        }
        record.append("\nWhat the agent printed\n").append(agent.printed().indent(4));
        Files.createDirectories(RECORD.resolveSibling("."));
        Files.writeString(RECORD, record.toString().replace(folder.toRealPath().toString(), "…"));
    }

    private FakePull opened() {
        return dispatches.operator().pull(12, "add-search");
    }

    private void told() {
        var ran = dispatches.operator().run("update", "translate", "-m", "into French");
        record.append("\n$ reeve update translate -m 'into French'\n").append(ran.out().indent(4));
        assertThat(ran.exit()).as(ran.err()).isZero();
        dispatches.await("translate", "translated into French");
    }

    private void merged(FakePull pull) {
        pull.merge();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> dispatches.operator().read("tasks/add-search.md").contains("status: completed"));
    }

    private void step(String what) throws IOException {
        var status = dispatches.operator().run("status");
        assertThat(status.exit()).isZero();
        record.append("\n").append(what).append("\n$ reeve status\n").append(status.out().indent(4));
    }
}
