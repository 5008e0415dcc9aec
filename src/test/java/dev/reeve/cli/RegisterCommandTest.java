package dev.reeve.cli;

import dev.reeve.kit.JsonSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;

import static dev.reeve.cli.Operator.entry;
import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** How the register is shown, tidied, and mended by hand. */
class RegisterCommandTest {

    private static final String REGISTER = "task-manager-dave.register.json";

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

    private Terminal.Ran register(String... arguments) {
        return operator.run(Stream.concat(Stream.of("register"),
                Arrays.stream(arguments)).toArray(String[]::new));
    }

    @Test
    void whatIsClaimedIsListedWithWhatIsKnownOfIt() {
        operator.state(REGISTER,
                "{\"schema\":1,\"entries\":{\"fix-login\":{\"slug\":\"fix-login\",\"worktree_path\":\"/w/fix\",\"branch\":\"task/fix-login\",\"attempts\":2,\"pr_number\":12,\"registered_at\":\"2026-03-27T10:00:00Z\"},\"cache\":{\"slug\":\"cache\"}}}");
        operator.register("rj", "other", Path.of("/w/other"));

        assertThat(register("list").lines()).containsExactly(
                "fix-login  dave  task/fix-login  #12  attempt 2  2026-03-27T10:00:00Z  /w/fix",
                "cache      dave  -               -    attempt 0  -                     -");
        assertThat(register("list", "--all").out()).contains("fix-login", "other      rj ");
        assertThat(register("list", "--owner", "rj").lines()).singleElement().asString().startsWith("other  rj");
        assertThat(Seen.in(register("list", "--format", "json").out()).json().toString()).isEqualTo(
                "{\"entries\":[{\"slug\":\"fix-login\",\"owner\":\"dave\",\"branch\":\"task/fix-login\",\"worktree_path\":\"/w/fix\",\"since\":\"2026-03-27T10:00:00Z\",\"attempts\":2,\"pr_number\":12},"
                        + "{\"slug\":\"cache\",\"owner\":\"dave\",\"attempts\":0}],\"signals\":[]}");
    }

    @Test
    void whereNothingIsRegisteredThatIsSaidAndNoStateIsMade() {
        assertThat(register("list")).isEqualTo(new Terminal.Ran(0, "nothing is registered\n", ""));
        assertThat(register("prune")).isEqualTo(new Terminal.Ran(0, "nothing is registered\n", ""));
        assertThat(JsonSchema.faults(Path.of("docs/reconcile.schema.json"),
                register("prune", "--format", "json").out())).isEmpty();
        assertThat(operator.checkout().resolve(".tasks")).doesNotExist();
    }

    @Test
    void aRegisterThatCantBeReadIsNoEmptyOne() {
        operator.state(REGISTER, "{\"schema\":1,");

        assertThat(register("list")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).startsWith("reeve: .tasks/task_manager/" + REGISTER).hasLineCount(1);
        });
        assertThat(register("list", "--format", "json")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).isEmpty();
            assertThat(Seen.in(ran.out()).signals()).containsExactly("state_file_corrupt");
        });
        for (var way : new String[][]{{"prune"}, {"prune", "fix-login", "--force"}}) {
            assertThat(register(way)).satisfies(ran -> {
                assertThat(ran.exit()).isEqualTo(1);
                assertThat(ran.err()).contains(REGISTER).hasLineCount(1);
            });
        }
        assertThat(operator.state(REGISTER)).isEqualTo("{\"schema\":1,");
        operator.state(REGISTER, "{\"schema\":9}");
        assertThat(register("prune").exit()).isEqualTo(1);
        assertThat(operator.state(REGISTER)).isEqualTo("{\"schema\":9}");
    }

    @Test
    void pruningTakesOutWhatIsOverAndSaysWhyTheRestStays() {
        operator.publish("tasks/over.md", task("completed"));
        operator.publish("tasks/dirty.md", task("completed"));
        var dirty = operator.worktree("dirty");
        Operator.write(dirty.resolve("half-done.txt"), "not saved anywhere\n");
        operator.dispatched("over", "{\"state\":\"exited\",\"exit_code\":0}");
        operator.state(REGISTER, "{\"schema\":1,\"entries\":{" + entry("over", folder.resolve("gone")) + ","
                + entry("dirty", dirty) + "," + entry("fix-login", operator.worktree("fix-login")) + "}}");
        var before = operator.everything();

        assertThat(register("prune", "--dry-run").out()).contains("pruned", "over", "1 change would be made");
        assertThat(operator.everything()).isEqualTo(before);
        var ran = register("prune");

        assertThat(ran.exit()).isZero();
        assertThat(ran.lines()).anyMatch(line -> line.matches("pruned +over +.*"))
                .anyMatch(line -> line.matches("(register_orphan|skipped) +dirty +.*uncommitted.*"));
        assertThat(operator.state(REGISTER)).contains("dirty", "fix-login").doesNotContain("\"over\"");
        assertThat(operator.checkout().resolve("tasks/logs/dispatch-over.status.json")).exists();
        assertThat(operator.read("tasks/fix-login.md")).isEqualTo(task("ready"));
    }

    @Test
    void aSlugThatIsNotRegisteredIsWrongUsage() {
        operator.register("dave", "fix-login", Path.of("/nowhere"));
        var before = operator.state(REGISTER);

        for (var way : new String[][]{{"prune", "cache"}, {"prune", "cache", "--force"},
                {"prune", "fix-login", "cache", "--force"}}) {
            assertThat(register(way)).isEqualTo(new Terminal.Ran(2, "",
                    "reeve: cache is not in the register of dave: reeve register list shows what is\n"));
        }
        assertThat(operator.state(REGISTER)).isEqualTo(before);
    }

    @Test
    void byForceANamedEntryGoesWhateverItSaysAndItsWorktreeStays() {
        var worktree = operator.worktree("fix-login");
        operator.commitIn(worktree, "unpushed.txt");
        operator.state(REGISTER, "{\"schema\":1,\"entries\":{" + entry("fix-login", worktree) + ","
                + entry("cache", folder.resolve("gone")) + "}}");
        operator.dispatched("fix-login", "{\"run_id\":\"r1\",\"state\":\"exited\",\"exit_code\":0}");
        assertThat(register("prune", "fix-login").out()).doesNotContain("pruned ");

        var ran = register("prune", "fix-login", "fix-login", "--force");

        assertThat(ran.lines()).containsExactly("pruned  fix-login  by force", "1 task looked at: 1 change made");
        assertThat(operator.state(REGISTER)).contains("cache").doesNotContain("fix-login");
        assertThat(worktree.resolve("unpushed.txt")).exists();
    }

    @Test
    void forceIsRefusedWhileAWorkerIsAtOneOfThem() {
        operator.state(REGISTER, "{\"schema\":1,\"entries\":{" + entry("cache", folder.resolve("gone")) + ","
                + entry("fix-login", operator.worktree("fix-login")) + "}}");
        var before = operator.state(REGISTER);

        try (var worker = LiveProcess.start()) {
            operator.dispatched("fix-login", "{\"run_id\":\"r1\",\"state\":\"running\"," + worker.keys() + "}");
            assertThat(register("prune", "cache", "fix-login", "--force")).isEqualTo(new Terminal.Ran(1, "",
                    "reeve: a worker is at fix-login, or may be: its entry stays\n"));
        }
        operator.dispatched("fix-login", "{\"run_id\"");
        assertThat(register("prune", "fix-login", "--force").exit()).as("nobody knows").isEqualTo(1);

        assertThat(operator.state(REGISTER)).isEqualTo(before);
    }

    @Test
    void forceNeedsNamesAndIsNoDryRun() {
        operator.register("dave", "fix-login", Path.of("/nowhere"));

        for (var way : new String[][]{{"prune", "--force"}, {"prune", "fix-login", "--force", "--dry-run"}}) {
            assertThat(register(way)).satisfies(ran -> {
                assertThat(ran.exit()).isEqualTo(2);
                assertThat(ran.err()).contains("--force needs the SLUGs that are meant");
            });
        }
        assertThat(operator.state(REGISTER)).contains("fix-login");
    }
}
