package dev.reeve.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import static dev.reeve.cli.Operator.entry;
import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Six things that went wrong where tasks were managed by scripts, each built with real files, git worktrees and a stand-in GitHub, and what the operator
 * sees now.
 */
class IncidentsTest {

    @TempDir
    private Path folder;
    private final Instant now = Instant.now();
    private Operator operator;

    @BeforeEach
    void sitDown() {
        operator = new Operator(folder, now);
    }

    @AfterEach
    void leave() {
        var violations = operator.gitHub().violations();
        operator.close();
        assertThat(violations).isEmpty();
    }

    /** Runs under three spellings of one name wrote separate registers and snapshots; the page showed counts of one while the heartbeat ran as the other. */
    @Nested
    class SplitIdentity {

        @Test
        void threeSpellingsAreOneOwnerWithOneRegisterAndOneSnapshot() {
            operator.publish(".reeve.yml", "owners: {dave: {aliases: [dave.fowler]}}\n");
            operator.publish("tasks/add-search.md", task("ready", "priority: p0"));
            operator.publish("tasks/cache.md", task("ready").replace("owner: dave", "owner: Dave.Fowler"));
            var login = operator.worktree("fix-login");
            var search = operator.worktree("add-search");
            var cache = operator.worktree("cache");
            operator.register("dave", "fix-login", login);
            operator.state("task-manager-dave.fowler.register.json", "{" + entry("add-search", search) + "}");
            operator.register("davefowler", "cache", cache);
            operator.state("task-manager-dave.fowler.snapshot.json", "{\"counts\":{\"ready\":7}}");
            operator.state("task-manager-davefowler.snapshot.json", "{\"counts\":{\"ready\":9}}");

            var seen = operator.with("TASK_MANAGER_OWNER", "@dave-fowler").beat();

            assertThat(operator.stateFiles()).filteredOn(name -> name.startsWith("task-manager-"))
                    .containsExactly("task-manager-dave.register.json", "task-manager-dave.snapshot.json");
            assertThat(operator.state("task-manager-dave.register.json")).contains("fix-login", "add-search", "cache");
            assertThat(seen.text("owner")).isEqualTo("dave");
            assertThat(seen.count("ready") + seen.count("waiting") + seen.count("needs_attention")).isEqualTo(3);
            for (var spelling : new String[]{"dave", "dave.fowler", "DaveFowler"}) {
                assertThat(operator.run("status", "--owner", spelling).lines().getFirst()).as(spelling)
                        .startsWith("dave on ")
                        .contains("ago");
            }
        }
    }

    /** The worker finished in its worktree, the root still says ready: a false {@code pickup_overdue}, and a second worker for work that was done. */
    @Nested
    class RootNeverReconciled {

        private Path worktree;

        @BeforeEach
        void theWorkerHasFinished() {
            worktree = operator.worktree("fix-login");
            operator.register("dave", "fix-login", worktree);
            operator.dispatched("fix-login",
                    "{\"run_id\":\"r1\",\"state\":\"exited\",\"exit_code\":0,\"updated_at\":\"%s\"}"
                            .formatted(now.minusSeconds(60)));
            operator.aged("tasks/fix-login.md", Duration.ofHours(5));
        }

        private void theWorkerSaysSo() {
            Operator.write(worktree.resolve("tasks/fix-login.md"), task("completed", "pr_number: 12",
                    "pr_url: https://github.com/acme/shop/pull/12"));
        }

        @Test
        void whileItsPullRequestIsOpenItWaits() {
            theWorkerSaysSo();
            operator.pull(12, "fix-login");

            var seen = operator.beat();

            assertThat(seen.bucket("fix-login")).isEqualTo("waiting");
            assertThat(seen.says("fix-login", "metadata_drift")).startsWith("info")
                    .contains("status, pr_number, pr_url");
            assertThat(seen.signals("fix-login")).doesNotContain("pickup_overdue", "dispatch_completed_unreconciled");
            assertThat(seen.dispatchable("fix-login")).isFalse();
        }

        @Test
        void whenNoPullRequestAccountsForItTheDriftIsForTheOperator() {
            theWorkerSaysSo();

            var seen = operator.beat();

            assertThat(seen.bucket("fix-login")).isEqualTo("needs_attention");
            assertThat(seen.says("fix-login", "metadata_drift")).startsWith("attention")
                    .contains("status, pr_number, pr_url");
            assertThat(seen.signals("fix-login")).doesNotContain("pickup_overdue", "dispatch_completed_unreconciled");
            assertThat(seen.dispatchable("fix-login")).isFalse();
        }

        @Test
        void whenNothingAccountsForItThatIsSaidInstead() {
            var seen = operator.beat();

            assertThat(seen.signals("fix-login")).containsExactly("dispatch_completed_unreconciled");
            assertThat(seen.dispatchable("fix-login")).isFalse();
        }

        @Test
        void whenGitHubCantBeAskedItIsNotStartedASecondTime() {
            var seen = operator.without("GITHUB_TOKEN").with("PATH", "/nowhere").beat();

            assertThat(seen.dispatchable("fix-login")).isFalse();
            assertThat(seen.signals("fix-login")).doesNotContain("pickup_overdue");
        }

        @Test
        void afterTheMergeItIsCompletedAlthoughItsFileCarriesTheNumberAlready() {
            Operator.write(worktree.resolve("tasks/fix-login.md"), task("ready", "pr_number: 12",
                    "pr_url: https://github.com/acme/shop/pull/12"));
            git(worktree, "commit", "--quiet", "--all", "-m", "Say where the pull request is");
            git(worktree, "push", "--quiet", "origin", "task/fix-login");
            operator.pull(12, "fix-login").merge();
            operator.git("pull", "--quiet", "--ff-only");

            var ran = operator.run("heartbeat", "--once");

            assertThat(operator.read("tasks/fix-login.md")).contains("status: completed", "merge_commit:");
            assertThat(ran.exit()).isZero();
            assertThat(operator.seen("dave").bucket("fix-login")).isEqualTo("done");
            assertThat(operator.state("task-manager-dave.register.json")).doesNotContain("fix-login");
        }
    }

    /** Implementation done, review answered, task in progress: formerly {@code stuck_in_progress}, which sends the operator to look for a worker. */
    @Nested
    class FinishedLeftInProgress {

        @Test
        void theSignalSaysWhatWasSeen() {
            operator.publish("tasks/fix-login.md", task("in_progress") + "## Review Feedback\n- [x] Review cleared\n");
            operator.worktree("fix-login");

            var seen = operator.beat("--idle-seconds", "0");

            assertThat(seen.signals("fix-login")).containsExactly("stale_in_progress_reconcile");
            assertThat(seen.says("fix-login", "stale_in_progress_reconcile")).startsWith("attention")
                    .contains("a commit", "its review has been answered");

            operator.pull(12, "fix-login");
            assertThat(operator.beat("--idle-seconds", "0").says("fix-login", "stale_in_progress_reconcile"))
                    .contains("PR #12 is open");
        }

        @Test
        void itIsNotPutBackInTheQueueToBeDoneAgain() {
            operator.publish("tasks/fix-login.md", task("in_progress"));
            operator.worktree("fix-login");

            assertThat(operator.run("heartbeat", "--once", "--idle-seconds", "0").exit()).isZero();

            assertThat(operator.read("tasks/fix-login.md")).contains("status: in_progress");
            assertThat(operator.seen("dave").signals("fix-login")).containsExactly("stale_in_progress_reconcile");
        }
    }

    /** {@code pickup_overdue}, {@code dispatch_worker_gone} and {@code dispatch_retry_cooldown} for one task that one dead worker had. */
    @Nested
    class OneDeadWorkerThreeAlarms {

        @BeforeEach
        void aWorkerDied() {
            operator.register("dave", "fix-login", operator.worktree("fix-login"));
            operator.dispatched("fix-login",
                    "{\"run_id\":\"r1\",\"state\":\"running\",\"pid\":1,\"start_ticks\":1,\"boot_id\":\"another\",\"updated_at\":\"%s\"}"
                            .formatted(now.minusSeconds(60)));
            operator.aged("tasks/fix-login.md", Duration.ofHours(5));
        }

        @Test
        void itIsOneIncidentLedByTheCause() {
            var seen = operator.beat();

            assertThat(seen.signals("fix-login")).containsExactly("dispatch_worker_gone", "dispatch_retry_cooldown");
            assertThat(seen.json().path("incidents")).hasSize(1);
            assertThat(operator.run("status").lines()).filteredOn(line -> line.contains("fix-login")).hasSize(1);
        }

        @Test
        void theTombstoneTellsAWorkerThatVanishedFromOneThatHadFinished() {
            operator.write("tasks/logs/dispatch-fix-login.tombstone.json",
                    "{\"run_id\":\"r1\",\"state\":\"exited\",\"exit_code\":0}");

            assertThat(operator.beat().signals("fix-login")).containsExactly("dispatch_completed_unreconciled");

            operator.write("tasks/logs/dispatch-fix-login.tombstone.json",
                    "{\"run_id\":\"r1\",\"state\":\"running\"}");
            assertThat(operator.beat().signals("fix-login").getFirst()).isEqualTo("dispatch_worker_gone");
        }
    }

    /** Completed tasks stayed registered for days and inflated the count of active ones. */
    @Nested
    class TheRegisterThatKeptEverything {

        @Test
        void whatIsOverIsPrunedAndWhatCantBeSaysWhy() {
            operator.publish("tasks/fix-login.md", task("completed"));
            operator.publish("tasks/add-search.md", task("ready"));
            operator.publish("tasks/cache.md", task("completed"));
            var merged = operator.worktree("add-search");
            var dirty = operator.worktree("cache");
            Operator.write(dirty.resolve("half-done.txt"), "not saved anywhere\n");
            operator.pull(13, "add-search").merge();
            operator.state("task-manager-dave.register.json",
                    "{\"schema\":1,\"owner\":\"dave\",\"entries\":{" + entry("fix-login", folder.resolve("trees/gone"))
                            + "," + entry("add-search", merged) + "," + entry("cache", dirty) + "}}");

            var seen = operator.beat();

            assertThat(operator.state("task-manager-dave.register.json")).contains("cache")
                    .doesNotContain("fix-login", "add-search");
            assertThat(seen.says("cache", "register_orphan")).startsWith("attention").contains("uncommitted work");
            assertThat(seen.count("active")).isZero();
            assertThat(seen.count("done")).isEqualTo(2);
            assertThat(dirty.resolve("half-done.txt")).exists();
        }
    }

    /** Whatever wasn't the one's was the other's: tasks were started that were nobody's. */
    @Nested
    class EverybodyElsesTasks {

        @Test
        void aTaskIsRoutedToWhomItNamesAndAnUnknownOwnersIsShownAndNeverStarted() {
            operator.publish(".reeve.yml", "owners: {dave: {}, rj: {}}\nroles: {architect: dave}\n");
            owned("drawn", "owner: architect");
            owned("theirs", "owner: rj");
            owned("martian", "owner: martian");
            owned("orphan", "milestone: m1");

            var ofDave = operator.beat();
            var ofRj = operator.with("TASK_MANAGER_OWNER", "rj").beatAs("rj");

            assertThat(ofDave.bucket("drawn")).isEqualTo("ready");
            assertThat(ofDave.dispatchable("drawn")).isTrue();
            assertThat(ofDave.bucket("theirs")).isEqualTo("elsewhere");
            assertThat(ofRj.bucket("theirs")).isEqualTo("ready");
            assertThat(ofRj.bucket("drawn")).isEqualTo("elsewhere");
            for (var seen : new Seen[]{ofDave, ofRj}) {
                for (var nobodys : new String[]{"martian", "orphan"}) {
                    assertThat(seen.signals(nobodys)).containsExactly("unroutable_owner");
                    assertThat(seen.bucket(nobodys)).isEqualTo("needs_attention");
                    assertThat(seen.dispatchable(nobodys)).isFalse();
                }
            }
        }

        private void owned(String slug, String owner) {
            operator.publish("tasks/" + slug + ".md", "---\ntitle: " + slug + "\n" + owner + "\nstatus: ready\n---\n");
        }
    }

    private static void git(Path folder, String... arguments) {
        dev.reeve.kit.GitRepositories.git(folder, arguments);
    }
}
