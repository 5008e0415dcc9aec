package dev.reeve.cli;

import dev.reeve.kit.GitRepositories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import static dev.reeve.cli.Operator.MARCH;
import static dev.reeve.cli.Operator.entry;
import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** What {@code reeve reconcile} does in an operator's checkout, step by step. */
class ReconcileStepsTest {

    private static final String EXITED = "{\"state\":\"exited\",\"pid\":1,\"exit_code\":0}";

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

    private Terminal.Ran done(String... arguments) {
        var ran = operator.reconcile(arguments);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).as(ran.out()).isZero();
        return ran;
    }

    @Test
    void aMergedPullRequestCompletesItsTaskInTheWorkingTreeAndPutsEverythingAway() {
        var worktree = operator.worktree("fix-login");
        operator.register("dave", "fix-login", worktree);
        operator.dispatched("fix-login", EXITED);
        var merge = operator.pull(12, "fix-login").merge();
        operator.remote().delete("task/fix-login");

        assertThat(done("fix-login").lines()).containsExactly(
                "completed  fix-login  PR #12 merged 2026-03-27 by rj",
                "pruned     fix-login  PR #12 is merged",
                "archived   fix-login  dispatch files of a completed task",
                "1 task looked at: 3 changes made; yours to commit: tasks/fix-login.md");

        assertThat(operator.read("tasks/fix-login.md")).isEqualTo(task("completed", "completed_by: rj",
                "completed_at: \"2026-03-27\"", "pr_number: 12", "pr_url: https://github.com/acme/shop/pull/12",
                "pr_merged_at: \"2026-03-27T10:11:12Z\"", "merge_commit: " + merge));
        assertThat(operator.state("task-manager-dave.register.json")).doesNotContain("fix-login");
        assertThat(operator.names(operator.checkout().resolve("tasks/logs"))).containsExactly("archive");
        assertThat(operator.git("status", "--porcelain")).isEqualTo(" M tasks/fix-login.md");

        assertThat(done().out()).contains("removed  fix-login");
        assertThat(done().lines()).containsExactly("1 task looked at: nothing to do");
    }

    @Test
    void aSquashedPullRequestSavesWhatItsWorktreeCommittedAlthoughItsBranchIsGone() {
        var worktree = operator.worktree("fix-login");
        operator.register("dave", "fix-login", worktree);
        operator.pull(12, "fix-login").squash();
        operator.remote().delete("task/fix-login");
        operator.git("fetch", "--quiet", "--prune");

        assertThat(done("fix-login").lines()).anyMatch(line -> line.startsWith("pruned     fix-login"));
        assertThat(done("fix-login").lines()).first().asString().startsWith("removed  fix-login  " + worktree);
        assertThat(worktree).doesNotExist();
    }

    @Test
    void theWorktreeOfATaskStaysForADay() {
        operator.close();
        operator = new Operator(folder.resolve("today"), Instant.now());
        var worktree = operator.worktree("fix-login");
        operator.pull(12, "fix-login").merge();

        done();
        assertThat(done().lines()).containsExactly("1 task looked at: nothing to do");
        assertThat(worktree).exists();
    }

    @Test
    void workThatIsNowhereElseKeepsWorktreeAndEntryAndSaysWhy() {
        var worktree = operator.worktree("fix-login");
        operator.register("dave", "fix-login", worktree);
        operator.pull(12, "fix-login").merge();
        operator.commitIn(worktree, "later.txt");

        assertThat(done("fix-login").out())
                .contains(
                        "register_orphan  fix-login  register entry: PR #12 is merged, but its worktree has unpushed commits");
        Operator.write(worktree.resolve("untracked.txt"), "x".repeat(30_000));
        assertThat(done("fix-login").out()).contains("its worktree has uncommitted work")
                .containsPattern(
                        "orphaned_worktree +fix-login +the task is completed and .*trees/fix-login \\(3\\d kB\\) is still there");
        assertThat(worktree.resolve("later.txt")).exists();
        assertThat(operator.state("task-manager-dave.register.json")).contains("fix-login");
    }

    @Test
    void aWorktreeThatGitKeepsKeepsItsEntry() {
        var worktree = operator.worktree("fix-login");
        operator.publish("tasks/fix-login.md", task("completed", "completed_at: 2026-03-01"));
        operator.register("dave", "fix-login", worktree);
        operator.git("worktree", "lock", worktree.toString());

        assertThat(done().out()).containsPattern("orphaned_worktree  fix-login  .*git keeps it: .*locked")
                .doesNotContain("pruned");
        operator.git("worktree", "unlock", worktree.toString());

        assertThat(done().lines()).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("removed  fix-login");
            assertThat(lines.get(1)).startsWith("pruned   fix-login  the task is completed");
        });
    }

    @Test
    void aLocalChangeIsNeverWrittenOver() {
        operator.pull(12, "fix-login").merge();
        var mine = task("ready", "milestone: mine");
        operator.write("tasks/fix-login.md", mine);

        assertThat(done().lines()).containsExactly(
                "skipped  fix-login  PR #12 is merged, but the task file has local changes: commit or drop them",
                "1 task looked at: nothing to do");
        assertThat(operator.read("tasks/fix-login.md")).isEqualTo(mine);
        operator.git("add", "tasks/fix-login.md");
        assertThat(done().out()).contains("local changes");
    }

    @Test
    void aCompletionThatStandsOnTheDefaultBranchIsLeftToTheNextPull() {
        operator.pull(12, "fix-login").merge();
        operator.remote()
                .commit("main")
                .file("tasks/fix-login.md", task("completed", "pr_number: 12"))
                .push("Complete fix-login");
        operator.register("dave", "fix-login", operator.folder().resolve("gone"));

        assertThat(done().lines()).containsExactly("pruned   fix-login  the task is completed",
                "skipped  fix-login  its completion is on main already: the next pull brings it",
                "1 task looked at: 1 change made");
        assertThat(operator.read("tasks/fix-login.md")).isEqualTo(task("ready"));
    }

    @Test
    void aReopenedTaskIsLeftAloneWithItsEntry() {
        var worktree = operator.worktree("fix-login");
        operator.pull(12, "fix-login").merge();
        operator.publish("tasks/fix-login.md", task("ready", "pr_number: 12"));
        operator.register("dave", "fix-login", worktree);

        assertThat(done().lines()).hasSize(2).first().asString().startsWith("reopened  fix-login  it carries PR #12");
        assertThat(operator.state("task-manager-dave.register.json")).contains("fix-login");
    }

    @Test
    void aNumberThatItsWorkerWroteOnTheBranchKeepsNobodyFromCompletingIt() {
        var pull = operator.pull(12, "fix-login");
        operator.remote()
                .commit("task/fix-login")
                .file("tasks/fix-login.md", task("in_progress", "pr_number: 12"))
                .push("Say which pull request it is");
        pull.merge();
        operator.git("pull", "--quiet", "--ff-only");

        assertThat(done("fix-login").lines()).first()
                .isEqualTo("completed  fix-login  PR #12 merged 2026-03-27 by rj");
        assertThat(operator.read("tasks/fix-login.md")).contains("status: completed", "completed_by: rj");
    }

    @Test
    void aTaskThatWasReopenedBeforeItMovedIsStillKnownAsReopened() {
        operator.pull(12, "fix-login").merge();
        operator.remote()
                .commit("main")
                .delete("tasks/fix-login.md")
                .file("tasks/later/fix-login.md", task("ready", "pr_number: 12"))
                .push("Do it again later");
        operator.git("pull", "--quiet", "--ff-only");

        assertThat(done("fix-login").lines()).first().asString().startsWith("reopened  fix-login");
    }

    @Test
    void aTaskInProgressThatLooksDoneIsToldAndNotDemoted() {
        operator.publish("tasks/fix-login.md", task("in_progress"));
        var worktree = operator.worktree("fix-login");

        assertThat(done("--idle-seconds", "0").out()).contains("stale_in_progress_reconcile",
                "its worktree has a commit that the default branch doesn't have").doesNotContain("demoted");

        operator.git("worktree", "remove", worktree.toString());
        operator.publish("tasks/fix-login.md", task("in_progress") + "## Review Feedback\n- [x] Review cleared\n");
        assertThat(done("--idle-seconds", "0").out()).contains("its review has been answered")
                .doesNotContain("demoted");
    }

    @Test
    void withoutGitHubACompletedFileThatNamesItsMergeLetsTheEntryGoUnlessWorkWouldBeLost() {
        operator.without("GITHUB_TOKEN").with("TASK_MANAGER_PR_CI_CHECK", "0");
        var worktree = operator.worktree("fix-login");
        operator.register("dave", "fix-login", worktree);
        operator.publish("tasks/fix-login.md",
                task("completed", "pr_number: 12", "pr_merged_at: 2099-01-01T00:00:00Z"));
        operator.commitIn(worktree, "later.txt");

        assertThat(done().out()).contains("PR #12 is merged, as its file says, but its worktree has unpushed commits");
        GitRepositories.git(worktree, "push", "--quiet", "origin", "task/fix-login");
        assertThat(done().out()).containsPattern("pruned +fix-login  PR #12 is merged, as its file says");
        assertThat(worktree).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../elsewhere", "trees/fix-login", "/tmp/../tmp", "/", "%s", "%s/..", "\u0000"})
    void aPathThatGitDoesNotKnowAsAWorktreeIsNeverFollowed(String named) throws IOException {
        var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("mine.txt"), "mine\n");
        operator.publish("tasks/fix-login.md", task("completed", "completed_at: 2026-03-01"));
        var escaped = named.formatted(elsewhere.toRealPath()).replace("\u0000", "\\u0000");
        operator.state("task-manager-dave.register.json",
                "{\"fix-login\":{\"slug\":\"fix-login\",\"worktree_path\":\"" + escaped + "\"}}");

        assertThat(done().out()).contains("register_orphan", "the task is completed, but its worktree can't be read: "
                + "the register names ").doesNotContain("pruned ", "removed ");
        assertThat(operator.state("task-manager-dave.register.json")).contains("fix-login");
        assertThat(elsewhere.resolve("mine.txt")).hasContent("mine");
    }

    @Test
    void aWorktreeOnARemovedDiskKeepsItsEntryWhileGitKeepsIt() throws IOException {
        var worktree = operator.worktree("fix-login");
        operator.register("dave", "fix-login", worktree);
        operator.publish("tasks/fix-login.md", task("completed", "completed_at: 2026-03-01"));
        operator.git("worktree", "lock", "--reason", "on a stick", worktree.toString());
        var away = Files.move(worktree, folder.resolve("unplugged"));

        assertThat(done().out()).contains("register_orphan", "locked: on a stick").doesNotContain("pruned");
        operator.git("worktree", "unlock", worktree.toString());
        assertThat(done().out()).contains("pruned  fix-login  the task is completed");
        assertThat(away.resolve("work.txt")).exists();
    }

    @Test
    void aWorktreeWithADetachedHeadIsFoundByItsPathAndItsWorkKept() {
        var worktree = operator.worktree("fix-login");
        operator.register("dave", "fix-login", worktree);
        operator.publish("tasks/fix-login.md", task("completed", "completed_at: 2026-03-01"));
        GitRepositories.git(worktree, "checkout", "--quiet", "--detach");
        operator.commitIn(worktree, "later.txt");

        assertThat(done().out()).contains("register_orphan", "unpushed commits").doesNotContain("pruned ", "removed ");
        assertThat(worktree.resolve("later.txt")).exists();
    }

    @Test
    void aTaskLeftInProgressGoesBackUnlessItsWorkerLives() throws IOException {
        operator.publish("tasks/fix-login.md", task("in_progress"));
        var worker = new ProcessBuilder("sleep", "300").start();
        try {
            var stat = Files.readString(Path.of("/proc/" + worker.pid() + "/stat"));
            var ticks = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
            var boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            operator.dispatched("fix-login", "{\"state\":\"running\",\"pid\":%d,\"start_ticks\":%s,\"boot_id\":\"%s\"}"
                    .formatted(worker.pid(), ticks, boot));

            assertThat(done("--idle-seconds", "0").lines()).containsExactly("1 task looked at: nothing to do");
        } finally {
            worker.destroyForcibly().onExit().join();
        }
        assertThat(done().lines()).containsExactly("1 task looked at: nothing to do");
        assertThat(done("--idle-seconds", "0").out()).containsPattern(
                "demoted  fix-login  in progress with no worker and no open PR, no worktree and no change for \\d+ s");
        assertThat(operator.read("tasks/fix-login.md")).isEqualTo(task("ready"));
    }

    @Test
    void anUnknownPullRequestDemotesNothing() {
        operator.publish("tasks/fix-login.md", task("in_progress"));
        operator.without("GITHUB_TOKEN").with("TASK_MANAGER_PR_CI_CHECK", "0");

        assertThat(done("--idle-seconds", "0").out()).contains("lookup_failed", "nothing to do");
    }

    @Test
    void aNewerCopyInTheWorktreeIsDrift() {
        var worktree = operator.worktree("fix-login");
        Operator.write(worktree.resolve("tasks/fix-login.md"), task("blocked"));

        assertThat(done().lines()).containsExactly(
                "metadata_drift  fix-login  its worktree's copy is newer and differs in status",
                "1 task looked at: nothing to do");
    }

    @Test
    void theOlderFormOfARegisterIsReadAndFilesOfOtherSpellingsAreMergedOnce() {
        operator.write(".reeve.yml", "owners: {dave: {aliases: [dave.fowler]}}\n");
        operator.state("task-manager-dave.register.json", "{" + entry("gone", Path.of("/nowhere")) + "}");
        operator.state("task-manager-Dave.Fowler.register.json", "{" + entry("fix-login", Path.of("/nowhere")) + "}");
        operator.pull(12, "fix-login").merge();

        assertThat(done().out()).contains("pruned     gone       the task is gone",
                "pruned     fix-login  PR #12 is merged");
        assertThat(operator.stateFiles()).contains("archive", "task-manager-dave.register.json")
                .doesNotContain("task-manager-Dave.Fowler.register.json");
    }

    @Test
    void aRegisterOfANewerVersionIsLeftAloneAndTheRestGoesOn() {
        var newer = "{\"schema\":7,\"owner\":\"dave\",\"entries\":{}}";
        operator.state("task-manager-dave.register.json", newer);
        operator.pull(12, "fix-login").merge();

        var ran = operator.reconcile();

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("completed  fix-login")
                .containsPattern("failed +- +read a register: .*task-manager-dave.register.json: .*newer");
        assertThat(operator.state("task-manager-dave.register.json")).isEqualTo(newer);
    }

    @Test
    void aCorruptRegisterIsSetAsideAndReported() {
        operator.state("task-manager-dave.register.json", "{broken");
        operator.pull(12, "fix-login").merge();

        assertThat(done().out()).contains("state_file_corrupt", "it was set aside as", "completed");
        assertThat(operator.stateFiles()).anyMatch(name -> name.startsWith("task-manager-dave.register.json.corrupt-"));
        assertThat(done().out()).doesNotContain("state_file_corrupt");
    }

    @Test
    void aCorruptDispatchStatusTakesNothingAwayAndIsSetAside() {
        operator.publish("tasks/fix-login.md", task("in_progress"));
        operator.dispatched("fix-login", "{broken");

        assertThat(done("--idle-seconds", "0").out()).contains("a worker may be at it", "it was set aside as")
                .doesNotContain("demoted");
        assertThat(done("--idle-seconds", "0").out()).contains("demoted");
    }

    @Test
    void aCorruptTombstoneIsNamedAndSetAside() {
        operator.dispatched("fix-login", "{\"state\":\"running\",\"pid\":2147483647}");
        operator.write("tasks/logs/dispatch-fix-login.tombstone.json", "{");

        assertThat(done().out()).contains("state_file_corrupt", "dispatch-fix-login.tombstone.json",
                "it was set aside as");
        assertThat(done().out()).doesNotContain("state_file_corrupt");
    }

    @Test
    void anotherOwnersEntryIsTheirs() {
        operator.register("erin", "fix-login", Path.of("/nowhere"));
        operator.dispatched("fix-login", EXITED);

        assertThat(done().lines()).containsExactly("1 task looked at: nothing to do");
        assertThat(done("--owner", "erin").out()).contains("register_orphan");
        operator.pull(12, "fix-login").merge();
        assertThat(done("--owner", "erin").out()).contains("pruned");
    }

    @Test
    void nothingIsWrittenWhereAServerCompletesTasks() {
        operator.write(".reeve.yml", "server: https://reeve.example.com\n");
        operator.pull(12, "fix-login").merge();
        operator.register("dave", "fix-login", operator.folder().resolve("gone"));

        assertThat(done().lines()).containsExactly("pruned   fix-login  PR #12 is merged",
                "skipped  fix-login  PR #12 is merged; task files are completed elsewhere (publish: none)",
                "1 task looked at: 1 change made");
        assertThat(operator.read("tasks/fix-login.md")).isEqualTo(task("ready"));
    }

    @Test
    void aTeamThatPublishesByPushGetsACommitOfTheOperator() {
        operator.publish(".reeve.yml", "reconcile: {publish: push}\n");
        operator.pull(12, "fix-login").merge();

        assertThat(done().lines()).containsExactly("completed  fix-login  PR #12 merged 2026-03-27 by rj",
                "1 task looked at: 1 change made");
        assertThat(operator.remote().file("main", "tasks/fix-login.md")).contains("status: completed");
        assertThat(dev.reeve.kit.GitRepositories.git(operator.remote().path(), "log", "-1",
                "--format=%an <%ae> %(trailers:key=Reeve-Task,valueonly)", "main"))
                .isEqualTo("Dave Fowler <dave.fowler@example.com> fix-login");
        assertThat(operator.git("status", "--porcelain")).isEmpty();
        assertThat(operator.read("tasks/fix-login.md")).isEqualTo(task("ready"));
        assertThat(done().out()).contains("the next pull brings it");
    }

    @Test
    void aPushThatIsRefusedIsAFailureWithWords() {
        operator.publish(".reeve.yml", "reconcile: {publish: push}\n");
        operator.pull(12, "fix-login").merge();
        operator.remote().refusePushes("protected branch");

        var ran = operator.reconcile();

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).containsPattern("failed  fix-login  .*protected branch");
    }
}
