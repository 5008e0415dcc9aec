package dev.reeve.reconcile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.model.Signal;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Signals for programs, the same in whatever is printed; what isn't known of one is left out. */
public final class SignalJson {

    private SignalJson() {}

    /** A member that holds signals. */
    public static void array(JsonGenerator json, String name, List<Signal> signals) throws IOException {
        json.writeArrayFieldStart(name);
        for (var signal : signals) {
            json.writeStartObject();
            members(json, signal);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The members of one. */
    public static void members(JsonGenerator json, Signal signal) throws IOException {
        json.writeStringField("kind", signal.kind().id());
        json.writeStringField("severity", signal.severity().name().toLowerCase(Locale.ROOT));
        JsonFields.optional(json, "slug", signal.slug());
        json.writeStringField("message", signal.message());
        JsonFields.optional(json, "place", signal.place());
    }
}
