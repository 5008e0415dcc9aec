package dev.reeve.api;

import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/**
 * A part of a list, the newest first.
 *
 * @param next where the next part begins; null when nothing comes after this one
 */
record Part<T>(List<T> rows, @Nullable Long next) {

    /**
     * At most so many rows. One more is read, to know whether there is any.
     *
     * @param read gives at most so many
     * @param id by which the next part begins
     */
    static <T> Part<T> of(int limit, IntFunction<List<T>> read, ToLongFunction<T> id) {
        var rows = read.apply(limit + 1);
        if (rows.size() <= limit) {
            return new Part<>(List.copyOf(rows), null);
        }
        var part = List.copyOf(rows.subList(0, limit));
        return new Part<>(part, id.applyAsLong(part.getLast()));
    }

    /** The list, and nothing else. */
    Reply reply(String name, Json.Members<T> members) {
        return new Reply.Data(200, json -> {
            json.writeStartObject();
            Json.array(json, name, rows, members);
            next(json);
            json.writeEndObject();
        });
    }

    /** Where the next one begins, if there is one. */
    void next(JsonGenerator json) throws IOException {
        if (next != null) {
            json.writeNumberField("next", next);
        }
    }
}
