package dev.reeve.cli;

import dev.reeve.kit.GitRepositories;
import dev.reeve.kit.JsonSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import static dev.reeve.cli.Operator.MARCH;
import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** How {@code reeve reconcile} is called, what it prints, and in what checkouts it works. */
class ReconcileCommandTest {

    private static final Path SCHEMA = Path.of("docs/reconcile.schema.json");

    @TempDir
    private Path folder;
    private Operator operator;

    @BeforeEach
    void sitDown() {
        operator = new Operator(folder, MARCH);
    }

    @AfterEach
    void leave() {
        var violations = operator.gitHub().violations();
        operator.close();
        assertThat(violations).isEmpty();
    }

    @Test
    void aDryRunPrintsThePlanAndWritesNothing() {
        var worktree = operator.worktree("fix-login");
        operator.register("dave", "fix-login", worktree);
        operator.dispatched("fix-login", "{\"state\":\"exited\",\"pid\":1,\"exit_code\":0}");
        operator.state("task-manager-Dave_.register.json", "{}");
        operator.pull(12, "fix-login").merge();
        var before = operator.everything();

        var all = operator.reconcile("--dry-run");
        var named = operator.reconcile("fix-login", "--dry-run");

        assertThat(all.lines()).containsExactly("completed  fix-login  PR #12 merged 2026-03-27 by rj",
                "pruned     fix-login  PR #12 is merged",
                "archived   fix-login  dispatch files of a completed task",
                "1 task looked at: 3 changes would be made");
        assertThat(named.lines()).isEqualTo(all.lines());
        assertThat(operator.everything()).isEqualTo(before);
    }

    @Test
    void aDryRunOfACheckoutWithoutStateMakesNone() {
        var before = operator.everything();

        assertThat(operator.reconcile("--dry-run", "fix-login").exit()).isZero();
        assertThat(operator.reconcile("--dry-run").exit()).isZero();

        assertThat(operator.everything()).isEqualTo(before);
        assertThat(operator.checkout().resolve(".tasks")).doesNotExist();
    }

    @Test
    void jsonSaysTheSameAndFitsItsSchema() {
        var worktree = operator.worktree("fix-login");
        operator.register("dave", "fix-login", worktree);
        operator.publish("tasks/other.md", task("in_progress"));
        operator.write("tasks/other.md", task("in_progress", "milestone: x"));
        operator.write("tasks/broken.md", "---\ntitle: a\nstatus: nonsense\n---\n");
        operator.state("task-manager-erin.register.json", "{\"schema\":9}");
        operator.pull(12, "fix-login").merge();

        var ran = operator.reconcile("--format", "json", "--idle-seconds", "0");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(JsonSchema.faults(SCHEMA, ran.out())).isEmpty();
        assertThat(ran.out()).contains("\"verb\" : \"completed\"", "\"file\" : \"tasks/fix-login.md\"",
                "\"pull_request\" : 12",
                "\"kind\" : \"skipped\"", "\"kind\" : \"invalid_status\"", "\"place\" : \"tasks/broken.md:3:9\"",
                "\"step\" : \"read a register\"");
        assertThat(JsonSchema.faults(SCHEMA, operator.reconcile("--format", "json", "--dry-run").out())).isEmpty();
        assertThat(JsonSchema.faults(SCHEMA, ran.out().replace("\"completed\"", "\"made\"")))
                .as("the check can fail")
                .isNotEmpty();
    }

    @Test
    void aSlugThatIsNowhereIsAnErrorThatSuggestsWhatWasMeant() {
        operator.reconcile("--owner", "erin");
        var before = operator.everything();

        assertThat(operator.reconcile("fix-logn"))
                .isEqualTo(new Terminal.Ran(2, "", "reeve: there is no task fix-logn: did you mean fix-login?\n"));
        assertThat(operator.reconcile("fix-login", "quite-something-else").err())
                .isEqualTo("reeve: there is no task quite-something-else in this checkout\n");
        assertThat(operator.everything()).isEqualTo(before);
    }

    @Test
    void aTaskIsKnownByItsRegisterEntryOrOnTheDefaultBranchAlone() {
        operator.remote().commit("main").file("tasks/new/later.md", task("ready")).push("Plan");
        operator.register("dave", "fix-logn", Path.of("/nowhere"));

        assertThat(operator.reconcile("later").lines()).containsExactly("1 task looked at: nothing to do");
        assertThat(operator.reconcile("fix-logn").out()).contains("pruned  fix-logn  the task is gone");
    }

    @Test
    void wrongUsageAndConfigurationAreRefusedBeforeAnythingIsDone() {
        assertThat(operator.reconcile("../etc").err()).contains("is no slug");
        assertThat(operator.reconcile("--idle-seconds", "-1")).extracting(Terminal.Ran::exit).isEqualTo(2);
        assertThat(operator.reconcile("--idle-seconds", "x").exit()).isEqualTo(2);
        assertThat(operator.reconcile("--owner", "///").err()).contains("is not a name");
        operator.write(".reeve.yml", "reconcile: {publish: pull-request}\n");
        assertThat(operator.reconcile()).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("pull-request, which the server does");
        });
        operator.write(".reeve.yml", "tsks: x\n");
        assertThat(operator.reconcile().err()).contains(".reeve.yml:1:1", "tasks");
        assertThat(operator.checkout().resolve(".tasks")).doesNotExist();
    }

    @Test
    void allTasksCostOneRequestToGitHubAndNamedOnesOneEach() {
        var commit = operator.remote().commit("main");
        for (int i = 0; i < 30; i++) {
            commit.file("tasks/m1/task-" + i + ".md", task(i % 2 == 0 ? "ready" : "in_progress"));
        }
        commit.push("Plan");
        operator.git("pull", "--quiet");
        operator.pull(12, "fix-login").merge();
        operator.pull(13, "task-3");

        assertThat(operator.reconcile("--idle-seconds", "0", "--dry-run").out()).contains("completed  fix-login",
                "demoted    task-1 ").doesNotContain("task-3 ");
        assertThat(operator.gitHub().requests()).hasSize(1);
        operator.reconcile("task-1", "--dry-run");
        assertThat(operator.gitHub().requests()).hasSize(2);
    }

    @Test
    void whatGitHubCouldNotBeAskedIsSaidOnce() {
        operator.publish("tasks/other.md", task("ready"));
        operator.without("GITHUB_TOKEN").with("TASK_MANAGER_PR_CI_CHECK", "0");

        assertThat(operator.reconcile().lines()).containsExactly(
                "lookup_failed  -  GitHub could not be asked: asking is switched off (TASK_MANAGER_PR_CI_CHECK=0) (2 tasks)",
                "2 tasks looked at: nothing to do");
    }

    @Test
    void anAnswerOfGitHubThatFailsLeavesTheRestRunning() {
        operator.register("dave", "gone", Path.of("/nowhere"));
        operator.with("GITHUB_TOKEN", "ghp_revoked");

        var ran = operator.reconcile();

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("lookup_failed", "pruned").doesNotContain("ghp_revoked");
    }

    @Test
    void offlineTheLastFetchedStateIsUsedAndTheFailureIsTold() {
        operator.register("dave", "gone", Path.of("/nowhere"));
        operator.server().failWith(Optional.of(503));

        var ran = operator.reconcile();

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).containsPattern("failed +- +fetch the default branch: ").contains("pruned  gone ");
    }

    @Test
    void inALinkedWorktreeItIsTheMainCheckoutThatIsMadeTrue() {
        var worktree = operator.worktree("fix-login");
        operator.register("dave", "gone", Path.of("/nowhere"));
        operator.pull(12, "fix-login").merge();

        assertThat(operator.reconcileIn(worktree.resolve("tasks")).out()).contains("completed", "pruned     gone");
        assertThat(operator.read("tasks/fix-login.md")).contains("status: completed");
        assertThat(worktree.resolve("tasks/fix-login.md")).content().isEqualTo(task("ready"));
        assertThat(worktree.resolve(".tasks")).doesNotExist();
    }

    @Test
    void aDetachedHeadAndAnotherBranchAreWorkedIn() {
        operator.pull(12, "fix-login").merge();
        operator.git("checkout", "--quiet", "--detach");
        assertThat(operator.reconcile("--dry-run").out()).contains("completed");
        operator.git("checkout", "--quiet", "-b", "mine");
        assertThat(operator.reconcile().out()).contains("completed");
        assertThat(operator.git("rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("mine");
    }

    @Test
    void withoutARemoteWhatIsCheckedOutCounts() {
        operator.git("remote", "remove", "origin");
        operator.register("dave", "gone", Path.of("/nowhere"));

        assertThat(operator.reconcile()).satisfies(ran -> {
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).contains("pruned", "it is no repository on GitHub");
        });
    }

    @Test
    void anEmptyRepositoryHasNothingToDo() throws IOException {
        var empty = Files.createDirectory(folder.resolve("empty"));
        GitRepositories.git(empty, "init", "--quiet", "--initial-branch=main");

        assertThat(operator.reconcileIn(empty))
                .isEqualTo(new Terminal.Ran(0, "0 tasks looked at: nothing to do\n", ""));
        Operator.write(empty.resolve("tasks/first.md"), task("in_progress"));
        assertThat(operator.reconcileIn(empty, "first").exit()).isZero();
    }

    @Test
    void aBareRepositoryAndNoneAreRefused() throws IOException {
        assertThat(operator.reconcileIn(operator.remote().path())).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("is not in the checkout of a git repository");
        });
        var broken = folder.resolve("broken");
        Files.createDirectories(broken.resolve(".git"));
        assertThat(operator.reconcileIn(broken)).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).startsWith("reeve: git can't use ").hasLineCount(1);
        });
    }

    @Test
    void hostileNamesInRegistersAndTasksDoNoHarm() {
        operator.state("task-manager-dave.register.json",
                "{\"schema\":1,\"entries\":{\"fix-login\":{\"slug\":\"fix-login\",\"worktree_path\":\"../..\\u0000\\n\",\"branch\":\"--upload-pack=x\"}}}");
        operator.publish("tasks/other.md", task("ready", "branch: \"-rf/../x\""));

        var ran = operator.reconcile();

        assertThat(ran.out()).doesNotContain("\0").contains("invalid_frontmatter");
        assertThat(ran.exit()).isZero();
    }
}
