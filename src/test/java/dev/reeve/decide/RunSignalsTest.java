package dev.reeve.decide;

import dev.reeve.model.Bucket;
import dev.reeve.model.Judgement.Dispatchability.Dispatchable;
import dev.reeve.model.Judgement.Dispatchability.NotDispatchable;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Run;
import dev.reeve.model.Severity;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;

import static dev.reeve.decide.GivenBeat.NOW;
import static dev.reeve.decide.GivenBeat.aBeat;
import static dev.reeve.model.SignalKind.DISPATCH_COMPLETED_UNRECONCILED;
import static dev.reeve.model.SignalKind.DISPATCH_FAILED;
import static dev.reeve.model.SignalKind.DISPATCH_PAUSED;
import static dev.reeve.model.SignalKind.DISPATCH_RETRY_COOLDOWN;
import static dev.reeve.model.SignalKind.DISPATCH_STALLED;
import static dev.reeve.model.SignalKind.DISPATCH_WORKER_GONE;
import static dev.reeve.model.SignalKind.PICKUP_OVERDUE;
import static dev.reeve.model.SignalKind.STATE_FILE_CORRUPT;
import static org.assertj.core.api.Assertions.assertThat;

/** What a task's last run has to say, as its dispatch files tell. */
class RunSignalsTest {

    private static final Duration SECONDS = Duration.ofSeconds(40);
    private static final Duration MINUTES = Duration.ofMinutes(20);

    private static boolean dispatchable(GivenBeat beat) {
        return beat.judge().dispatch() instanceof Dispatchable;
    }

    private static String whyNot(GivenBeat beat) {
        return beat.judge().dispatch() instanceof NotDispatchable(var reason) ? reason : "dispatchable";
    }

    @Test
    void aRunThatEndedNonZeroHasFailedAndIsTriedAgainAfterItsCooldown() {
        var fresh = aBeat().registered(1).run(GivenRun.exited(3).ago(SECONDS));
        assertThat(fresh.signals()).containsExactly(DISPATCH_FAILED, DISPATCH_RETRY_COOLDOWN);
        assertThat(fresh.judge().incident().orElseThrow().lead().message())
                .isEqualTo(
                        "its last run ended with exit code 3, 40 s ago (attempt 1 of 3, the next from 2026-03-28T12:04:20Z on)");
        assertThat(whyNot(fresh)).isEqualTo("it rests after a failed run until 2026-03-28T12:04:20Z");

        var later = aBeat().registered(1).run(GivenRun.exited(3).ago(MINUTES));
        assertThat(later.signals()).containsExactly(DISPATCH_FAILED);
        assertThat(dispatchable(later)).isTrue();
    }

    @Test
    void aRunWithOutcomeFailedHasFailedWhateverItsExitCode() {
        assertThat(aBeat().registered(1).run(GivenRun.exited(0).outcome("failed")).signals())
                .containsExactly(DISPATCH_FAILED);
        assertThat(aBeat().registered(1).run(GivenRun.dead("FAILED")).signals()).containsExactly(DISPATCH_FAILED);
    }

    @Test
    void whatWasRecordedAtItsEndIsTold() {
        var failed = aBeat().registered(1)
                .run(GivenRun.exited(1)
                        .ago(MINUTES)
                        .outcome("failed")
                        .said("half\u001b[31m", "it ran longer than 2 h 0 min", "blocked")
                        .pending(2));
        assertThat(failed.judge().incident().orElseThrow().lead().message())
                .isEqualTo(
                        "its last run ended with outcome failed, 20 min ago: it ran longer than 2 h 0 min; "
                                + "\"half\\u{1b}[31m\" (attempt 1 of 3), and 2 follow-ups wait");

        var blocked = aBeat().registered(1)
                .run(GivenRun.exited(0).outcome("blocked").said("needs a key", "its worker says so", null));
        assertThat(whyNot(blocked)).isEqualTo("its last run ended with outcome blocked, so it isn't started anew:"
                + " its worker says so; \"needs a key\"");
    }

    @Test
    void aClaimThatWasNotBelievedIsToldWhileNobodySeesItsPullRequest() {
        var run = GivenRun.exited(0).said(null, "whether there is one isn't known", "completed_with_pr");
        var claimed = aBeat().registered(1).run(run);
        assertThat(claimed.signals()).containsExactly(DISPATCH_COMPLETED_UNRECONCILED);
        assertThat(claimed.judge().reason()).contains("says that it opened a pull request, but GitHub has none for it");
        assertThat(aBeat().registered(1).run(run).pull(PullRequest.State.OPEN).signals()).isEmpty();
    }

    @Test
    void aLiveWorkersAttemptAndFollowUpsAreTold() {
        var second = aBeat().registered(2).run(GivenRun.alive().output(SECONDS).pending(1));
        assertThat(second.judge().reason())
                .isEqualTo("a worker has been at it for 1 h 10 min (attempt 2 of 3), and a follow-up waits");
    }

    @Test
    void whatWasInterruptedHasNotFailed() {
        var beat = aBeat().registered(1).run(GivenRun.dead("interrupted"));

        assertThat(beat.signals()).isEmpty();
        assertThat(dispatchable(beat)).isTrue();
    }

    @Test
    void oneDeadWorkerIsOneIncidentLedByItsCause() {
        var beat = aBeat().changed(Duration.ofDays(1)).run(GivenRun.dead("running").ago(SECONDS));

        assertThat(beat.judge().incident().orElseThrow().lead().kind()).isEqualTo(DISPATCH_WORKER_GONE);
        assertThat(beat.signals()).containsExactly(DISPATCH_WORKER_GONE, DISPATCH_RETRY_COOLDOWN);
        assertThat(beat.judge().incident().orElseThrow().severity()).isEqualTo(Severity.ATTENTION);
    }

    @Test
    void workerGoneLeadsOverOverdueAndDoesNotStopTheNextTry() {
        var beat = aBeat().changed(Duration.ofDays(1)).run(GivenRun.dead("starting").ago(Duration.ofDays(1)));

        assertThat(beat.signals()).containsExactly(DISPATCH_WORKER_GONE, PICKUP_OVERDUE);
        assertThat(dispatchable(beat)).isTrue();
    }

    @Test
    void theTombstoneTellsWorkerGoneFromFinished() {
        var finished = aBeat().registered(1).run(GivenRun.dead("running").tombstone("r1", "exited", 0, null));
        assertThat(finished.signals()).containsExactly(DISPATCH_COMPLETED_UNRECONCILED);
        assertThat(dispatchable(finished)).isFalse();

        var failed = aBeat().registered(1).run(GivenRun.dead("running").tombstone("r1", "exited", 2, null));
        assertThat(failed.signals()).containsExactly(DISPATCH_FAILED);

        var withoutIds = aBeat().registered(1)
                .run(GivenRun.dead("running").id(null).tombstone(null, "exited", 0, null));
        assertThat(withoutIds.signals()).containsExactly(DISPATCH_COMPLETED_UNRECONCILED);

        var running = aBeat().registered(1).run(GivenRun.dead("running").tombstone("r1", "running", null, null));
        assertThat(running.signals()).containsExactly(DISPATCH_WORKER_GONE);
    }

    @Test
    void theTombstoneOfAnotherRunSaysNothing() {
        assertThat(aBeat().run(GivenRun.dead("running").tombstone("r0", "exited", 0, null)).signals())
                .containsExactly(DISPATCH_WORKER_GONE);
        var older = GivenRun.dead("running").id(null).tombstone(null, "exited", 0, null).run();
        var begunLater = new Run(null, "running", false, null, null, NOW.minusSeconds(1000), NOW.minusSeconds(900),
                null,
                null, older.tombstone());
        assertThat(aBeat().run(begunLater).signals()).containsExactly(DISPATCH_WORKER_GONE);
    }

    @Test
    void exitZeroWithNothingToShowIsNoSuccessAndIsNotDoneAgain() {
        var beat = aBeat().registered(1).run(GivenRun.exited(0));

        assertThat(beat.signals()).containsExactly(DISPATCH_COMPLETED_UNRECONCILED);
        assertThat(beat.judge().bucket()).isEqualTo(Bucket.NEEDS_ATTENTION);
        assertThat(dispatchable(beat)).isFalse();
        assertThat(aBeat().registered(1).run(GivenRun.exited(0).outcome("completed_with_pr")).signals())
                .containsExactly(DISPATCH_COMPLETED_UNRECONCILED);
    }

    @Test
    void anOpenPullRequestAnOutcomeOrAPersonsStatusAccountsForARun() {
        var open = aBeat().registered(1).run(GivenRun.exited(0)).pull(PullRequest.State.OPEN);
        assertThat(open.signals()).isEmpty();
        assertThat(open.judge().bucket()).isEqualTo(Bucket.WAITING);

        var blocked = aBeat().registered(1).run(GivenRun.exited(0).outcome("blocked"));
        assertThat(blocked.signals()).isEmpty();
        assertThat(whyNot(blocked)).contains("ended with outcome blocked");
        assertThat(blocked.judge().bucket()).isEqualTo(Bucket.WAITING);

        assertThat(aBeat().status(TaskStatus.BLOCKED).registered(1).run(GivenRun.exited(0)).signals()).isEmpty();
    }

    @Test
    void anUnknownPullRequestIsNotNoneAndKeepsAFinishedRunFromBeingRepeated() {
        var beat = aBeat().registered(1).run(GivenRun.exited(0)).pullUnknown();

        assertThat(beat.signals()).containsExactly(SignalKind.LOOKUP_FAILED);
        assertThat(dispatchable(beat)).isFalse();
        assertThat(beat.judge().bucket()).isEqualTo(Bucket.WAITING);
    }

    @Test
    void aLiveWorkerWithoutOutputHasStalled() {
        var silent = aBeat().registered(1).run(GivenRun.alive().ago(Duration.ZERO).output(MINUTES));
        assertThat(silent.signals()).as("it began ten minutes ago; its log is an earlier run's").isEmpty();
        assertThat(silent.judge().bucket()).isEqualTo(Bucket.ACTIVE);

        var stalled = aBeat().registered(1).run(GivenRun.alive().output(MINUTES));
        assertThat(stalled.signals()).containsExactly(DISPATCH_STALLED);
        assertThat(stalled.judge().incident().orElseThrow().lead().message()).contains("20 min");
        assertThat(aBeat().registered(1).run(GivenRun.alive()).signals()).as("it has no log")
                .containsExactly(DISPATCH_STALLED);
        assertThat(aBeat().registered(1).run(GivenRun.alive().output(SECONDS)).signals()).isEmpty();
        assertThat(aBeat().registered(1).run(GivenRun.alive().output(MINUTES.negated())).signals()).isEmpty();
    }

    @Test
    void aUsageLimitPausesAndIsNoFailure() {
        var limited = aBeat().registered(1).run(GivenRun.exited(1).ago(SECONDS).limitedFor(MINUTES));
        assertThat(limited.signals()).containsExactly(DISPATCH_PAUSED);
        assertThat(limited.judge().bucket()).isEqualTo(Bucket.WAITING);
        assertThat(whyNot(limited)).contains("2026-03-28T12:20:00Z", "usage limit");

        var over = aBeat().registered(1).run(GivenRun.exited(1).limitedFor(MINUTES.negated()));
        assertThat(over.signals()).isEmpty();
        assertThat(dispatchable(over)).isTrue();
    }

    @Test
    void forHowLongALiveWorkerHasBeenAtItIsToldUnlessItsClockWasAhead() {
        var beat = aBeat().registered(1).run(GivenRun.alive().output(SECONDS));
        assertThat(beat.judge().reason()).isEqualTo("a worker has been at it for 1 h 10 min");
        assertThat(whyNot(beat)).isEqualTo("a worker has been at it for 1 h 10 min");

        var ahead = aBeat().registered(1).run(GivenRun.alive().ago(Duration.ofHours(-2)));
        assertThat(ahead.judge().reason()).isEqualTo("a worker is at it");
    }

    @Test
    void anUnreadableStatusMayBeALiveWorkers() {
        var beat = aBeat().runUnreadable();

        assertThat(beat.signals()).containsExactly(STATE_FILE_CORRUPT);
        assertThat(whyNot(beat)).contains("a worker may be at it");
        assertThat(beat.judge().incident().orElseThrow().remedy()).contains("reeve reconcile fix-login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "STARTING", "stalled", "worker_gone", "worker-gone", "", "whatever\n"})
    void aStateThatNobodyKnowsOfADeadWorkerIsGone(String state) {
        var beat = aBeat().run(GivenRun.dead(state));

        assertThat(beat.signals()).containsExactly(DISPATCH_WORKER_GONE);
        assertThat(beat.judge().reason()).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exited", "Finished", "completed", "done", "success"})
    void aStateThatSaysItEndedWithoutAnExitCodeIsNotTriedAgain(String state) {
        var beat = aBeat().run(GivenRun.dead(state));

        assertThat(beat.signals()).containsExactly(DISPATCH_COMPLETED_UNRECONCILED);
        assertThat(dispatchable(beat)).isFalse();
    }

    @Test
    void aFailureInTheFutureSuppressesNothingForGood() {
        var jumped = aBeat().run(GivenRun.exited(1).ago(Duration.ofDays(-30)));
        assertThat(jumped.signals()).containsExactly(DISPATCH_FAILED);
        assertThat(dispatchable(jumped)).isTrue();
        assertThat(jumped.judge().dispatch()).isEqualTo(new Dispatchable(NOW.minusSeconds(60)));

        var skewed = aBeat().run(GivenRun.exited(1).ago(SECONDS.negated()));
        assertThat(whyNot(skewed)).isEqualTo("it rests after a failed run until 2026-03-28T12:05:00Z");
    }

    @Test
    void timesAtTheEndOfTheWorldAreJustTimes() {
        for (var time : new Instant[]{Instant.MIN, Instant.MAX, Instant.EPOCH}) {
            var run = new Run("r1", "exited", false, 1, null, time, time, time, null, null);
            assertThat(aBeat().run(run).signals()).contains(DISPATCH_FAILED);
            assertThat(aBeat().run(new Run("r1", "running", true, null, null, time, time, time, null, null))
                    .judge()
                    .bucket())
                    .isIn(Bucket.ACTIVE, Bucket.NEEDS_ATTENTION);
        }
    }
}
