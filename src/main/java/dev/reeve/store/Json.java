package dev.reeve.store;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SequencedMap;

/**
 * A JSON document as it is written: members in their order, numbers by their text, so that what this version doesn't
 * know comes through a rewrite as it was.
 */
sealed interface Json {

    /** An object; unmodifiable by convention. */
    record Obj(SequencedMap<String, Json> members) implements Json {

        @Nullable
        Json get(String key) {
            return members.get(key);
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {}

    /** A string, decoded. */
    record Str(String value) implements Json {}

    /** A number as its text. */
    record Num(String literal) implements Json {}

    /** What has no content. */
    enum Literal implements Json {
        TRUE, FALSE, NULL
    }
}
