package dev.reeve.store;

import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.Run;
import dev.reeve.model.Sha;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Tombstone;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * The content of {@code dispatch-<slug>.status.json}, and of {@code dispatch-<slug>.tombstone.json}, which has the same keys: {@code run_id}, {@code state},
 * {@code pid}, {@code start_ticks}, {@code boot_id}, {@code exit_code}, {@code outcome}, {@code started_at}, {@code updated_at}, {@code retry_at}, {@code summary}, {@code reason},
 * {@code claimed}, {@code head} and others.
 *
 * <p>Files of older scripts are taken as they are: any of the keys may be missing, numbers may be texts, times may be written in other ways
 * ({@link Times}), the state in capitals; {@code exitcode} and {@code returncode} are other names of {@code exit_code}, {@code ended_at} and
 * {@code finished_at} of {@code updated_at}.
 */
final class StatusFile {

    /** A run in these states is over, so that a pid without start time is somebody else's by now. */
    private static final Set<String> ENDED = Set.of("exited", "failed", "interrupted", "worker_gone");

    private static final int LONGEST = 2000;

    private StatusFile() {}

    static DispatchStatus read(String file, FileContent content, ProcessTable processes)
            throws IOException {
        return switch (content) {
            case FileContent.Absent() -> new DispatchStatus.None();
            case FileContent.NotAFile(var what) ->
                new DispatchStatus.Untouchable(fault(Place.of(file), "is " + what));
            case FileContent.TooLarge(int limit) ->
                new DispatchStatus.Corrupt(fault(Place.of(file), "has more than " + limit + " bytes"));
            case FileContent.Bytes bytes -> parse(file, bytes.bytes(), processes);
        };
    }

    private static DispatchStatus parse(String file, byte[] bytes, ProcessTable processes) throws IOException {
        try {
            if (!(JsonText.read(bytes) instanceof Json.Obj object)) {
                return new DispatchStatus.Corrupt(fault(Place.of(file), "is no JSON object"));
            }
            var wrong = new ArrayList<String>();
            var run = run(new Fields(object, wrong), processes);
            if (run == null || !wrong.isEmpty()) {
                return new DispatchStatus.Corrupt(fault(Place.of(file),
                        wrong.isEmpty() ? "states nothing of a run" : String.join("; ", wrong)));
            }
            return new DispatchStatus.Known(run);
        } catch (JsonText.NotJson e) {
            return new DispatchStatus.Corrupt(
                    fault(new Place(file, e.line(), e.column()), "is no status: " + e.getMessage()));
        }
    }

    private static @Nullable Run run(Fields fields, ProcessTable processes) throws IOException {
        var exitCode = first(List.of("exit_code", "exitcode", "returncode"),
                key -> fields.integer(key, Integer.MIN_VALUE, Integer.MAX_VALUE));
        var outcome = word(fields, "outcome");
        var said = state(fields);
        var worker = process(fields, "");
        if (said == null && worker == null && exitCode == null && outcome == null) {
            return null;
        }
        boolean recorded = exitCode != null || outcome != null;
        var state = said != null ? said : recorded ? "exited" : "running";
        var updatedAt = first(List.of("updated_at", "ended_at", "finished_at"), fields::time);
        boolean ended = outcome != null || ENDED.contains(state);
        boolean alive = exitCode == null && isAlive(worker, process(fields, "runner_"), ended, updatedAt, processes);
        return new Run(fields.name("run_id"), state, alive, exitCode, outcome, fields.time("started_at"), updatedAt,
                null, fields.time("retry_at"), null, account(fields.object()), 0);
    }

    /** Older scripts may mean something else by these, which is no fault of the file. */
    private static Run.Account account(Json.Obj object) {
        var lenient = new Fields(object, new ArrayList<>());
        var head = lenient.text("head");
        return new Run.Account(words(lenient, "summary"), words(lenient, "reason"), words(lenient, "claimed"),
                head == null ? null : Sha.parse(head).orElse(null));
    }

    /** No longer than anybody reads: it is written again with each snapshot. */
    private static @Nullable String words(Fields fields, String key) {
        var text = word(fields, key);
        return text == null || text.codePointCount(0, text.length()) <= LONGEST ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }

    /**
     * A run that somebody looks after is under way as long as that one lives: until then its end isn't recorded, and without it nobody does.
     */
    private static boolean isAlive(@Nullable ProcessIdentity worker, @Nullable ProcessIdentity runner, boolean ended,
            @Nullable Instant seen, ProcessTable processes) throws IOException {
        if (ended && (runner != null || worker == null || worker.startTicks() == null)) {
            return false;
        }
        var decides = runner == null ? worker : runner;
        return decides != null && processes.isAlive(decides, seen);
    }

    private static @Nullable ProcessIdentity process(Fields fields, String prefix) {
        var pid = fields.number(prefix + "pid", 0, Integer.MAX_VALUE);
        return pid == null ? null
                : new ProcessIdentity(pid, fields.number(prefix + "start_ticks", 0, Long.MAX_VALUE),
                        word(fields, prefix + "boot_id"));
    }

    private static @Nullable String state(Fields fields) {
        var word = word(fields, "state");
        return word == null ? null : word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    private static @Nullable String word(Fields fields, String key) {
        var text = fields.text(key);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static <T> @Nullable T first(List<String> keys, Function<String, @Nullable T> read) {
        for (var key : keys) {
            var value = read.apply(key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The run of the status with what else is known of it. What the tombstone says of another run is no word about this one. */
    static Run with(Run run, DispatchStatus tombstone, @Nullable Instant outputAt) {
        var retryAt = run.retryAt();
        var account = run.account();
        if (tombstone instanceof DispatchStatus.Known(var last)
                && (last.runId() == null || run.runId() == null || last.runId().equals(run.runId()))) {
            retryAt = retryAt == null ? last.retryAt() : retryAt;
            account = account.or(last.account());
        }
        return new Run(run.runId(), run.state(), run.alive(), run.exitCode(), run.outcome(), run.startedAt(),
                run.updatedAt(), outputAt, retryAt, tombstone(tombstone), account, run.pendingUpdates());
    }

    private static @Nullable Tombstone tombstone(DispatchStatus read) {
        return switch (read) {
            case DispatchStatus.None() -> null;
            case DispatchStatus.Known(var last) ->
                new Tombstone(last.runId(), last.state(), last.exitCode(), last.outcome(), last.updatedAt());
            case DispatchStatus.Corrupt(var fault) -> Tombstone.unreadable(fault);
            case DispatchStatus.Untouchable(var fault) -> Tombstone.unreadable(fault);
        };
    }

    private static Fault fault(Place place, String message) {
        return new Fault(SignalKind.STATE_FILE_CORRUPT, place, message);
    }
}
