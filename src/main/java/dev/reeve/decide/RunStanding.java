package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.DeskFacts.LastRun;
import dev.reeve.model.Run;
import dev.reeve.model.Text;
import dev.reeve.model.Tombstone;
import dev.reeve.model.WorkerOutcome;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a task's last run stands, as its status tells; where that one says neither exit code nor outcome, its tombstone is asked.
 * Both may have been written by older scripts, so their words are read leniently.
 */
sealed interface RunStanding {

    /** The outcome of a run that opened a pull request. */
    String COMPLETED_WITH_PR = "completed_with_pr";

    /** No run is known. */
    record NeverRan() implements RunStanding {}

    /** Its worker lives, or may live. */
    record MayLive() implements RunStanding {}

    /** It ended with an outcome that isn't a failure, or with exit code 0; no outcome when none was recorded. */
    record EndedWell(Optional<String> outcome) implements RunStanding {}

    /** It ended, and not well. */
    record Failed(String how) implements RunStanding {}

    /** It is under way by its own word, and no process is there; nobody knows how it ended. */
    record Gone(String state) implements RunStanding {}

    /** An operator or the manager stopped it. */
    record Interrupted() implements RunStanding {}

    /** It ran into a usage limit, which spends no attempt. */
    record Limited(Instant until) implements RunStanding {}

    /** How the last run of a task stands. */
    static RunStanding of(BeatFacts facts) {
        return facts.desk().isEmpty() ? new NeverRan() : of(facts.desk().get().run());
    }

    private static RunStanding of(LastRun last) {
        return switch (last) {
            case LastRun.None() -> new NeverRan();
            case LastRun.Unreadable _ -> new MayLive();
            case LastRun.Known(var run) -> run.alive() ? new MayLive() : Told.by(run).ended(run.retryAt());
        };
    }

    /** The last run of a task, if one is known. */
    static Optional<Run> last(BeatFacts facts) {
        return facts.desk()
                .flatMap(desk -> desk.run() instanceof LastRun.Known(var run) ? Optional.of(run) : Optional.empty());
    }

    /** When a run that isn't alive was last heard of. */
    static Optional<Instant> endedAt(Run run) {
        return Stream.of(Optional.ofNullable(run.updatedAt()), tombstone(run).map(Tombstone::updatedAt))
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .or(() -> Optional.ofNullable(run.outputAt()))
                .or(() -> Optional.ofNullable(run.startedAt()));
    }

    /** The tombstone, unless it is another run's: it names another id, or was written before this one began. */
    private static Optional<Tombstone> tombstone(Run run) {
        return Optional.ofNullable(run.tombstone()).filter(stone -> isOf(run, stone));
    }

    private static boolean isOf(Run run, Tombstone stone) {
        if (run.runId() != null && stone.runId() != null) {
            return run.runId().equals(stone.runId());
        }
        return run.startedAt() == null || stone.updatedAt() == null || !stone.updatedAt().isBefore(run.startedAt());
    }

    /** What a word for a state means. What nobody knows means that it is under way: then it counts as gone, and is tried again. */
    enum State {
        UNDER_WAY, ENDED, FAILED, INTERRUPTED;

        static State of(@Nullable String word) {
            return switch (plain(word)) {
                case "exited", "finished", "completed", "done", "succeeded", "success", COMPLETED_WITH_PR -> ENDED;
                case "failed", "failure", "error", "crashed", "timeout", "timed_out" -> FAILED;
                case "interrupted", "stopped", "cancelled", "canceled", "aborted" -> INTERRUPTED;
                default -> UNDER_WAY;
            };
        }
    }

    private static String plain(@Nullable String word) {
        return word == null ? "" : word.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    /** What status and tombstone tell together; the outcome is empty when none was recorded. */
    record Told(State state, String word, @Nullable Integer exitCode, String outcome) {

        static Told by(Run run) {
            var told = new Told(State.of(run.state()), run.state(), run.exitCode(), plain(run.outcome()));
            return told.saysHow() ? told : tombstone(run).map(told::and).orElse(told);
        }

        private boolean saysHow() {
            return exitCode != null || !outcome.isEmpty();
        }

        private Told and(Tombstone stone) {
            var stated = state == State.UNDER_WAY && stone.state() != null ? State.of(stone.state()) : state;
            return new Told(stated, word, stone.exitCode(), plain(stone.outcome()));
        }

        RunStanding ended(@Nullable Instant retryAt) {
            if (retryAt != null && !outcome.equals(COMPLETED_WITH_PR)) {
                return new Limited(retryAt);
            }
            boolean well = Objects.equals(exitCode, 0) && !outcome.isEmpty() && State.of(outcome) != State.FAILED;
            if (state == State.INTERRUPTED && !well) {
                return new Interrupted();
            }
            return failure().<RunStanding>map(Failed::new).orElseGet(this::unfailed);
        }

        private Optional<String> failure() {
            if (State.of(outcome) == State.FAILED) {
                return Optional.of("ended with outcome " + shown(outcome));
            }
            if (exitCode != null && exitCode != 0 && !statesWell()) {
                return Optional.of("ended with exit code " + exitCode);
            }
            return state == State.FAILED ? Optional.of("ended as " + shown(word)) : Optional.empty();
        }

        /** An outcome was recorded on purpose, and with all that is known of the run; a code is often just the last command's. */
        private boolean statesWell() {
            return WorkerOutcome.parse(outcome).filter(known -> known != WorkerOutcome.FAILED).isPresent();
        }

        private RunStanding unfailed() {
            return saysHow() || state == State.ENDED
                    ? new EndedWell(Optional.of(outcome).filter(text -> !text.isEmpty()).map(Told::shown))
                    : new Gone(shown(word));
        }

        private static String shown(String word) {
            return Text.plain(word, 40);
        }
    }
}
