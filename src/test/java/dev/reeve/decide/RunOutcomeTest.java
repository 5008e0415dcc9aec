package dev.reeve.decide;

import dev.reeve.decide.EndedRun.Ending;
import dev.reeve.decide.EndedRun.Shown;
import dev.reeve.decide.RunOutcome.Attempt;
import dev.reeve.decide.RunOutcome.State;
import dev.reeve.model.Run;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.WorkerOutcome;
import dev.reeve.model.WorkerResult;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static dev.reeve.model.WorkerOutcome.BLOCKED;
import static dev.reeve.model.WorkerOutcome.COMPLETED_WITH_PR;
import static dev.reeve.model.WorkerOutcome.FAILED;
import static dev.reeve.model.WorkerOutcome.NEEDS_REVIEW_FIX;
import static org.assertj.core.api.Assertions.assertThat;

/** What a run has come to, from how it ended, what its worker said, and what the world shows. */
class RunOutcomeTest {

    private static final Instant NOW = GivenTask.NOW;
    private static final Instant LATER = NOW.plus(Duration.ofHours(5));
    private static final WorkerResult NOTHING = new WorkerResult.None();
    private static final Shown SHOWN = new Shown.Yes("PR #12");
    private static final Shown ABSENT = new Shown.No();
    private static final Shown UNKNOWN = new Shown.Unknown("timed out");

    private static EndedRun run(Ending ending, WorkerResult result, Shown shown) {
        return new EndedRun(NOW, ending, result, shown, 0, Optional.of(TaskStatus.READY), Optional.empty());
    }

    private static EndedRun withLimit(EndedRun run, Instant until) {
        return new EndedRun(run.at(), run.ending(), run.result(), run.shown(), run.ahead(), run.status(),
                Optional.of(until));
    }

    private static WorkerResult stated(@Nullable WorkerOutcome outcome, @Nullable Instant retryAt) {
        return new WorkerResult.Stated(outcome, "did things", "https://github.com/acme/shop/pull/12", retryAt);
    }

    /** {@code 0}: exit code; {@code s9}: killed by a signal; {@code time}, {@code stop}, {@code never}. */
    private static Ending ending(String word) {
        return switch (word) {
            case "time" -> new Ending.OutOfTime(Duration.ofHours(2));
            case "stop" -> new Ending.Stopped();
            case "never" -> new Ending.NeverStarted("no such program");
            case String signal when signal.startsWith("s") ->
                new Ending.Killed(Integer.parseInt(signal.substring(1)));
            default -> new Ending.Exited(Integer.parseInt(word));
        };
    }

    private static Shown shown(String word) {
        return word.equals("yes") ? SHOWN : word.equals("no") ? ABSENT : UNKNOWN;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # ended, said,              shown,   state,       outcome,           claimed,           attempt
            0,     -,                 yes,     EXITED,      completed_with_pr, -,                 SPENT
            0,     -,                 no,      EXITED,      -,                 -,                 SPENT
            0,     -,                 unknown, EXITED,      -,                 -,                 SPENT
            3,     -,                 yes,     FAILED,      failed,            -,                 SPENT
            3,     -,                 no,      FAILED,      failed,            -,                 SPENT
            3,     -,                 unknown, FAILED,      failed,            -,                 SPENT
            0,     completed_with_pr, yes,     EXITED,      completed_with_pr, -,                 SPENT
            0,     completed_with_pr, no,      EXITED,      -,                 completed_with_pr, SPENT
            0,     completed_with_pr, unknown, EXITED,      -,                 completed_with_pr, SPENT
            3,     completed_with_pr, yes,     EXITED,      completed_with_pr, -,                 SPENT
            3,     completed_with_pr, no,      FAILED,      failed,            completed_with_pr, SPENT
            3,     completed_with_pr, unknown, FAILED,      failed,            completed_with_pr, SPENT
            0,     blocked,           no,      EXITED,      blocked,           -,                 SPENT
            3,     blocked,           no,      EXITED,      blocked,           -,                 SPENT
            0,     blocked,           yes,     EXITED,      blocked,           -,                 SPENT
            0,     needs_review_fix,  yes,     EXITED,      needs_review_fix,  -,                 SPENT
            3,     needs_review_fix,  unknown, EXITED,      needs_review_fix,  -,                 SPENT
            0,     failed,            no,      FAILED,      failed,            -,                 SPENT
            0,     failed,            yes,     FAILED,      failed,            -,                 SPENT
            3,     failed,            no,      FAILED,      failed,            -,                 SPENT
            s9,    -,                 no,      FAILED,      failed,            -,                 SPENT
            s9,    -,                 yes,     FAILED,      failed,            -,                 SPENT
            s9,    completed_with_pr, yes,     EXITED,      completed_with_pr, -,                 SPENT
            s9,    completed_with_pr, no,      FAILED,      failed,            completed_with_pr, SPENT
            s9,    blocked,           no,      FAILED,      failed,            blocked,           SPENT
            time,  -,                 no,      FAILED,      failed,            -,                 SPENT
            time,  completed_with_pr, yes,     EXITED,      completed_with_pr, -,                 SPENT
            time,  needs_review_fix,  no,      FAILED,      failed,            needs_review_fix,  SPENT
            stop,  -,                 no,      INTERRUPTED, -,                 -,                 NOT_SPENT
            stop,  -,                 yes,     INTERRUPTED, -,                 -,                 NOT_SPENT
            stop,  completed_with_pr, yes,     INTERRUPTED, -,                 completed_with_pr, NOT_SPENT
            never, -,                 no,      FAILED,      failed,            -,                 NOT_SPENT
            never, -,                 unknown, FAILED,      failed,            -,                 NOT_SPENT
            """)
    void whatARunHasComeTo(String ended, String said, String shown, State state, String outcome, String claimed,
            Attempt attempt) {
        var result = said.equals("-") ? NOTHING : stated(WorkerOutcome.parse(said).orElseThrow(), null);

        var judged = RunOutcome.of(run(ending(ended), result, shown(shown)));

        assertThat(judged).returns(state, RunOutcome::state)
                .returns(WorkerOutcome.parse(outcome).orElse(null), RunOutcome::outcome)
                .returns(WorkerOutcome.parse(claimed).orElse(null), RunOutcome::claimed)
                .returns(null, RunOutcome::retryAt)
                .returns(attempt, RunOutcome::attempt);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # ended, said,              shown,   state,       outcome,           claimed
            0,     -,                 no,      EXITED,      -,                 -
            1,     -,                 no,      EXITED,      -,                 -
            1,     -,                 unknown, EXITED,      -,                 -
            1,     -,                 yes,     EXITED,      -,                 -
            0,     -,                 yes,     EXITED,      completed_with_pr, -
            1,     completed_with_pr, yes,     EXITED,      completed_with_pr, -
            1,     completed_with_pr, no,      EXITED,      -,                 completed_with_pr
            1,     failed,            no,      EXITED,      -,                 failed
            0,     blocked,           no,      EXITED,      -,                 blocked
            s15,   -,                 no,      EXITED,      -,                 -
            time,  -,                 no,      EXITED,      -,                 -
            stop,  -,                 no,      INTERRUPTED, -,                 -
            """)
    void aUsageLimitSpendsNoAttemptUnlessItsPullRequestIsThere(String ended, String said, String shown, State state,
            String outcome, String claimed) {
        var judged = RunOutcome
                .of(run(ending(ended), stated(WorkerOutcome.parse(said).orElse(null), LATER), shown(shown)));

        assertThat(judged).returns(state, RunOutcome::state)
                .returns(WorkerOutcome.parse(outcome).orElse(null), RunOutcome::outcome)
                .returns(WorkerOutcome.parse(claimed).orElse(null), RunOutcome::claimed)
                .returns(LATER, RunOutcome::retryAt)
                .returns(outcome.equals("-") ? Attempt.NOT_SPENT : Attempt.SPENT, RunOutcome::attempt);
    }

    @Test
    void aUsageLimitInItsOutputCountsUnlessTheWorkerNamesAnotherCause() {
        assertThat(RunOutcome.of(withLimit(run(ending("1"), NOTHING, ABSENT), LATER))).returns(LATER,
                RunOutcome::retryAt).returns(Attempt.NOT_SPENT, RunOutcome::attempt);
        assertThat(RunOutcome.of(withLimit(run(ending("1"), stated(FAILED, null), ABSENT), LATER))).returns(LATER,
                RunOutcome::retryAt);
        assertThat(RunOutcome.of(withLimit(run(ending("0"), stated(BLOCKED, null), ABSENT), LATER)))
                .returns(null, RunOutcome::retryAt)
                .returns(BLOCKED, RunOutcome::outcome);
        assertThat(RunOutcome.of(withLimit(run(ending("0"), stated(NEEDS_REVIEW_FIX, LATER), ABSENT),
                LATER.plusSeconds(60)))).returns(LATER, RunOutcome::retryAt);
        assertThat(RunOutcome.of(withLimit(run(ending("1"), stated(null, LATER), ABSENT), LATER.plusSeconds(60))))
                .as("the later of two")
                .returns(LATER.plusSeconds(60), RunOutcome::retryAt);
    }

    @Test
    void aUsageLimitThatIsOverOrEndsInYearsSavesNoAttempt() {
        for (var until : new Instant[]{NOW, NOW.minusSeconds(1), Instant.MIN, NOW.plus(Duration.ofDays(9)),
                Instant.MAX}) {
            assertThat(RunOutcome.of(run(ending("1"), stated(null, until), ABSENT))).as("%s", until)
                    .returns(FAILED, RunOutcome::outcome)
                    .returns(null, RunOutcome::retryAt)
                    .returns(Attempt.SPENT, RunOutcome::attempt);
        }
    }

    @Test
    void aTaskFileThatSaysBlockedInTheWorktreeStandsForAnOutcomeOfARunThatEndedByItself() {
        var blocked = Optional.of(TaskStatus.BLOCKED);
        assertThat(RunOutcome.of(new EndedRun(NOW, ending("0"), NOTHING, ABSENT, 0, blocked, Optional.empty())))
                .returns(BLOCKED, RunOutcome::outcome)
                .returns(State.EXITED, RunOutcome::state);
        assertThat(RunOutcome.of(new EndedRun(NOW, ending("3"), NOTHING, ABSENT, 0, blocked, Optional.empty())))
                .returns(FAILED, RunOutcome::outcome);
        assertThat(RunOutcome.of(new EndedRun(NOW, ending("0"), NOTHING, SHOWN, 0, blocked, Optional.empty())))
                .returns(COMPLETED_WITH_PR, RunOutcome::outcome);
        assertThat(RunOutcome.of(new EndedRun(NOW, ending("0"), NOTHING, ABSENT, 0, Optional.of(TaskStatus.COMPLETED),
                Optional.empty()))).as("it may say of itself what it likes").returns(null, RunOutcome::outcome);
    }

    @Test
    void theReasonSaysWhatHappened() {
        assertThat(reason("3", NOTHING, ABSENT)).isEqualTo("it ended with exit code 3");
        assertThat(reason("s9", NOTHING, ABSENT)).isEqualTo("it was killed by signal 9");
        assertThat(reason("s9", stated(BLOCKED, null), ABSENT))
                .isEqualTo("it was killed by signal 9; its worker had said blocked");
        assertThat(reason("time", NOTHING, ABSENT)).isEqualTo("it ran longer than 2 h 0 min");
        assertThat(reason("stop", NOTHING, ABSENT)).isEqualTo("it was stopped by an operator");
        assertThat(reason("never", NOTHING, ABSENT)).isEqualTo("it could not be started: no such program");
        assertThat(reason("0", NOTHING, SHOWN)).isEqualTo("PR #12 shows its work");
        assertThat(reason("0", NOTHING, ABSENT)).isEqualTo(
                "it ended with exit code 0 and named no outcome; no pull request shows its commit, and it has no commits");
        assertThat(reason("0", stated(COMPLETED_WITH_PR, null), UNKNOWN)).isEqualTo(
                "whether a pull request shows its commit isn't known: timed out; its worker had said completed_with_pr");
        assertThat(reason("1", stated(BLOCKED, null), ABSENT))
                .isEqualTo("its worker says so, though it ended with exit code 1");
        assertThat(reason("1", stated(null, LATER), ABSENT))
                .isEqualTo("it ran into a usage limit that ends at 2026-03-28T17:00:00Z");
    }

    @Test
    void aFaultyResultFileIsNoneAndIsNamed() {
        var faulty = new WorkerResult.Faulty("is no JSON:\u001b[31m");

        assertThat(RunOutcome.of(run(ending("0"), faulty, SHOWN)).outcome()).isEqualTo(COMPLETED_WITH_PR);
        assertThat(RunOutcome.of(run(ending("0"), faulty, ABSENT)).outcome()).isNull();
        assertThat(RunOutcome.of(run(ending("3"), faulty, ABSENT)).reason())
                .isEqualTo("it ended with exit code 3; its result file is no JSON:\\u{1b}[31m");
    }

    private static String reason(String ended, WorkerResult result, Shown shown) {
        return RunOutcome.of(run(ending(ended), result, shown)).reason();
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void noRunCompletesWithAPullRequestThatNobodySees(@ForAll("runs") EndedRun run) {
        var judged = RunOutcome.of(run);
        if (judged.outcome() == COMPLETED_WITH_PR) {
            assertThat(run.shown()).isInstanceOf(Shown.Yes.class);
        }
        assertThat(judged.outcome() == FAILED).isEqualTo(judged.state() == State.FAILED);
        assertThat(judged.claimed() == null || judged.claimed() != judged.outcome()).isTrue();
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void exitCodeZeroWithNothingToShowIsNoSuccessInWordsEither(@ForAll("runs") EndedRun run) {
        var bare = new EndedRun(run.at(), new Ending.Exited(0), NOTHING,
                run.shown() instanceof Shown.Yes ? ABSENT : run.shown(), run.ahead(),
                run.status().filter(status -> status != TaskStatus.BLOCKED), Optional.empty());

        var judged = RunOutcome.of(bare);

        assertThat(judged.outcome()).isNull();
        assertThat(judged.reason()).doesNotContainIgnoringCase("success")
                .doesNotContainIgnoringCase("complete")
                .doesNotContainIgnoringCase("done");
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void whatSpendsNoAttemptWasStoppedOrNeverStartedOrLimited(@ForAll("runs") EndedRun run) {
        var judged = RunOutcome.of(run);
        if (judged.attempt() == Attempt.NOT_SPENT) {
            assertThat(run.ending() instanceof Ending.Stopped || run.ending() instanceof Ending.NeverStarted
                    || judged.retryAt() != null).isTrue();
        }
        if (judged.retryAt() != null) {
            assertThat(judged.retryAt()).isBetween(NOW.plusNanos(1), NOW.plus(Duration.ofDays(8)));
        }
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void theHeartbeatReadsItBackAsItWasMeant(@ForAll("runs") EndedRun run) {
        var judged = RunOutcome.of(run);
        var code = run.ending() instanceof Ending.Exited(int number) ? number : null;
        var outcome = judged.outcome() == null ? null : judged.outcome().id();
        var facts = GivenBeat.aBeat()
                .run(new Run("r1", judged.state().id(), false, code, outcome, NOW, NOW, NOW, judged.retryAt(), null))
                .facts();

        assertThat(RunStanding.of(facts)).isInstanceOf(meant(judged));
    }

    private static Class<? extends RunStanding> meant(RunOutcome judged) {
        return judged.retryAt() != null && judged.outcome() != COMPLETED_WITH_PR
                ? RunStanding.Limited.class
                : switch (judged.state()) {
                    case EXITED -> RunStanding.EndedWell.class;
                    case FAILED -> RunStanding.Failed.class;
                    case INTERRUPTED -> RunStanding.Interrupted.class;
                };
    }

    @Provide
    Arbitrary<EndedRun> runs() {
        var endings = Arbitraries.of("0", "0", "1", "s9", "time", "stop", "never").map(RunOutcomeTest::ending);
        var times = Arbitraries.of(LATER, NOW, Instant.MAX, Instant.MIN, LATER.plusSeconds(9)).injectNull(0.6);
        var said = Combinators.combine(Arbitraries.of(WorkerOutcome.class).injectNull(0.3), times)
                .as(RunOutcomeTest::stated);
        var results = Arbitraries.oneOf(said, Arbitraries.of(NOTHING, new WorkerResult.Faulty("is huge")));
        return Combinators
                .combine(endings, results, Arbitraries.of(SHOWN, ABSENT, UNKNOWN),
                        Arbitraries.of(0, 1, 5).injectNull(0.3), Arbitraries.of(TaskStatus.class).optional(),
                        times.map(Optional::ofNullable))
                .as((ending, result, shown, ahead, status, limit) -> new EndedRun(NOW, ending, result, shown, ahead,
                        status, limit));
    }
}
