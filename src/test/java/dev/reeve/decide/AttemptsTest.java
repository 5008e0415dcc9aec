package dev.reeve.decide;

import dev.reeve.model.Judgement.Dispatchability.Dispatchable;
import dev.reeve.model.Judgement.Dispatchability.NotDispatchable;
import dev.reeve.model.PullRequest;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static dev.reeve.decide.GivenBeat.NOW;
import static dev.reeve.decide.GivenBeat.aBeat;
import static dev.reeve.model.SignalKind.DISPATCH_FAILED;
import static dev.reeve.model.SignalKind.DISPATCH_RETRY_COOLDOWN;
import static org.assertj.core.api.Assertions.assertThat;

/** How often a task is tried, how long it rests in between, and what gives it new attempts. */
class AttemptsTest {

    private static final Sha EARLIER = new Sha("b".repeat(40));
    private static final Duration SECONDS = Duration.ofSeconds(40);
    private static final Duration MINUTES = Duration.ofMinutes(20);

    private static boolean dispatchable(GivenBeat beat) {
        return beat.judge().dispatch() instanceof Dispatchable;
    }

    private static String whyNot(GivenBeat beat) {
        return beat.judge().dispatch() instanceof NotDispatchable(var reason) ? reason : "dispatchable";
    }

    @ParameterizedTest
    @CsvSource({"0,5", "1,5", "2,10", "3,20", "4,40", "9,1280", "10,1440", "11,1440", "2147483647,1440"})
    void eachAttemptIsFollowedByARestTwiceAsLongUpToADay(int attempts, int minutes) {
        var limits = new HeartbeatPolicy.Limits(Duration.ofMinutes(5), Integer.MAX_VALUE, 4, 6, 1);
        var beat = aBeat().limits(limits).registered(attempts).run(GivenRun.exited(1).ago(Duration.ofSeconds(1)));

        assertThat(Cooldown.rest(beat.facts(), beat.policy())).hasMinutes(minutes);
        if (attempts < Integer.MAX_VALUE) {
            assertThat(Cooldown.pending(beat.facts(), beat.policy()))
                    .contains(NOW.minusSeconds(1).plus(Duration.ofMinutes(minutes)));
        }
    }

    @Test
    void aLongerRestIsToldAndOver() {
        var second = aBeat().registered(2).run(GivenRun.exited(3).ago(Duration.ofMinutes(9)));
        assertThat(second.signals()).containsExactly(DISPATCH_FAILED, DISPATCH_RETRY_COOLDOWN);
        assertThat(second.judge().signals().getLast().message())
                .isEqualTo("it may be dispatched again from 2026-03-28T12:01:00Z on, after a rest of 10 min");
        assertThat(dispatchable(aBeat().registered(2).run(GivenRun.exited(3).ago(Duration.ofMinutes(10))))).isTrue();
    }

    @Test
    void afterTheLastAttemptThereIsNoRestBecauseNothingFollows() {
        var beat = aBeat().registered(3).run(GivenRun.exited(3).ago(SECONDS));

        assertThat(beat.signals()).containsExactly(DISPATCH_FAILED);
        assertThat(whyNot(beat)).contains("3 of 3 attempts are used");
    }

    @Test
    void aConfiguredRestOfADayStaysADayAndNoneStaysNone() {
        var day = aBeat().limits(new HeartbeatPolicy.Limits(Duration.ofDays(1), 5, 4, 6, 1)).registered(3);
        assertThat(Cooldown.rest(day.facts(), day.policy())).isEqualTo(Duration.ofDays(1));
        var none = aBeat().limits(new HeartbeatPolicy.Limits(Duration.ZERO, 5, 4, 6, 1))
                .registered(3)
                .run(GivenRun.exited(1).ago(Duration.ZERO));
        assertThat(none.signals()).containsExactly(DISPATCH_FAILED);
        assertThat(dispatchable(none)).isTrue();
    }

    @Test
    void newCommitsSinceTheLastRunCountItsAttemptsAnew() {
        var since = aBeat().worktree(2, MINUTES).registered(3).run(GivenRun.exited(1).ago(SECONDS).head(EARLIER));
        assertThat(since.signals()).containsExactly(DISPATCH_FAILED);
        assertThat(since.judge().incident().orElseThrow().lead().message()).isEqualTo(
                "its last run ended with exit code 1, 40 s ago (there are new commits since, so its attempts are counted anew)");
        assertThat(dispatchable(since)).isTrue();
        assertThat(Attempts.words(since.facts(), since.policy()))
                .isEqualTo("0 of 3, counted anew: new commits since its last run");

        var limited = aBeat().worktree(2, MINUTES)
                .registered(3)
                .run(GivenRun.exited(1).limitedFor(MINUTES.negated()).head(EARLIER));
        assertThat(limited.signals()).isEmpty();
    }

    @Test
    void whatTheRunItselfCommittedIsNotNew() {
        var same = aBeat().worktree(2, MINUTES)
                .registered(3)
                .run(GivenRun.exited(1).ago(SECONDS).head(GivenTask.HEAD));
        assertThat(whyNot(same)).contains("3 of 3 attempts are used");
        var unknown = aBeat().worktree(2, MINUTES).registered(3).run(GivenRun.exited(1).ago(SECONDS));
        assertThat(whyNot(unknown)).contains("3 of 3 attempts are used");
        var gone = aBeat().registered(3).run(GivenRun.exited(1).ago(SECONDS).head(EARLIER));
        assertThat(whyNot(gone)).as("there is no worktree").contains("3 of 3 attempts are used");
        var live = aBeat().worktree(2, MINUTES).registered(3).run(GivenRun.alive().head(EARLIER));
        assertThat(Attempts.counted(live.facts())).as("it may be committing").isEqualTo(3);
    }

    @Test
    void whenNoAttemptIsLeftTheFailureStaysAndNothingIsDispatched() {
        var failed = aBeat().registered(3).run(GivenRun.exited(1).ago(Duration.ofDays(9)));
        assertThat(failed.signals()).containsExactly(DISPATCH_FAILED);
        assertThat(whyNot(failed)).isEqualTo("3 of 3 attempts are used: new commits or an operator reset them");

        var forgotten = aBeat().registered(3);
        assertThat(forgotten.signals()).as("its dispatch files are gone").containsExactly(DISPATCH_FAILED);
        assertThat(dispatchable(forgotten)).isFalse();
        assertThat(aBeat().registered(3).pull(PullRequest.State.OPEN).signals()).isEmpty();
    }
}
