package dev.reeve.inbox;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a listing's rows must fulfil; a condition whose value is null is left out. */
final class Conditions {

    private final List<String> texts = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** A condition on a value that it names {@code :name}. */
    Conditions and(String text, String name, @Nullable Object value) {
        if (value != null) {
            texts.add(text);
            values.put(name, value);
        }
        return this;
    }

    /** A condition without a value. */
    Conditions and(String text) {
        texts.add(text);
        return this;
    }

    /** The query with {@code <where>} replaced. */
    Query query(Handle handle, String sql) {
        var where = texts.isEmpty() ? "" : "where " + String.join(" and ", texts);
        return handle.createQuery(sql.replace("<where>", where)).bindMap(values);
    }
}
