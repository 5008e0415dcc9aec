package dev.reeve.taskfile;

import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskPath;
import dev.reeve.model.Text;
import dev.reeve.taskfile.Frontmatter.Entry;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Edits task files losslessly: the values of the given keys change and not one other byte.
 *
 * <p>A value that is replaced keeps its quotes while they fit; a comment behind it stays. A key that the file doesn't
 * have gets a line of its own in the file's newline style, after the last key of its kind. What can't be edited so is
 * refused with its place: values that are blocks, mappings, aliases or lists over several lines, values with anchors,
 * and files whose frontmatter is not well-formed or has a key twice. That a file isn't valid as a task is no
 * hindrance: an edit may be what mends it.
 */
public final class TaskFileEditor {

    private TaskFileEditor() {}

    /**
     * Sets all the keys or none.
     *
     * @param path what the fault names
     * @param content the whole file; it is not changed
     * @param changes keys and what they are to say; new ones are put in this order
     */
    public static Edit set(TaskPath path, byte[] content, SequencedMap<String, Value> changes) {
        return switch (Parsed.of(path, content)) {
            case Parsed.Absent() -> refused(path, "there is no frontmatter to edit; begin the file with a line ---");
            case Parsed.Broken(var fault) -> new Edit.Refused(fault);
            case Parsed.Present(var frontmatter) -> set(path, content, frontmatter, changes);
        };
    }

    private static Edit set(TaskPath path, byte[] content, Frontmatter before, SequencedMap<String, Value> changes) {
        var due = due(before, changes);
        var obstacle = obstacle(before, due);
        if (obstacle.isPresent()) {
            return new Edit.Refused(obstacle.get());
        }
        if (due.isEmpty()) {
            return new Edit.Unchanged();
        }
        var edited = spliced(content, before, due);
        return new Proof(before, due).holds(Parsed.of(path, edited)) ? new Edit.Edited(edited) : unproven(before, due);
    }

    private static Edit unproven(Frontmatter before, SequencedMap<String, Value> due) {
        var key = due.firstEntry().getKey();
        int at = before.entry(key).map(entry -> entry.key().start()).orElse(before.source().text().length());
        return new Edit.Refused(before.source()
                .fault(at, "can't set " + String.join(", ", due.keySet())
                        + " without changing more than that; edit the file by hand"));
    }

    private static SequencedMap<String, Value> due(Frontmatter before, SequencedMap<String, Value> changes) {
        var due = new LinkedHashMap<String, Value>();
        changes.forEach((key, value) -> {
            if (before.entry(key).filter(entry -> entry.value().says(value)).isEmpty()) {
                due.put(key, value);
            }
        });
        return due;
    }

    private static Optional<Fault> obstacle(Frontmatter before, Map<String, Value> due) {
        var faults = new Faults(before.source());
        before.check(faults);
        if (!due.isEmpty() && before.root().kind() == Node.Kind.FLOW_MAP) {
            faults.add(before.root(), "the frontmatter is written in braces; write each key on a line of its own");
        }
        due.forEach((key, value) -> before.entry(key)
                .map(entry -> new Replacement(before.source(), entry).obstacle())
                .orElseGet(() -> keyObstacle(before.source(), key))
                .or(() -> valueObstacle(before.source(), key, value))
                .ifPresent(faults::add));
        return faults.inOrder().stream().findFirst();
    }

    private static Optional<Fault> keyObstacle(Source source, String key) {
        return Insertion.canBeKey(key)
                ? Optional.empty()
                : Optional.of(source.fault(0, Text.quoted(key)
                        + " can't become a key; use letters, digits, _ and -, and no word that means something in YAML"));
    }

    private static Optional<Fault> valueObstacle(Source source, String key, Value value) {
        var texts = switch (value) {
            case Value.OfText text -> List.of(text.text());
            case Value.OfTexts list -> list.texts();
            case Value.OfNumber _ -> List.<String>of();
        };
        return texts.stream().allMatch(Characters::areEncodable)
                ? Optional.empty()
                : Optional.of(source.fault(0,
                        "can't set " + key + ": the value is not Unicode; remove halves of characters"));
    }

    private static byte[] spliced(byte[] content, Frontmatter before, Map<String, Value> due) {
        var splices = new ArrayList<Splice>();
        var fences = before.fences();
        var insertion = new Insertion(before, content[fences.start() - 2] == '\r' ? "\r\n" : "\n");
        due.forEach((key, value) -> splices.add(before.entry(key)
                .map(entry -> new Replacement(before.source(), entry).with(value))
                .orElseGet(() -> insertion.of(key, value))));
        var out = new ByteArrayOutputStream(content.length + 256);
        out.write(content, 0, fences.start());
        out.writeBytes(Splice.apply(splices, before.source().text()).getBytes(StandardCharsets.UTF_8));
        out.write(content, fences.end(), content.length - fences.end());
        return out.toByteArray();
    }

    private static Edit refused(TaskPath path, String message) {
        return new Edit.Refused(
                new Fault(SignalKind.INVALID_FRONTMATTER, Place.of(path.value()), message));
    }

    /** Whether a file that was read again says what it said before, in the same order, but for what was to change. */
    private record Proof(Frontmatter before, Map<String, Value> due) {

        boolean holds(Parsed after) {
            return switch (after) {
                case Parsed.Absent(),Parsed.Broken(var _) -> false;
                case Parsed.Present(var frontmatter) -> restIsSame(frontmatter) && meantIsThere(frontmatter);
            };
        }

        private boolean restIsSame(Frontmatter after) {
            var old = before.entries();
            var keys = old.stream().map(entry -> entry.key().text()).collect(Collectors.toSet());
            var kept = after.entries().stream().filter(entry -> keys.contains(entry.key().text())).toList();
            long added = due.keySet().stream().filter(key -> !keys.contains(key)).count();
            return kept.size() == old.size() && after.entries().size() == old.size() + added
                    && IntStream.range(0, old.size()).allMatch(i -> isSame(old.get(i), kept.get(i)));
        }

        private boolean isSame(Entry old, Entry kept) {
            return old.key().sameAs(kept.key())
                    && (due.containsKey(old.key().text()) || old.value().sameAs(kept.value()));
        }

        private boolean meantIsThere(Frontmatter after) {
            return due.entrySet()
                    .stream()
                    .allMatch(change -> after.entry(change.getKey())
                            .filter(entry -> entry.value().says(change.getValue()))
                            .isPresent());
        }
    }
}
