package dev.reeve.store;

import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
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

    /** A name, which some write as a number. */
    @Nullable
    String name(String key) {
        return object.get(key) instanceof Json.Num(var literal) ? literal : text(key);
    }

    /** A whole number between the two, both included; as a number, or as its text. */
    @Nullable
    Long number(String key, long least, long most) {
        var literal = switch (object.get(key)) {
            case null -> null;
            case Json.Literal.NULL -> null;
            case Json.Num(var number) -> number;
            case Json.Str(var text) -> text.strip();
            case Json other -> "";
        };
        if (literal == null) {
            return null;
        }
        if (!literal.matches("-?[0-9]{1,18}") || Long.parseLong(literal) < least || Long.parseLong(literal) > most) {
            wrong(key, "a whole number from " + least + " to " + most);
            return null;
        }
        return Long.valueOf(literal);
    }

    @Nullable
    Integer integer(String key, int least, int most) {
        var number = number(key, least, most);
        return number == null ? null : number.intValue();
    }

    /** A time as {@link Times} reads it. */
    @Nullable
    Instant time(String key) {
        var value = object.get(key);
        var time = value == null || value == Json.Literal.NULL ? null : Times.read(value);
        if (value != null && value != Json.Literal.NULL && time == null) {
            wrong(key, "a time like 2026-03-27T10:15:30Z");
        }
        return time;
    }

    private void wrong(String key, String expected) {
        complaints.add(Text.quoted(key) + " is not " + expected + " and counts as missing");
    }
}
