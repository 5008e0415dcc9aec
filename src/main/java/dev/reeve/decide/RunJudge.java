package dev.reeve.decide;

import dev.reeve.decide.EndedRun.Ending;
import dev.reeve.decide.EndedRun.Shown;
import dev.reeve.decide.RunOutcome.Attempt;
import dev.reeve.decide.RunOutcome.State;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.Text;
import dev.reeve.model.WorkerOutcome;
import dev.reeve.model.WorkerResult;
import dev.reeve.model.WorkerResult.Stated;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules for what a run has come to; the first that holds decides. What the world shows goes before what the worker says, and what it says
 * before its exit code: that one is often the last command's of a script, while an outcome was written on purpose, so a worker that says it
 * is blocked is not started again to say so twice. A worker that was ended by force had not finished, so its word wasn't its last.
 */
final class RunJudge {

    private final EndedRun run;
    private final @Nullable WorkerOutcome stated;
    private final @Nullable Instant limit;

    RunJudge(EndedRun run) {
        this.run = run;
        this.stated = run.result() instanceof Stated said ? said.outcome() : null;
        this.limit = limit(run);
    }

    /**
     * Of two limits the one that ends last. One that is over, or ends in years, keeps nobody back, and so saves no attempt. Words about a limit in its output are
     * no cause where the worker names another.
     */
    private static @Nullable Instant limit(EndedRun run) {
        var said = run.result() instanceof Stated word ? Optional.ofNullable(word.retryAt())
                : Optional.<Instant>empty();
        return Stream.of(said, needsAPerson(run) ? Optional.<Instant>empty() : run.limit())
                .flatMap(Optional::stream)
                .filter(until -> UsageLimit.holds(until, run.at()))
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static boolean needsAPerson(EndedRun run) {
        return run.result() instanceof Stated(var outcome, _, _, _)
                && (outcome == WorkerOutcome.BLOCKED || outcome == WorkerOutcome.NEEDS_REVIEW_FIX);
    }

    RunOutcome outcome() {
        return switch (run.ending()) {
            case Ending.NeverStarted _ -> outcome(WorkerOutcome.FAILED, Attempt.NOT_SPENT, ended());
            case Ending.Stopped _ -> ended(State.INTERRUPTED, Attempt.NOT_SPENT, ended());
            case Ending.Exited(int code) -> shown().or(this::limited).orElseGet(() -> byItself(code));
            case Ending.Killed _,Ending.OutOfTime _ -> shown().or(this::limited)
                    .orElseGet(() -> outcome(WorkerOutcome.FAILED, Attempt.SPENT, ended()));
        };
    }

    /** Its pull request is there, and either the worker says that it is done, or it ended so and says nothing else. */
    private Optional<RunOutcome> shown() {
        boolean done = stated == WorkerOutcome.COMPLETED_WITH_PR
                || (stated == null && run.ending().equals(new Ending.Exited(0)));
        return done && run.shown() instanceof Shown.Yes
                ? Optional.of(outcome(WorkerOutcome.COMPLETED_WITH_PR, Attempt.SPENT, RunOutcome.words(run.shown())))
                : Optional.empty();
    }

    private Optional<RunOutcome> limited() {
        return limit == null ? Optional.empty()
                : Optional.of(ended(State.EXITED, Attempt.NOT_SPENT,
                        "it ran into a usage limit that ends at " + Durations.seconds(limit)));
    }

    private RunOutcome byItself(int code) {
        return switch (stated) {
            case null -> code == 0 ? quiet() : outcome(WorkerOutcome.FAILED, Attempt.SPENT, ended());
            case FAILED, BLOCKED, NEEDS_REVIEW_FIX -> outcome(stated, Attempt.SPENT, saysSo(code));
            case COMPLETED_WITH_PR -> code == 0
                    ? ended(State.EXITED, Attempt.SPENT, RunOutcome.words(run.shown()))
                    : outcome(WorkerOutcome.FAILED, Attempt.SPENT, ended() + ", and " + RunOutcome.words(run.shown()));
        };
    }

    private String saysSo(int code) {
        return "its worker says so" + (code == 0 ? "" : ", though " + ended());
    }

    /** It ended with exit code 0 and named no outcome, which alone is no success. */
    private RunOutcome quiet() {
        return run.status().filter(status -> status == TaskStatus.BLOCKED).isPresent()
                ? outcome(WorkerOutcome.BLOCKED, Attempt.SPENT, "the task file in its worktree says so")
                : ended(State.EXITED, Attempt.SPENT, ended() + " and named no outcome; " + RunOutcome.words(run.shown())
                        + commits());
    }

    private String commits() {
        var ahead = run.ahead();
        return ahead == null ? ""
                : switch (ahead) {
                    case 0 -> ", and it has no commits";
                    case 1 -> ", and it has a commit";
                    default -> ", and it has " + ahead + " commits";
                };
    }

    private String ended() {
        return RunOutcome.words(run.ending());
    }

    private RunOutcome outcome(WorkerOutcome outcome, Attempt attempt, String reason) {
        return new RunOutcome(outcome == WorkerOutcome.FAILED ? State.FAILED : State.EXITED, outcome,
                outcome == stated ? null : stated, reason + (outcome == stated ? "" : claim()) + fault(), limit,
                attempt);
    }

    private RunOutcome ended(State state, Attempt attempt, String reason) {
        return new RunOutcome(state, null, stated, reason + claim() + fault(), limit, attempt);
    }

    private String claim() {
        return stated == null ? "" : "; its worker had said " + stated.id();
    }

    private String fault() {
        return run.result() instanceof WorkerResult.Faulty(var why)
                ? "; its result file " + Text.plain(why, 200)
                : "";
    }
}
