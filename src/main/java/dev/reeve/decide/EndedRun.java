package dev.reeve.decide;

import dev.reeve.model.TaskStatus;
import dev.reeve.model.WorkerResult;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a worker's run at its end.
 *
 * @param at when it ended
 * @param result what the worker said of it
 * @param shown whether the pull request is there for its branch's commit
 * @param ahead commits of its branch that the default branch doesn't have; null when that isn't known
 * @param status what the task file in its worktree says; nothing where it can't be read
 * @param limit the end of a usage limit that was recognised in its output
 */
public record EndedRun(Instant at, Ending ending, WorkerResult result, Shown shown, @Nullable Integer ahead,
        Optional<TaskStatus> status, Optional<Instant> limit) {

    /** How a worker's process ended. */
    public sealed interface Ending {

        /** By itself, with this code. */
        record Exited(int code) implements Ending {}

        /** By a signal that the manager didn't send. */
        record Killed(int signal) implements Ending {}

        /** By the manager, since it ran longer than it may. */
        record OutOfTime(Duration limit) implements Ending {}

        /** By an operator's word. */
        record Stopped() implements Ending {}

        /** It never began its work. */
        record NeverStarted(String reason) implements Ending {}
    }

    /** Whether git or GitHub shows a pull request of a branch's commit; a worker's word shows nothing. */
    public sealed interface Shown {

        /**
         * There is one.
         *
         * @param pullRequest for people, {@code PR #12}
         */
        record Yes(String pullRequest) implements Shown {}

        /** There is none. */
        record No() implements Shown {}

        /** Nobody could be asked. */
        record Unknown(String reason) implements Shown {}
    }
}
