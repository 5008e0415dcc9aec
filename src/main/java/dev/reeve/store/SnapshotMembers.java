package dev.reeve.store;

import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;

/** Writes members of an object; one that is null is left out. */
record SnapshotMembers(JsonGenerator json) {

    private static final char UNKNOWN = '\uFFFD';

    /** A word of our own, in which nothing can stand that needs a look. */
    void word(String name, String value) throws IOException {
        json.writeStringField(name, value);
    }

    void text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, encodable(value));
        }
    }

    void time(String name, @Nullable Instant value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    void number(String name, @Nullable Integer value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    void texts(String name, Collection<String> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (var value : values) {
                json.writeString(encodable(value));
            }
            json.writeEndArray();
        }
    }

    /** As files print it, {@code in_progress}. */
    String id(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The text; half a surrogate pair, which GitHub's JSON can state and UTF-8 can't, becomes the sign for the unknown. */
    private static String encodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> out.appendCodePoint(c <= 0xFFFF && Character.isSurrogate((char) c) ? UNKNOWN : c));
        return out.toString();
    }
}
