package dev.reeve.cli;

import dev.reeve.kit.JsonSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** How a single heartbeat is called and what it prints around what it saw. */
class HeartbeatCommandTest {

    private static final Path SCHEMA = Path.of("docs/status.schema.json");
    private static final String SNAPSHOT = "task-manager-dave.snapshot.json";

    @TempDir
    private Path folder;
    private Operator operator;

    @BeforeEach
    void sitDown() {
        operator = new Operator(folder, Instant.now());
    }

    @AfterEach
    void leave() {
        var violations = operator.gitHub().violations();
        operator.close();
        assertThat(violations).isEmpty();
    }

    @Test
    void whatTheReconcileBeforeItDidComesFirst() {
        operator.pull(12, "fix-login").merge();

        var ran = operator.run("heartbeat", "--once");

        assertThat(ran.lines()).startsWith("completed  fix-login  PR #12 merged "
                + Instant.now().toString().substring(0, 10) + " by rj");
        assertThat(ran.lines().get(1)).contains("yours to commit: tasks/fix-login.md");
        assertThat(ran.lines().get(2)).startsWith("dave on ");
    }

    @Test
    void jsonIsOneDocumentWhateverWasReconciled() {
        operator.publish("tasks/over.md", task("completed"));
        operator.register("dave", "over", folder.resolve("gone"));
        operator.pull(12, "fix-login").merge();

        var first = operator.run("heartbeat", "--once", "--format", "json");

        assertThat(first.exit()).isZero();
        assertThat(JsonSchema.faults(SCHEMA, first.out())).isEmpty();
        var reconciled = Seen.in(first.out()).json().path("reconciled");
        assertThat(JsonSchema.faults(Path.of("docs/reconcile.schema.json"), reconciled.toString())).isEmpty();
        assertThat(reconciled.path("changes")).isNotEmpty();

        operator.register("dave", "over", folder.resolve("gone"));
        var second = operator.run("heartbeat", "--once", "--no-reconcile", "--format", "json");

        assertThat(JsonSchema.faults(SCHEMA, second.out())).isEmpty();
        assertThat(Seen.in(second.out()).json().path("pruned")).singleElement()
                .satisfies(entry -> assertThat(entry.path("slug").asText()).isEqualTo("over"));
        assertThat(Seen.in(second.out()).json().has("reconciled")).isFalse();
    }

    @Test
    void whatItPrunedIsTold() {
        operator.publish("tasks/over.md", task("completed"));
        operator.register("dave", "over", folder.resolve("gone"));

        assertThat(operator.run("heartbeat", "--once", "--no-reconcile").lines())
                .anyMatch(line -> line.startsWith("  pruned from the register: over, "));
    }

    @Test
    void jsonIsForOneHeartbeat() {
        assertThat(operator.run("heartbeat", "--format", "json")).isEqualTo(
                new Terminal.Ran(2, "", "reeve: --format json is for one heartbeat: add --once\n"));
        assertThat(operator.checkout().resolve(".tasks")).doesNotExist();
    }

    @Test
    void theReconcilesFailureKeepsNothingFromGoingOn() {
        operator.server().failWith(Optional.of(503));

        var ran = operator.run("heartbeat", "--once");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("fetch the default branch");
        assertThat(operator.seen("dave").bucket("fix-login")).isEqualTo("ready");
    }

    @Test
    void whereOnlyTheServerCanPublishNothingIsReconciledAndThatIsSaid() {
        operator.publish(".reeve.yml", "reconcile: {publish: pull-request}\n");
        operator.pull(12, "fix-login").merge();

        var ran = operator.run("heartbeat", "--once");

        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("publish is pull-request");
        assertThat(operator.read("tasks/fix-login.md")).isEqualTo(task("ready"));
        assertThat(operator.seen("dave").bucket("fix-login")).isEqualTo("waiting");
    }

    @Test
    void aSnapshotThatWasDamagedIsSetAsideWhichIsSaidAndTheCyclesCountAnew() {
        operator.beat();
        operator.state(SNAPSHOT, "{\"schema\":1,");

        var ran = operator.run("heartbeat", "--once", "--no-reconcile");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("state_file_corrupt", "was set aside as");
        assertThat(operator.seen("dave").text("cycle")).isEqualTo("1");
        assertThat(operator.stateFiles()).anyMatch(name -> name.startsWith(SNAPSHOT + ".corrupt-"));
    }

    @Test
    void aSnapshotOfANewerReeveIsLeftAndTheHeartbeatFails() {
        operator.state(SNAPSHOT, "{\"schema\":99}");

        var ran = operator.run("heartbeat", "--once", "--no-reconcile");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("newer").doesNotContain("Exception", "--debug");
        assertThat(operator.state(SNAPSHOT)).isEqualTo("{\"schema\":99}");
    }

    @Test
    void theSnapshotsCountTheHeartbeatsOfAnOwner() {
        operator.beat();
        operator.beat();
        operator.with("TASK_MANAGER_OWNER", "rj").beatAs("rj");

        assertThat(operator.seen("dave").text("cycle")).isEqualTo("2");
        assertThat(operator.seen("rj").text("cycle")).isEqualTo("1");
    }
}
