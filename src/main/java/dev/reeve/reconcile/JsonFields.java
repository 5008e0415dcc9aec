package dev.reeve.reconcile;

import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Members of JSON objects as Reeve writes them. */
public final class JsonFields {

    private JsonFields() {}

    /** Writes a member; none where there is no value. */
    public static void optional(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }
}
