package dev.reeve.cli;

import dev.reeve.app.LocalAgent;
import dev.reeve.model.Bucket;
import dev.reeve.model.SignalKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What holds while an agent beats, whatever happens beside it. */
@Timeout(180)
class RunningAgentTest {

    private static final Duration OFTEN = Duration.ofMillis(40);
    private static final Duration ONCE = Duration.ofHours(1);

    @TempDir
    private Path folder;
    private Operator operator;

    @BeforeEach
    void sitDown() {
        operator = new Operator(folder, Instant.now());
    }

    @AfterEach
    void leave() {
        operator.close();
    }

    @Test
    void everyBeatLeavesASnapshotWithTheNextNumber() throws Exception {
        try (var agent = new RunningAgent(operator).every(OFTEN)) {
            for (int cycle = 1; cycle <= 4; cycle++) {
                assertThat(agent.awaitSeen().head().cycle()).isEqualTo(cycle);
            }
            assertThat(agent.stop()).isTrue();
        }
        assertThat(operator.seen("dave").json().path("cycle").asInt()).isGreaterThanOrEqualTo(4);
        assertThat(operator.stateFiles()).noneMatch(name -> name.endsWith(".reeve-tmp"));
    }

    @Test
    void aSecondAgentOfTheOwnerIsRefusedAndAnothersIsNot() throws Exception {
        try (var agent = new RunningAgent(operator).every(ONCE)) {
            agent.awaitSeen();
            assertThat(new RunningAgent(operator.with("TASK_MANAGER_OWNER", "@Da-ve")).every(ONCE).ran()).isFalse();
            try (var others = new RunningAgent(operator.with("TASK_MANAGER_OWNER", "rj")).every(ONCE)) {
                assertThat(others.awaitSeen().head().owner()).hasToString("rj");
            }
        }
        try (var next = new RunningAgent(operator.with("TASK_MANAGER_OWNER", "dave")).every(ONCE)) {
            assertThat(next.awaitSeen().head().cycle()).isEqualTo(2);
        }
    }

    @Test
    void aGitHubThatHangsMakesNoSnapshotLateAndWhatItSaidLastIsShownWithItsAge() throws Exception {
        operator.publish("tasks/by-hand.md", task("in_progress"));
        operator.pull(12, "fix-login");
        try (var agent = new RunningAgent(operator).every(Duration.ofSeconds(2))) {
            var known = agent.awaitSeen(seen -> seen.head().askedAt() != null && seen.head().lookupFailure() == null);
            assertThat(known.head().incidents()).anyMatch(one -> one.lead().kind() == SignalKind.PR_REVIEW_PENDING);

            var gate = operator.gitHub().gate(".*");
            gate.awaitArrival();
            var first = agent.awaitSeen(seen -> seen.head().lookupFailure() != null);
            var second = agent.awaitSeen();

            assertThat(second.head().cycle()).isEqualTo(first.head().cycle() + 1);
            for (var hanging : new LocalAgent.Cycle.Seen[]{first, second}) {
                assertThat(hanging.head().lookupFailure()).contains("has not answered yet");
                assertThat(hanging.head().askedAt()).isNotNull().isBefore(hanging.head().generatedAt());
                assertThat(hanging.head().signals()).anyMatch(one -> one.kind() == SignalKind.LOOKUP_FAILED);
                assertThat(hanging.head().incidents())
                        .anyMatch(one -> one.lead().kind() == SignalKind.PR_REVIEW_PENDING);
            }
            assertThat(second.head().askedAt()).isEqualTo(first.head().askedAt());

            gate.open();
            assertThat(agent.awaitSeen(seen -> seen.head().lookupFailure() == null).head().askedAt())
                    .isAfter(second.head().askedAt());
        }
    }

    @Test
    void aBeatThatFailsIsToldAndTheNextOneIsTried() throws Exception {
        var state = operator.checkout().resolve(".tasks");
        try (var agent = new RunningAgent(operator).every(OFTEN)) {
            agent.awaitSeen();
            replaceByFile(state);

            assertThat(agent.await(RunningAgent.Failed.class, _ -> true).why()).isInstanceOf(IOException.class);
            agent.await(RunningAgent.Failed.class, _ -> true);
            Files.delete(state);

            assertThat(agent.awaitSeen().head().cycle()).isEqualTo(1);
        }
    }

    /** A cycle may make the folder again before the file is there. */
    private void replaceByFile(Path state) {
        var tries = new AtomicInteger();
        await().ignoreExceptions().until(() -> {
            if (Files.isDirectory(state)) {
                Files.move(state, folder.resolve("moved-" + tries.incrementAndGet()));
            }
            Files.createFile(state);
            return true;
        });
    }

    @Test
    void whatIsDoneBesideTheBeatsIsToldWhenItFails() throws Exception {
        try (var agent = new RunningAgent(operator).every(OFTEN, () -> {
            throw new IllegalStateException("at the start");
        }, _ -> {
            throw new IllegalStateException("afterwards");
        })) {
            agent.await(RunningAgent.AsideFailed.class, failed -> "at the start".equals(failed.why().getMessage()));
            agent.await(RunningAgent.AsideFailed.class, failed -> "afterwards".equals(failed.why().getMessage()));
            agent.awaitSeen();
        }
    }

    @Test
    void aStartThatHangsKeepsNoSnapshotAwayAndNothingElseIsBegunBesideIt() throws Exception {
        var goOn = new CountDownLatch(1);
        var followed = new AtomicInteger();
        try (var agent = new RunningAgent(operator).every(OFTEN, () -> hang(goOn), _ -> followed.incrementAndGet())) {
            agent.awaitSeen(seen -> seen.head().cycle() == 3);
            assertThat(followed).hasValue(0);
            goOn.countDown();
            await().until(() -> followed.get() > 0);
        }
    }

    @Test
    void whatFollowsABeatIsNotBegunAgainWhileItGoesOn() throws Exception {
        var goOn = new CountDownLatch(1);
        var followed = new AtomicInteger();
        try (var agent = new RunningAgent(operator).every(OFTEN, () -> {}, _ -> {
            followed.incrementAndGet();
            hang(goOn);
        })) {
            agent.awaitSeen(seen -> seen.head().cycle() == 4);
            assertThat(followed).hasValue(1);
            goOn.countDown();
            await().until(() -> followed.get() > 1);
        }
    }

    private static void hang(CountDownLatch goOn) {
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("stopped", e);
        }
    }

    @Test
    void aCycleThatIsCutShortEndsAtOnceAndLeavesNoSnapshot() throws Exception {
        operator.pull(12, "fix-login");
        var gate = operator.gitHub().gate(".*");
        try (var agent = new RunningAgent(operator).every(ONCE)) {
            gate.awaitArrival();
            assertThat(agent.stop()).isTrue();
        }
        assertThat(operator.stateFiles()).noneMatch(name -> name.contains("snapshot"));
    }

    @Test
    void aPullRequestThatIsMergedCompletesItsTaskSoonAfter() throws Exception {
        var pull = operator.pull(12, "fix-login");
        var agent = new RunningAgent(operator);
        try (agent) {
            agent.every(OFTEN, () -> {}, agent.mergedTasks());
            agent.awaitSeen();

            pull.merge();
            agent.awaitSeen(seen -> seen.beat().counts().getOrDefault(Bucket.DONE, 0) == 1);
        }
        assertThat(operator.read("tasks/fix-login.md")).contains("status: completed", "pr_number: 12",
                "completed_by: rj", "merge_commit: ");
    }

    @Test
    void whereTheServerCompletesTasksTheAgentLeavesThem() throws Exception {
        operator.publish(".reeve.yml", "reconcile: {publish: pull-request}\n");
        operator.pull(12, "fix-login").merge();
        var agent = new RunningAgent(operator);
        try (agent) {
            agent.every(OFTEN, () -> {}, agent.mergedTasks());
            agent.await(Object.class, event -> {
                assertThat(event).isInstanceOf(RunningAgent.Saw.class);
                return ((RunningAgent.Saw) event).cycle().head().cycle() == 4;
            });
        }
        assertThat(operator.read("tasks/fix-login.md")).isEqualTo(task("ready"));
    }
}
