package dev.reeve.store;

import dev.reeve.model.Fault;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Place;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.Text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A register as it is written. Two forms are read: {@code {"schema":1,"owner":…,"entries":{…}}} and the older bare map
 * of entries; only the first is written. What this version doesn't know, or can't read, is kept as it is.
 *
 * @param head all members but the entries
 * @param entries by slug; an entry whose key is no slug or that is no object is kept, but not among {@link #known}
 * @param known what could be read of the entries
 * @param complaints what could not, in sentences
 */
record RegisterDocument(SequencedMap<String, Json> head, SequencedMap<String, Json> entries,
        SequencedMap<Slug, RegisterEntry> known, List<String> complaints) {

    static final int SCHEMA = 1;

    /** What the content of a register file is. */
    sealed interface Reading {}

    /** What remains after a writer set aside what is corrupt. */
    sealed interface Sound extends Reading {}

    /** It is a register; an absent file is an empty one. */
    record Sane(RegisterDocument document) implements Sound {}

    /** It is no register and never becomes one: a writer sets it aside. */
    record Corrupt(Fault fault) implements Reading {}

    /** It is not ours to change: it is left as it is. */
    record Untouchable(Fault fault) implements Sound {}

    static RegisterDocument empty() {
        return of(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** @param file how messages name the file */
    static Reading read(String file, FileContent content) {
        return switch (content) {
            case FileContent.Absent() -> new Sane(empty());
            case FileContent.NotAFile(var what) ->
                new Untouchable(fault(Place.of(file), "is " + what + "; put a regular file in its place"));
            case FileContent.TooLarge(int limit) ->
                new Corrupt(fault(Place.of(file), "has more than " + limit + " bytes, which no register has"));
            case FileContent.Bytes bytes -> read(file, bytes.bytes());
        };
    }

    private static Reading read(String file, byte[] bytes) {
        try {
            return JsonText.read(bytes) instanceof Json.Obj root ? read(file, root)
                    : new Corrupt(fault(Place.of(file), "is no JSON object"));
        } catch (JsonText.NotJson e) {
            return new Corrupt(fault(new Place(file, e.line(), e.column()), "is no register: " + e.getMessage()));
        }
    }

    private static Reading read(String file, Json.Obj root) {
        if (isBareMap(root)) {
            return new Sane(of(new LinkedHashMap<>(), root.members()));
        }
        var schema = root.get("schema") instanceof Json.Num
                ? new Fields(root, new ArrayList<>()).number("schema", 1, Integer.MAX_VALUE)
                : null;
        if (schema != null && schema > SCHEMA) {
            return new Untouchable(fault(Place.of(file), "was written by a newer Reeve (schema " + schema
                    + ", this one knows " + SCHEMA + "); it is left as it is. Upgrade this Reeve"));
        }
        if ((schema == null && root.get("schema") != null) || !(root.get("entries") instanceof Json.Obj entries)) {
            return new Corrupt(
                    fault(Place.of(file), "is no register: \"schema\" or \"entries\" is not what it should be"));
        }
        var head = new LinkedHashMap<>(root.members());
        head.remove("entries");
        return new Sane(of(head, entries.members()));
    }

    /** A task may well be called {@code schema} or {@code entries}; then that member is an entry's object. */
    private static boolean isBareMap(Json.Obj root) {
        boolean stated = root.get("schema") != null && !(root.get("schema") instanceof Json.Obj);
        boolean owned = root.get("owner") instanceof Json.Str && root.get("entries") instanceof Json.Obj;
        return !stated && !owned;
    }

    private static RegisterDocument of(SequencedMap<String, Json> head, SequencedMap<String, Json> entries) {
        var known = new LinkedHashMap<Slug, RegisterEntry>();
        var complaints = new ArrayList<String>();
        entries.forEach((key, value) -> {
            var slug = Slug.parse(key);
            if (slug.isPresent() && value instanceof Json.Obj object) {
                var wrong = new ArrayList<String>();
                known.put(slug.get(), RegisterFields.read(slug.get(), object, wrong));
                wrong.forEach(sentence -> complaints.add("entry " + key + ": " + sentence));
            } else {
                complaints.add("entry " + Text.quoted(key) + " is ignored and kept: "
                        + (slug.isPresent() ? "it is no object" : "its key is no slug"));
            }
        });
        return new RegisterDocument(head, entries, Collections.unmodifiableSequencedMap(known), complaints);
    }

    /** The document in which exactly these are the known entries. */
    RegisterDocument with(Map<Slug, RegisterEntry> wanted) {
        var changed = new LinkedHashMap<>(entries);
        known.keySet().stream().filter(slug -> !wanted.containsKey(slug)).forEach(slug -> changed.remove(slug.value()));
        wanted.forEach((slug, entry) -> {
            if (!slug.equals(entry.slug())) {
                throw new IllegalArgumentException("the entry of " + entry.slug() + " under the key " + slug);
            }
            var object = changed.get(slug.value()) instanceof Json.Obj old ? old : new Json.Obj(new LinkedHashMap<>());
            changed.put(slug.value(), RegisterFields.write(object, known.get(slug), entry));
        });
        return of(head, changed);
    }

    /** This document with the entries of another spelling's: per slug the newer one, this one's when they are as old. */
    RegisterDocument mergedWith(RegisterDocument other) {
        var merged = new LinkedHashMap<>(entries);
        other.entries.forEach((key, theirs) -> merged.merge(key, theirs, RegisterDocument::newer));
        var members = new LinkedHashMap<>(head);
        other.head.forEach(members::putIfAbsent);
        return of(members, merged);
    }

    private static Json newer(Json ours, Json theirs) {
        if (ours instanceof Json.Obj a && theirs instanceof Json.Obj b) {
            return RegisterFields.latest(b).isAfter(RegisterFields.latest(a)) ? b : a;
        }
        return ours instanceof Json.Obj ? ours : theirs;
    }

    byte[] bytes(OwnerKey owner) throws IOException {
        var members = new LinkedHashMap<String, Json>();
        members.put("schema", new Json.Num(Integer.toString(SCHEMA)));
        members.put("owner", new Json.Str(owner.value()));
        head.forEach(members::putIfAbsent);
        members.put("entries", new Json.Obj(entries));
        return JsonText.write(new Json.Obj(members));
    }

    List<Signal> signals(String file) {
        return complaints.stream().map(sentence -> Signal.of(fault(Place.of(file), sentence), null)).toList();
    }

    private static Fault fault(Place place, String message) {
        return new Fault(SignalKind.STATE_FILE_CORRUPT, place, message);
    }
}
