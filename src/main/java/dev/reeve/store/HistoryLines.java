package dev.reeve.store;

import dev.reeve.model.RunEvent;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events ↔ lines of JSON. */
final class HistoryLines {

    private static final Set<String> OWN = Set.of("at", "event", "run_id");

    private HistoryLines() {}

    static byte[] write(List<RunEvent> events) throws IOException {
        var out = new ByteArrayOutputStream();
        for (var event : events) {
            var members = new LinkedHashMap<String, Json>();
            members.put("at", new Json.Str(event.at().toString()));
            members.put("event", new Json.Str(event.kind().id()));
            if (event.runId() != null) {
                members.put("run_id", new Json.Str(event.runId()));
            }
            event.details().forEach((name, value) -> {
                if (!OWN.contains(name)) {
                    members.put(name, new Json.Str(value));
                }
            });
            out.write(JsonText.line(new Json.Obj(members)));
        }
        return out.toByteArray();
    }

    /** The last line may lack its end: it is whole all the same if it can be read, as no part of an object is one, and whoever adds the next line ends it. */
    static List<RunEvent> read(byte[] bytes) {
        var events = new ArrayList<RunEvent>();
        int begin = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                var event = event(Arrays.copyOfRange(bytes, begin, i));
                if (event != null) {
                    events.add(event);
                }
                begin = i + 1;
            }
        }
        return events;
    }

    /** Null for a line that is none of ours. */
    private static @Nullable RunEvent event(byte[] line) {
        try {
            if (line.length == 0 || !(JsonText.read(line) instanceof Json.Obj object)) {
                return null;
            }
            var fields = new Fields(object, new ArrayList<>());
            var at = fields.time("at");
            var name = fields.text("event");
            var kind = name == null ? null : RunEvent.Kind.parse(name).orElse(null);
            return at == null || kind == null ? null : new RunEvent(at, kind, fields.name("run_id"), details(object));
        } catch (JsonText.NotJson e) {
            return null;
        }
    }

    private static Map<String, String> details(Json.Obj object) {
        var details = new LinkedHashMap<String, String>();
        object.members().forEach((name, value) -> {
            if (!OWN.contains(name)) {
                switch (value) {
                    case Json.Str(var text) -> details.put(name, text);
                    case Json.Num(var literal) -> details.put(name, literal);
                    case Json.Obj _,Json.Arr _,Json.Literal _ -> {
                    }
                }
            }
        });
        return details;
    }
}
