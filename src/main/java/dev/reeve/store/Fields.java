package dev.reeve.store;

import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Reads typed values out of an object that others wrote. A missing key or {@code null} gives null; so does a value of
 * another type, and {@code complaints} gets a sentence about it.
 */
record Fields(Json.Obj object, List<String> complaints) {

    @Nullable
    String text(String key) {
        return switch (object.get(key)) {
            case null -> null;
            case Json.Literal.NULL -> null;
            case Json.Str(var value) -> value;
            case Json other -> {
                wrong(key, "a string");
                yield null;
            }
        };
    }

    /** A whole number between the two, both included. */
    @Nullable
    Long number(String key, long least, long most) {
        return switch (object.get(key)) {
            case null -> null;
            case Json.Literal.NULL -> null;
            case Json.Num(var literal) when literal.matches("-?[0-9]{1,18}") && Long.parseLong(literal) >= least
                    && Long.parseLong(literal) <= most ->
                Long.valueOf(literal);
            case Json other -> {
                wrong(key, "a whole number from " + least + " to " + most);
                yield null;
            }
        };
    }

    @Nullable
    Integer integer(String key, int least, int most) {
        var number = number(key, least, most);
        return number == null ? null : number.intValue();
    }

    /** A time of ISO-8601; one without a zone, as older scripts wrote it, is UTC. */
    @Nullable
    Instant time(String key) {
        var text = text(key);
        if (text == null) {
            return null;
        }
        var time = parse(text);
        if (time == null) {
            wrong(key, "a time like 2026-03-27T10:15:30Z");
        }
        return time;
    }

    /** The time that a text states, or null. */
    static @Nullable Instant parse(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return parseWithoutZone(text);
        }
    }

    private static @Nullable Instant parseWithoutZone(String text) {
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void wrong(String key, String expected) {
        complaints.add(Text.quoted(key) + " is not " + expected + " and counts as missing");
    }
}
