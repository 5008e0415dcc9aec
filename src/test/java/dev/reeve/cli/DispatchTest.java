package dev.reeve.cli;

import dev.reeve.store.ProcessTable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** One task, one worktree, one worker: with real runners, real workers, real git. */
class DispatchTest {

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

    @Test
    void aWorkerRunsInAWorktreeOfItsOwnAndItsEndIsRecorded() throws IOException {
        dispatches.worker("cat > prompt.txt; pwd; git branch --show-current; echo \"$REEVE_TASK $REEVE_TASK_FILE\"\n"
                + Dispatches.COMMIT
                + "echo '{\"outcome\":\"blocked\",\"summary\":\"which colour?\"}' > $REEVE_RESULT_FILE\n");

        var ran = dispatches.dispatch("fix-login");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("started    fix-login", "attempt 1 of 3", "task/fix-login");
        var status = dispatches.awaitEnd("fix-login");
        assertThat(status).contains("\"state\": \"exited\"", "\"outcome\": \"blocked\"", "\"exit_code\": 0",
                "which colour?");
        assertThat(dispatches.log("fix-login")).isEqualTo(
                dispatches.worktree("fix-login") + "\ntask/fix-login\nfix-login tasks/fix-login.md\n");
        assertThat(Files.readString(dispatches.worktree("fix-login").resolve("prompt.txt"))).contains("Fix the login");
        assertThat(dispatches.operator().state("task-manager-dave.register.json")).contains("\"attempts\": 1");
        var seen = dispatches.operator().beat();
        assertThat(seen.dispatchable("fix-login")).isFalse();
        var history = dispatches.operator().run("history", "fix-login");
        assertThat(history.out()).contains("run ", "prompt", "started", "outcome", "which colour?");
    }

    @Test
    void theManagersTokensAreNotInAWorkersEnvironment() {
        dispatches.operator().with("AWS_SECRET", "hidden-too");
        dispatches.worker("env; cat /proc/$PPID/environ | tr '\\0' '\\n'\n");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.awaitEnd("fix-login");
        assertThat(dispatches.log("fix-login")).contains("REEVE_RUN_ID=", "PATH=")
                .doesNotContain("ghp_dave", "GITHUB_TOKEN", "hidden-too", "TASK_MANAGER");
    }

    @Test
    void aTasksTextReachesNoShell() {
        var evil = "$(touch pwned) `touch pwned` \"; touch pwned; ' && touch pwned\n";
        dispatches.operator().publish("tasks/fix-login.md", task("ready") + evil);
        dispatches.operator()
                .publish(".reeve.yml",
                        "owners: {dave: {}}\nworker: {command: [/bin/echo, '$(touch pwned)'], prompt: argument}\n");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.awaitEnd("fix-login");
        assertThat(dispatches.log("fix-login")).contains("$(touch pwned)", "`touch pwned`");
        assertThat(dispatches.worktree("fix-login").resolve("pwned")).doesNotExist();
    }

    @Test
    void aSecondStartIsRefusedWhileAWorkerIsAtIt() {
        dispatches.waitingWorker("");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.await("fix-login", "\"running\"");

        for (var more : List.of(List.of("fix-login"), List.of("fix-login", "--force"))) {
            var again = dispatches.dispatch(more.toArray(String[]::new));
            assertThat(again.exit()).isEqualTo(1);
            assertThat(again.err()).contains("a worker is at it", "pid " + dispatches.number("fix-login", "pid"));
        }
        assertThat(dispatches.operator().beat().bucket("fix-login")).isEqualTo("active");
        dispatches.release();
        dispatches.awaitEnd("fix-login");
    }

    @Test
    void ofTwoStartsAtTheSameMomentOneRuns() throws Exception {
        dispatches.waitingWorker("");
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 5; round++) {
                var slug = "race-" + round;
                dispatches.operator().publish("tasks/" + slug + ".md", task("ready"));
                var barrier = new CyclicBarrier(2);
                Callable<Integer> start = () -> {
                    barrier.await();
                    return dispatches.dispatch(slug, "--force").exit();
                };
                var exits = new ArrayList<Integer>();
                for (var one : threads.invokeAll(List.of(start, start))) {
                    exits.add(one.get());
                }
                assertThat(exits).containsExactlyInAnyOrder(0, 1);
                assertThat(dispatches.status(slug)).contains("\"attempt\": 1");
            }
        }
    }

    @Test
    void whatMustNotBeStartedIsRefusedAndNothingIsLeftClaimed() {
        var operator = dispatches.operator();
        operator.write("tasks/done.md", task("completed"));
        operator.write("tasks/off.md", task("cancelled"));
        operator.write("tasks/later.md", task("ready", "depends_on: [fix-login]"));
        operator.write("tasks/whose.md", task("ready").replace("owner: dave", "owner: nobody-knows"));
        operator.write("tasks/broken.md", "---\nstatus: what\n---\n");
        refused("done", "status is completed");
        refused("off", "cancelled");
        refused("later", "its dependency fix-login is not completed");
        refused("whose", "nobody-knows");
        refused("broken", "faulty");
        refused("nothing", "no such task");
        for (var slug : List.of("done", "off", "whose")) {
            assertThat(dispatches.dispatch(slug, "--force").exit()).as(slug).isEqualTo(1);
        }
        assertThat(operator.stateFiles()).noneMatch(name -> name.endsWith("register.json"));
        assertThat(dispatches.dispatch("later", "--force").exit()).isZero();
        dispatches.awaitEnd("later");
    }

    private void refused(String slug, String why) {
        var ran = dispatches.dispatch(slug);
        assertThat(ran.exit()).as(slug).isEqualTo(1);
        assertThat(ran.err()).as(slug).contains(why);
        assertThat(ran.err().lines().count()).isEqualTo(1);
    }

    @Test
    void aCommandThatCantBeRunIsRefusedBeforeAnythingIsClaimed() {
        for (var command : List.of("no-such-program-anywhere", "/no/such/program",
                dispatches.operator().folder() + "/acme")) {
            dispatches.operator().publish(".reeve.yml", "owners: {dave: {}}\nworker: {command: [" + command + "]}\n");
            var ran = dispatches.dispatch("fix-login");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains("worker.command");
            assertThat(dispatches.worktree("fix-login")).doesNotExist();
        }
        assertThat(dispatches.operator().stateFiles()).noneMatch(name -> name.endsWith("register.json"));
    }

    @Test
    void aFolderInTheWorktreesPlaceIsLeftAloneAndSaid() {
        Operator.write(dispatches.worktree("fix-login").resolve("notes.txt"), "mine");
        var ran = dispatches.dispatch("fix-login");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("is no worktree of this repository");
        assertThat(dispatches.operator().state("task-manager-dave.register.json")).doesNotContain("fix-login\"");
    }

    @Test
    void aBranchThatIsCheckedOutInTheMainWorktreeIsSaid() {
        dispatches.operator().git("checkout", "-q", "-b", "task/fix-login");
        var ran = dispatches.dispatch("fix-login");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("task/fix-login is checked out in");
    }

    @Test
    void tasksThatShareABranchDontRunBoth() {
        dispatches.waitingWorker("");
        dispatches.operator().publish("tasks/other.md", task("ready", "branch: task/fix-login"));
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        var ran = dispatches.dispatch("other", "--force");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("its branch task/fix-login is that of fix-login");
    }

    @Test
    void aRunnerThatIsKilledLeavesNoWorkerAndTheTaskIsTriedAgain() throws IOException {
        dispatches.waitingWorker("(setsid sleep 300 &)\n");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.await("fix-login", "\"running\"");
        long worker = dispatches.number("fix-login", "pid");
        kill(dispatches.number("fix-login", "runner_pid"));

        var seen = dispatches.operator().beat();
        assertThat(seen.signals("fix-login")).contains("dispatch_worker_gone");

        dispatches.worker("echo second\n");
        assertThat(dispatches.dispatch("fix-login", "--force").exit()).isZero();
        assertThat(new ProcessTable().identify(worker)).isEmpty();
        dispatches.awaitLog("fix-login", "second");
        dispatches.awaitEnd("fix-login");
        assertThat(dispatches.operator().run("history", "fix-login").out()).contains("worker_gone");
    }

    private static void kill(long pid) {
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    }

    @Test
    void aWorkerThatIsKilledHasFailedWithItsSignal() {
        dispatches.waitingWorker("");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.await("fix-login", "\"running\"");
        kill(dispatches.number("fix-login", "pid"));
        assertThat(dispatches.awaitEnd("fix-login")).contains("\"state\": \"failed\"", "\"signal\": 9",
                "\"outcome\": \"failed\"");
        assertThat(dispatches.operator().beat().signals("fix-login")).contains("dispatch_failed",
                "dispatch_retry_cooldown");
    }

    @Test
    void stopEndsTheWholeTreeWhateverItIgnores() throws IOException {
        dispatches.worker("""
                trap '' TERM INT HUP
                (trap '' TERM; setsid bash -c 'trap "" TERM; exec sleep 4242' &)
                exec >&- 2>&-
                sleep 4242 & sleep 4242
                """);
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.await("fix-login", "\"running\"");
        long worker = dispatches.number("fix-login", "pid");
        Awaitility.await().until(() -> ProcessHandle.of(worker).orElseThrow().descendants().count() > 1);

        var ran = dispatches.operator().run("stop", "fix-login");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(dispatches.status("fix-login")).contains("\"state\": \"interrupted\"");
        assertThat(new ProcessTable().identify(worker)).isEmpty();
        assertThat(Dispatches.processes("sleep 4242")).isEmpty();
        assertThat(dispatches.operator().state("task-manager-dave.register.json")).contains("\"attempts\": 0");
        assertThat(dispatches.operator().run("stop", "fix-login").out()).contains("no worker is at fix-login");
    }

    @Test
    void aFollowUpIsToldToTheNextWorkerOnceInOrder() {
        dispatches.worker("cat; echo \"[end of prompt]\"; while [ ! -e " + dispatches.operator().folder()
                + "/go ]; do sleep 0.05; done\n");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.awaitLog("fix-login", "[end of prompt]");
        for (var text : List.of("use blue", "not red")) {
            var ran = dispatches.operator().run("update", "fix-login", "-m", text);
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).contains("pending    fix-login");
        }
        assertThat(dispatches.operator().run("history", "fix-login").out()).contains("pending: u1", "pending: u2");
        var first = dispatches.status("fix-login");

        dispatches.release();

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            var now = dispatches.status("fix-login");
            return now.contains("\"ended_at\"") && !runId(now).equals(runId(first));
        });
        assertThat(dispatches.log("fix-login")).containsSubsequence("use blue", "not red");
        var history = dispatches.operator().run("history", "fix-login").out();
        assertThat(history).doesNotContain("pending:");
        assertThat(history.lines().filter(line -> line.contains("updates u1 u2")).count()).isEqualTo(1);
    }

    private static String runId(String status) {
        return status.replaceAll("(?s).*\"run_id\": \"([^\"]+)\".*", "$1");
    }

    @Test
    void anInterruptingFollowUpEndsTheRunAndBeginsAnother() {
        dispatches.worker("cat; sleep 300\n");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.await("fix-login", "\"running\"");
        dispatches.worker("cat\n");

        var ran = dispatches.operator().run("update", "fix-login", "--interrupt", "-m", "stop that, use blue");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("stopped    fix-login", "started    fix-login");
        dispatches.awaitEnd("fix-login");
        assertThat(dispatches.log("fix-login")).contains("stop that, use blue");
    }

    @Test
    void continueBeginsAnewInTheSameWorktreeWithWhatHappenedAsItsContext() {
        dispatches.worker(Dispatches.COMMIT
                + "echo '{\"outcome\":\"blocked\",\"summary\":\"which colour?\"}' > $REEVE_RESULT_FILE\n");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.awaitEnd("fix-login");
        dispatches.worker("ls; cat\n");

        var ran = dispatches.operator().run("continue", "fix-login", "-m", "blue");

        assertThat(ran.exit()).as(ran.err()).isZero();
        dispatches.awaitLog("fix-login", "blue");
        assertThat(dispatches.log("fix-login")).contains("work.txt", "which colour?");
    }

    @Test
    void whatIsToldWhileNobodyListensStartsAWorker() {
        dispatches.worker("cat\n");
        var ran = dispatches.operator().run("update", "fix-login", "-m", "please begin");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("started    fix-login");
        dispatches.awaitLog("fix-login", "please begin");
        dispatches.awaitEnd("fix-login");
    }

    @Test
    void aResultFileThatIsNoResultIsSaidAndFailsNothingElse() {
        for (var content : List.of("{", "[]", "{\"outcome\":\"splendid\"}", "{\"outcome\":7}", "")) {
            dispatches.worker("printf '%s' '" + content + "' > $REEVE_RESULT_FILE; exit 3\n");
            assertThat(dispatches.dispatch("fix-login", "--force").exit()).isZero();
            var status = dispatches.awaitEnd("fix-login");
            assertThat(status).contains("\"state\": \"failed\"", "result file");
        }
    }

    @Test
    void exitCodeZeroWithNothingToShowIsNoSuccess() {
        dispatches.worker(
                "echo '{\"outcome\":\"completed_with_pr\",\"pr_url\":\"https://github.com/acme/shop/pull/12\"}' > $REEVE_RESULT_FILE\n");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        assertThat(dispatches.awaitEnd("fix-login")).contains("\"claimed\": \"completed_with_pr\"")
                .doesNotContain("\"outcome\":");
        assertThat(dispatches.operator().beat().signals("fix-login")).contains("dispatch_completed_unreconciled");
    }

    @Test
    void aPullRequestIsBelievedWhenTheRemoteShowsIt() {
        dispatches.worker(Dispatches.COMMIT + "git push -q origin HEAD:task/fix-login HEAD:refs/pull/12/head\n"
                + "echo '{\"outcome\":\"completed_with_pr\",\"summary\":\"done\"}' > $REEVE_RESULT_FILE\n");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        assertThat(dispatches.awaitEnd("fix-login")).contains("\"outcome\": \"completed_with_pr\"");
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(dispatches.operator().state("task-manager-dave.register.json"))
                        .contains("\"pr_number\": 12"));
    }

    @Test
    void aUsageLimitPausesEverythingAndSpendsNoAttempt() {
        dispatches.worker(
                "echo '{\"outcome\":\"failed\",\"retry_at\":\"2999-01-01T00:00:00Z\"}' > $REEVE_RESULT_FILE; exit 1\n"
                        .replace("2999-01-01T00:00:00Z", Instant.now().plusSeconds(3_600).toString()));
        dispatches.operator().publish("tasks/other.md", task("ready"));
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.awaitEnd("fix-login");
        assertThat(dispatches.operator().beat().signals("fix-login")).contains("dispatch_paused");
        assertThat(dispatches.operator().state("task-manager-dave.register.json")).contains("\"attempts\": 0");
        refused("other", "usage limit");
        var told = dispatches.operator().run("update", "other", "-m", "use blue");
        assertThat(told.out()).contains("pending    other", "usage limit");
    }

    /** Git runs the filter while it fills the worktree: the task is claimed, and whoever starts it may die. */
    @Test
    void aStarterThatDiesOnTheWayKeepsNobodyFromTheNextStart() throws IOException {
        var operator = dispatches.operator();
        operator.publish(".gitattributes", "*.md filter=spy\n");
        var register = operator.checkout().resolve(".tasks/task_manager/task-manager-dave.register.json");
        operator.git("config", "filter.spy.smudge",
                "cp " + register + " " + operator.folder().resolve("claimed") + "; cat");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.awaitEnd("fix-login");
        var claimed = Files.readString(operator.folder().resolve("claimed"));
        assertThat(claimed).contains("fix-login", "run_id");

        operator.write("tasks/other.md", task("ready"));
        operator.state("task-manager-dave.register.json", claimed.replace("fix-login", "other"));

        var seen = operator.beat();
        assertThat(seen.signals("other")).isEmpty();
        assertThat(seen.dispatchable("other")).isTrue();
        assertThat(dispatches.dispatch("other").exit()).isZero();
        dispatches.awaitEnd("other");
    }

    @Test
    @Timeout(120)
    void aRemoteThatHangsHoldsUpAStartNoLongerThanItsTimeout() throws IOException {
        var operator = dispatches.operator();
        dispatches.waitingWorker("");
        operator.publish(".reeve.yml", "owners: {dave: {}}\ndispatch: {timeout: 2s}\nworker: {command: ["
                + operator.folder().resolve("worker.sh") + "]}\n");
        var hanging = operator.folder().resolve("hangs.sh");
        Operator.write(hanging, "#!/bin/sh\nexec sleep 600\n");
        Files.setPosixFilePermissions(hanging, PosixFilePermissions.fromString("rwxr-xr-x"));
        operator.git("config", "core.sshCommand", hanging.toString());
        operator.git("remote", "set-url", "origin", "ssh://git@127.0.0.1/acme/shop.git");
        operator.with("TASK_MANAGER_PR_CI_CHECK", "0");

        var ran = dispatches.dispatch("fix-login");

        assertThat(ran.exit()).as(ran.err()).isZero();
        dispatches.await("fix-login", "\"running\"");
    }
}
