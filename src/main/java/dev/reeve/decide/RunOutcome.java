package dev.reeve.decide;

import dev.reeve.decide.EndedRun.Ending;
import dev.reeve.decide.EndedRun.Shown;
import dev.reeve.model.Text;
import dev.reeve.model.WorkerOutcome;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;

/**
 * What is recorded of a run that has ended. The heartbeat reads it back from the run's status ({@link RunStanding}).
 *
 * @param outcome null when it is none of those: stopped, kept back by a usage limit, or ended with nothing to show for it
 * @param claimed what the worker said where that isn't the outcome; null when it said nothing else
 * @param reason how it came to this, for people
 * @param retryAt when the usage limit ends that it ran into; null when it ran into none
 */
public record RunOutcome(State state, @Nullable WorkerOutcome outcome, @Nullable WorkerOutcome claimed, String reason,
        @Nullable Instant retryAt, Attempt attempt) {

    private static final int LONGEST = 300;

    /** How the status names it. */
    public enum State {
        /** It came to an end, and not with outcome {@code failed}. */
        EXITED,
        /** Its outcome is {@code failed}. */
        FAILED,
        /** An operator stopped it. */
        INTERRUPTED;

        /** As it is written, {@code exited}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it counts among a task's attempts. */
    public enum Attempt {
        SPENT,
        /** The worker had no fair chance. */
        NOT_SPENT
    }

    /** What is recorded of this run. */
    public static RunOutcome of(EndedRun run) {
        return new RunJudge(run).outcome();
    }

    /** How it ended, for people. */
    static String words(Ending ending) {
        return switch (ending) {
            case Ending.Exited(int code) -> "it ended with exit code " + code;
            case Ending.Killed(int signal) -> "it was killed by signal " + signal;
            case Ending.OutOfTime(var limit) -> "it ran longer than " + Durations.inWords(limit);
            case Ending.Stopped() -> "it was stopped by an operator";
            case Ending.NeverStarted(var reason) -> "it could not be started: " + Text.plain(reason, LONGEST);
        };
    }

    /** What is known of its pull request, for people. */
    static String words(Shown shown) {
        return switch (shown) {
            case Shown.Yes(var pullRequest) -> Text.plain(pullRequest, LONGEST) + " shows its work";
            case Shown.No() -> "no pull request shows its commit";
            case Shown.Unknown(var reason) -> "whether a pull request shows its commit isn't known: "
                    + Text.plain(reason, LONGEST);
        };
    }
}
