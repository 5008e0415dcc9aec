package dev.reeve.taskfile;

import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskPath;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** What a file's bytes are before anybody asks whether they make a task. */
sealed interface Parsed {

    /** There is no frontmatter. */
    record Absent() implements Parsed {}

    /** There is frontmatter, but it isn't well-formed: nothing in it can be relied on. */
    record Broken(Fault fault) implements Parsed {}

    /** There is well-formed frontmatter. */
    record Present(Frontmatter frontmatter) implements Parsed {}

    /** Takes a file apart. */
    static Parsed of(TaskPath path, byte[] content) {
        return switch (Fences.find(content)) {
            case Fences.Absent() -> new Absent();
            case Fences.Unusable(var message) ->
                new Broken(new Fault(SignalKind.INVALID_FRONTMATTER, Place.of(path.value()), message));
            case Fences.Found found -> decoded(path, content, found);
        };
    }

    private static Parsed decoded(TaskPath path, byte[] content, Fences.Found found) {
        int length = found.end() - found.start();
        var source = new Source(path, new String(content, found.start(), length, StandardCharsets.UTF_8));
        var malformed = malformedAt(source.text(), ByteBuffer.wrap(content, found.start(), length));
        if (malformed.isPresent()) {
            return new Broken(source.fault(malformed.getAsInt(), "this is not UTF-8; save the file as UTF-8"));
        }
        return PlainLines.scan(source.text())
                .<Parsed>map(root -> new Present(new Frontmatter(source, found, root)))
                .orElseGet(() -> YamlDocument.parse(source, found));
    }

    /**
     * The offset in the text of the first bytes that are no UTF-8. Only text with a replacement character can have
     * any.
     */
    private static OptionalInt malformedAt(String text, ByteBuffer bytes) {
        if (text.indexOf('\uFFFD') < 0) {
            return OptionalInt.empty();
        }
        var valid = CharBuffer.allocate(text.length());
        var result = StandardCharsets.UTF_8.newDecoder().decode(bytes, valid, true);
        return result.isError() ? OptionalInt.of(valid.position()) : OptionalInt.empty();
    }
}
