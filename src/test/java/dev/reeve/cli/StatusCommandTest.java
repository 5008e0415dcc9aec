package dev.reeve.cli;

import dev.reeve.kit.JsonSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** What {@code reeve status} prints of the last heartbeat, and what it says when there was none. */
class StatusCommandTest {

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

    /** The snapshot looks as if it had been made at another time. */
    private void made(Duration ago) {
        operator.state(SNAPSHOT, operator.state(SNAPSHOT)
                .replaceFirst("\"generated_at\": ?\"[^\"]*\"",
                        "\"generated_at\": \"" + Instant.now().minus(ago) + "\""));
    }

    @Test
    void beforeTheFirstHeartbeatItSaysHowToBegin() {
        assertThat(operator.run("status")).isEqualTo(new Terminal.Ran(1, "",
                "reeve: no heartbeat of dave has been here yet; begin with: reeve heartbeat --once\n"));
        assertThat(operator.checkout().resolve(".tasks")).doesNotExist();
    }

    @Test
    void whereOnlyAnotherOwnersSnapshotIsItIsNamed() {
        operator.with("TASK_MANAGER_OWNER", "rj").beatAs("rj");

        assertThat(operator.run("status", "--owner", "dave").err().lines()).containsExactly(
                "reeve: no heartbeat of dave has been here yet; begin with: reeve heartbeat --once",
                "There is a snapshot of rj: use --owner");
        assertThat(operator.run("status", "--owner", "@R.J").out()).startsWith("rj on ");
    }

    @Test
    void firstWhatNeedsAPersonThenWhatIsGoingOnThenWhatCouldBeBegun() {
        operator.publish("tasks/blocked.md", task("blocked", "priority: p1"));
        operator.publish("tasks/by-hand.md", task("in_progress", "priority: p0"));
        operator.publish("tasks/odd.md", task("nonsense"));
        operator.publish("tasks/over.md", task("completed"));
        operator.write("tasks/Not A Slug.md", task("ready"));
        operator.beat();

        var ran = operator.run("status");

        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.lines().getFirst()).matches("dave on \\S+, \\d+ s ago  cycle 1, took \\d+ ms");
        assertThat(ran.lines().subList(1, ran.lines().size())).map(line -> line.replaceFirst("for \\d+ s$", "for N s"))
                .startsWith("1 needs attention, 1 active, 1 waiting, 1 ready, 0 backlog, 1 done, 0 elsewhere",
                        "",
                        "Needs attention 1",
                        "  odd  invalid_status  tasks/odd.md:4:9: \"nonsense\" is no status; write one of not_started, ready, in_progress, blocked, completed, cancelled",
                        "",
                        "Active 1",
                        "  by-hand  p0  it is in progress by hand",
                        "",
                        "Waiting 1",
                        "  blocked  p1  its status is blocked",
                        "",
                        "Ready 1",
                        "  fix-login  p2  it could be dispatched for N s",
                        "",
                        "Also 1")
                .anySatisfy(line -> assertThat(line).contains("invalid_slug", "tasks/Not A Slug.md"));
    }

    @Test
    void ofManyTheFirstTenAreShownAndTheRestIsCounted() {
        var commit = operator.remote().commit("main");
        for (int i = 0; i < 12; i++) {
            commit.file("tasks/r" + i + ".md", task("ready")).file("tasks/odd" + i + ".md", task("nonsense"));
        }
        commit.push("Plan");
        operator.git("pull", "--quiet");
        operator.beat();

        var ran = operator.run("status");

        assertThat(ran.lines()).contains("Needs attention 12", "Ready 13", "  and 2 more", "  and 3 more");
        assertThat(ran.lines()).filteredOn(line -> line.contains("invalid_status")).hasSize(10);
        assertThat(ran.lines()).filteredOn(line -> line.contains("could be dispatched")).hasSize(10);
    }

    @Test
    void jsonFitsItsSchemaAndSaysTheSameAsTheHeartbeatDid() {
        operator.publish("tasks/by-hand.md", task("in_progress"));
        operator.publish("tasks/odd.md", task("nonsense"));
        operator.write("tasks/Not A Slug.md", task("ready"));
        operator.pull(12, "fix-login");

        var beat = operator.run("heartbeat", "--once", "--no-reconcile", "--format", "json");
        var status = operator.run("status", "--format", "json");

        assertThat(JsonSchema.faults(SCHEMA, status.out())).isEmpty();
        assertThat(JsonSchema.faults(SCHEMA, beat.out())).isEmpty();
        assertThat(JsonSchema.faults(SCHEMA, status.out().replace("\"bucket\"", "\"bocket\""))).isNotEmpty();
        var ofStatus = Seen.in(status.out()).json();
        var ofBeat = Seen.in(beat.out()).json();
        for (var same : new String[]{"owner", "cycle", "generated_at", "counts", "signals", "incidents", "tasks",
                "github"}) {
            assertThat(ofStatus.path(same)).as(same).isEqualTo(ofBeat.path(same));
            assertThat(ofStatus.has(same)).as(same).isTrue();
        }
        assertThat(ofStatus.path("late").asBoolean()).isFalse();
    }

    @Test
    void anOldSnapshotSaysSo() {
        operator.beat();
        made(Duration.ofMinutes(8));
        assertThat(operator.run("status").out()).contains(", 8 min ago").doesNotContain("This is old");

        made(Duration.ofMinutes(10));

        assertThat(operator.run("status").lines()).contains(
                "This is old: a heartbeat is due every 3 min. Start the agent: reeve run");
        assertThat(Seen.in(operator.run("status", "--format", "json").out()).json().path("late").asBoolean()).isTrue();
    }

    @Test
    void aClockThatWasPutBackMakesNoNonsense() {
        operator.beat();
        made(Duration.ofHours(-3).minusMinutes(1));

        assertThat(operator.run("status").out()).contains("by a clock that is 3 h 0 min ahead")
                .doesNotContain("This is old");
        assertThat(JsonSchema.faults(SCHEMA, operator.run("status", "--format", "json").out())).isEmpty();
    }

    @Test
    void colourIsForTerminalsAloneAndNotWhereItIsUnwanted() {
        operator.publish("tasks/odd.md", task("nonsense"));
        operator.beat();

        assertThat(operator.run("status").out()).doesNotContain("\u001b");
        operator.asScreen();
        assertThat(operator.run("status").out()).contains("\u001b[33minvalid_status\u001b[0m");
        assertThat(operator.run("status", "--format", "json").out()).doesNotContain("\u001b");
        operator.with("NO_COLOR", "1");
        assertThat(operator.run("status").out()).doesNotContain("\u001b");
    }

    @Test
    void itReadsTheSnapshotAndTouchesNothingElse() {
        operator.beat();
        int asked = operator.gitHub().requests().size();
        operator.write("tasks/later.md", task("ready"));
        var before = operator.everything();

        assertThat(operator.run("status").out()).doesNotContain("later");

        assertThat(operator.everything()).isEqualTo(before);
        assertThat(operator.gitHub().requests()).hasSize(asked);
    }

    @Test
    void inALinkedWorktreeItIsTheSameQueue() {
        var worktree = operator.worktree("fix-login");
        operator.beat();

        assertThat(operator.runIn(worktree.resolve("tasks"), List.of("status")).lines().subList(1, 3))
                .isEqualTo(operator.run("status").lines().subList(1, 3));
    }

    @Test
    void aSnapshotThatIsDamagedOrOfANewerReeveIsToldAndLeft() {
        operator.state(SNAPSHOT, "{\"schema\":1,");
        assertThat(operator.run("status")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).startsWith("reeve: .tasks/task_manager/" + SNAPSHOT + ":1:")
                    .contains("reeve heartbeat --once")
                    .hasLineCount(1);
        });
        assertThat(operator.state(SNAPSHOT)).isEqualTo("{\"schema\":1,");

        operator.state(SNAPSHOT, "{\"schema\":99}");
        assertThat(operator.run("status")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains("newer").hasLineCount(1);
        });
        operator.state(SNAPSHOT, "{\"counts\":{\"ready\":7}}");
        assertThat(operator.run("status").err()).contains("no heartbeat of dave has been here yet");
    }

    @Test
    void aHostsNameDoesNoHarmToATerminal() {
        operator.beat();
        operator.state(SNAPSHOT, operator.state(SNAPSHOT)
                .replaceFirst("\"host\": ?\"[^\"]*\"", "\"host\": \"\\\\u001b[2Jx\\\\ny\""));

        assertThat(operator.run("status").out()).doesNotContain("\u001b").startsWith("dave on ").contains(" ago");
        assertThat(operator.run("status").lines().getFirst()).contains("cycle 1");
    }
}
