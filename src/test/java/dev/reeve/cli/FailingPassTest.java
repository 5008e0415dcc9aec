package dev.reeve.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.StreamSupport;

import static dev.reeve.cli.Operator.entry;
import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** One pass of a heartbeat fails, and the rest is right: what could not be looked at is never taken for <i>nobody is at it</i>. */
@Timeout(120)
class FailingPassTest {

    @TempDir
    private Path folder;
    private Operator operator;
    private LiveProcess worker;

    /** A task of each kind: {@code busy} and {@code also-busy} have workers that live. */
    @BeforeEach
    void aQueueWithAllThereIs() {
        operator = new Operator(folder, Instant.now());
        for (var slug : new String[]{"busy", "also-busy", "waits", "next"}) {
            operator.publish("tasks/" + slug + ".md", task("ready"));
        }
        operator.publish("tasks/by-hand.md", task("in_progress"));
        operator.publish("tasks/over.md", task("completed"));
        operator.publish("tasks/odd.md", task("nonsense"));
        operator.pull(12, "waits");
        worker = LiveProcess.start();
        operator.state("task-manager-dave.register.json",
                "{\"schema\":1,\"owner\":\"dave\",\"entries\":{" + entry("busy", operator.worktree("busy")) + ","
                        + entry("also-busy", operator.worktree("also-busy")) + "}}");
        operator.dispatched("busy", running());
        operator.dispatched("also-busy", running());
    }

    @AfterEach
    void leave() {
        worker.close();
        operator.close();
    }

    private String running() {
        return "{\"run_id\":\"r1\",\"state\":\"running\"," + worker.keys() + "}";
    }

    /** What hangs on no worktree, register or dispatch file. */
    private static void theRestIsRight(Seen seen) {
        assertThat(seen.bucket("over")).isEqualTo("done");
        assertThat(seen.signals("odd")).contains("invalid_status");
        assertThat(seen.bucket("waits")).isEqualTo("waiting");
        assertThat(seen.signals("waits")).contains("pr_review_pending");
        assertThat(seen.json().path("tasks")).hasSize(8);
    }

    private static void nobodyIsFree(Seen seen, String reason) {
        for (var slug : new String[]{"busy", "also-busy", "next", "fix-login"}) {
            assertThat(seen.bucket(slug)).as(slug).isEqualTo("waiting");
            assertThat(seen.signals(slug)).as(slug).isEmpty();
            assertThat(seen.dispatchable(slug)).as(slug).isFalse();
            assertThat(seen.task(slug).path("not_dispatchable").asText()).contains(reason);
        }
    }

    private static String passFailed(Seen seen) {
        return String.join("\n", StreamSupport.stream(seen.json().path("signals").spliterator(), false)
                .filter(signal -> signal.path("kind").asText().equals("pass_failed"))
                .map(signal -> signal.path("message").asText())
                .toList());
    }

    @Test
    void withNothingBrokenNothingFails() {
        var seen = operator.beat();

        theRestIsRight(seen);
        assertThat(seen.signals()).isEmpty();
        assertThat(seen.bucket("busy")).isEqualTo("active");
        assertThat(seen.dispatchable("next")).isTrue();
        assertThat(seen.json().path("live_workers").asInt()).isEqualTo(2);
    }

    @Test
    void whenGitCantListTheWorktreesNobodyIsTakenToBeFree() throws Exception {
        var path = System.getenv("PATH");
        Repository.program(folder.resolve("bin/git"), """
                #!/bin/sh
                case " $* " in *" worktree list "*) echo "fatal: no worktrees today" >&2; exit 128 ;; esac
                PATH=${PATH#*:} exec git "$@"
                """);
        operator.with("PATH", folder.resolve("bin") + ":" + path);

        try (var heartbeat = AgentChild.reeve(operator, "heartbeat", "--once", "--no-reconcile")) {
            assertThat(heartbeat.rest()).anyMatch(line -> line.contains("pass_failed"))
                    .noneMatch(line -> line.contains("Exception") || line.contains("dev.reeve"));
            assertThat(heartbeat.exitCode()).isZero();
        }
        var seen = operator.seen("dave");

        assertThat(passFailed(seen)).contains("the pass collect failed", "the pass reconcile failed",
                "no worktrees today");
        nobodyIsFree(seen, "no worktrees today");
        theRestIsRight(seen);

        assertThat(operator.with("PATH", path).beat().signals()).isEmpty();
        assertThat(operator.seen("dave").dispatchable("next")).isTrue();
    }

    @Test
    void aWorktreeThatGitCantReadIsNotItsNeighbours() throws IOException {
        Files.writeString(operator.checkout().resolve(".git/worktrees/busy/index"), "no index at all");
        Files.delete(operator.checkout().resolve("tasks/logs/dispatch-busy.status.json"));

        var seen = operator.beat();

        assertThat(seen.says("busy", "register_orphan")).contains("its worktree can't be read", "git status");
        assertThat(seen.dispatchable("busy")).isFalse();
        assertThat(seen.bucket("also-busy")).isEqualTo("active");
        assertThat(seen.dispatchable("next")).isTrue();
        theRestIsRight(seen);
    }

    @Test
    void aTaskThatCantBeLookedAtSaysSoAndTheOthersAreJudged() throws IOException {
        operator.pull(13, "busy").merge();
        operator.publish("tasks/busy.md", task("ready", "pr_number: 13"));
        var tree = operator.git("rev-parse", "HEAD~1^{tree}");
        Files.delete(operator.checkout().resolve(".git/objects/" + tree.substring(0, 2) + "/" + tree.substring(2)));

        var seen = operator.beat();

        assertThat(passFailed(seen)).contains("the pass reconcile failed for busy, the others went on");
        assertThat(seen.signals("busy")).containsExactly("pass_failed");
        assertThat(seen.says("busy", "pass_failed")).contains("whether somebody is at it could not be looked at");
        assertThat(seen.dispatchable("busy")).isFalse();
        assertThat(seen.bucket("also-busy")).isEqualTo("active");
        assertThat(seen.dispatchable("next")).isTrue();
        theRestIsRight(seen);
        assertThat(operator.run("explain", "busy").out()).contains("-> ", "pass_failed");
    }

    @Test
    void aDispatchFolderThatCantBeReadLetsNothingBeStarted() throws IOException {
        var logs = operator.checkout().resolve("tasks/logs");
        Files.move(logs, folder.resolve("logs"));
        Files.writeString(logs, "no folder");

        var seen = operator.beat();

        assertThat(passFailed(seen)).contains("the pass collect failed").doesNotContain("Exception");
        nobodyIsFree(seen, "tasks/logs");
        theRestIsRight(seen);
    }
}
