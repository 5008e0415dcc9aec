package dev.reeve.api;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.util.List;

/** Something that is written as JSON. */
@FunctionalInterface
public interface Json {

    /** Writes it, once. */
    void to(JsonGenerator json) throws IOException;

    /** Writes the members of one thing. */
    @FunctionalInterface
    interface Members<T> {
        void to(JsonGenerator json, T thing) throws IOException;
    }

    /** A member that holds an array of objects. */
    static <T> void array(JsonGenerator json, String name, List<T> things, Members<T> members) throws IOException {
        json.writeArrayFieldStart(name);
        for (var thing : things) {
            json.writeStartObject();
            members.to(json, thing);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
