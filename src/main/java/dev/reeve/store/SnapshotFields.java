package dev.reeve.store;

import dev.reeve.model.BranchName;
import dev.reeve.model.Place;
import dev.reeve.model.Severity;
import dev.reeve.model.Sha;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads typed values out of an object of a snapshot. What is missing, or is none of the type, is null, nothing, or what the caller takes instead. */
final class SnapshotFields {

    private static final Map<String, SignalKind> KINDS = Arrays.stream(SignalKind.values())
            .collect(Collectors.toMap(SignalKind::id, Function.identity()));

    private final Json.Obj object;
    private final Fields fields;

    SnapshotFields(Json.Obj object) {
        this.object = object;
        this.fields = new Fields(object, new ArrayList<>());
    }

    static Optional<SignalKind> kind(String id) {
        return Optional.ofNullable(KINDS.get(id));
    }

    boolean has(String key) {
        return object.get(key) instanceof Json.Obj;
    }

    @Nullable
    String text(String key) {
        return fields.text(key);
    }

    String text(String key, String otherwise) {
        var text = fields.text(key);
        return text == null ? otherwise : text;
    }

    @Nullable
    Instant time(String key) {
        return fields.time(key);
    }

    Instant time(String key, Instant otherwise) {
        var time = fields.time(key);
        return time == null ? otherwise : time;
    }

    /** A number; of one beyond what a duration of milliseconds may be, what the caller takes instead. */
    long number(String key, long otherwise) {
        var number = fields.number(key, 0, Long.MAX_VALUE / 1_000_000);
        return number == null ? otherwise : number;
    }

    /** A count; 0 when there is none. */
    int integer(String key) {
        var number = fields.integer(key, 0, Integer.MAX_VALUE);
        return number == null ? 0 : number;
    }

    @Nullable
    Integer integerOrNull(String key) {
        return fields.integer(key, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    boolean isTrue(String key) {
        return object.get(key) == Json.Literal.TRUE;
    }

    /** The object; an empty one when there is none. */
    SnapshotFields object(String key) {
        return new SnapshotFields(
                object.get(key) instanceof Json.Obj found ? found : new Json.Obj(new LinkedHashMap<>()));
    }

    List<SnapshotFields> objects(String key) {
        var found = new ArrayList<SnapshotFields>();
        if (object.get(key) instanceof Json.Arr(var items)) {
            for (var item : items) {
                if (item instanceof Json.Obj one) {
                    found.add(new SnapshotFields(one));
                }
            }
        }
        return found;
    }

    List<String> texts(String key) {
        var found = new ArrayList<String>();
        if (object.get(key) instanceof Json.Arr(var items)) {
            for (var item : items) {
                if (item instanceof Json.Str(var text)) {
                    found.add(text);
                }
            }
        }
        return found;
    }

    Optional<Slug> slug(String key) {
        return Slug.parse(text(key, ""));
    }

    Optional<BranchName> branch(String key) {
        return BranchName.parse(text(key, ""));
    }

    Optional<Sha> sha(String key) {
        return Sha.parse(text(key, ""));
    }

    Optional<Severity> severity(String key) {
        return of(Severity.values(), key);
    }

    /** The value whose name the text is, in lower case. */
    <E extends Enum<E>> Optional<E> of(E[] values, String key) {
        var text = text(key, "");
        return Arrays.stream(values).filter(value -> value.name().equalsIgnoreCase(text)).findFirst();
    }

    /** Where it is in a file, if it is anywhere. */
    @Nullable
    Place place() {
        var file = text("file");
        return file == null ? null : new Place(file, Math.max(1, integer("line")), Math.max(1, integer("column")));
    }
}
