package dev.reeve.store;

import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.Run;
import dev.reeve.model.SignalKind;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;

/**
 * The content of {@code dispatch-<slug>.status.json}: {@code run_id}, {@code state}, {@code pid}, {@code start_ticks},
 * {@code boot_id}, {@code exit_code}, {@code outcome}, {@code updated_at} and others. Files of older versions may have just a pid.
 */
final class StatusFile {

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
                        wrong.isEmpty() ? "states neither \"state\" nor \"pid\"" : String.join("; ", wrong)));
            }
            return new DispatchStatus.Known(run);
        } catch (JsonText.NotJson e) {
            return new DispatchStatus.Corrupt(
                    fault(new Place(file, e.line(), e.column()), "is no status: " + e.getMessage()));
        }
    }

    private static @Nullable Run run(Fields fields, ProcessTable processes) throws IOException {
        var state = fields.text("state");
        var pid = fields.number("pid", 0, Integer.MAX_VALUE);
        if (state == null && pid == null) {
            return null;
        }
        var exitCode = fields.integer("exit_code", Integer.MIN_VALUE, Integer.MAX_VALUE);
        var updatedAt = fields.time("updated_at");
        var ticks = fields.number("start_ticks", 0, Long.MAX_VALUE);
        var boot = fields.text("boot_id");
        // A process whose exit was recorded is over, whoever has its pid now.
        boolean alive = pid != null && exitCode == null
                && processes.isAlive(new ProcessIdentity(pid, ticks, boot), updatedAt);
        return new Run(fields.text("run_id"), state == null ? "running" : state, alive, exitCode,
                fields.text("outcome"), fields.time("started_at"), updatedAt, null, fields.time("retry_at"), null);
    }

    private static Fault fault(Place place, String message) {
        return new Fault(SignalKind.STATE_FILE_CORRUPT, place, message);
    }
}
