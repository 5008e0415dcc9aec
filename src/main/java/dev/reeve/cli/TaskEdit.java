package dev.reeve.cli;

import dev.reeve.model.Fault;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.store.TaskContent;
import dev.reeve.store.TaskWrite;
import dev.reeve.taskfile.Edit;
import dev.reeve.taskfile.LineDiff;
import dev.reeve.taskfile.Reading;
import dev.reeve.taskfile.TaskFileEditor;
import dev.reeve.taskfile.TaskFileReader;
import dev.reeve.taskfile.Value;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** One edit of one task: find the file, decide on its bytes, prove the result, write it if it is still what it was. */
final class TaskEdit {

    private static final int TRIES = 5;

    private final TaskFolder folder;
    private final Slug slug;
    private final SequencedMap<String, Value> changes;

    TaskEdit(TaskFolder folder, Slug slug, SequencedMap<String, Value> changes) {
        this.folder = folder;
        this.slug = slug;
        this.changes = changes;
    }

    /** What the edit changes in which file; an empty diff when there was nothing to change. */
    record Done(TaskPath path, LineDiff diff) {}

    /** What the edit would change. */
    Done plan() throws IOException {
        var path = folder.find(slug);
        var before = read(path);
        return new Done(path, LineDiff.between(before, edited(path, before)));
    }

    /** Makes the edit; when somebody else writes the file meanwhile, decides anew on what they wrote. */
    Done write() throws IOException {
        var path = folder.find(slug);
        for (int i = 0; i < TRIES; i++) {
            var before = read(path);
            var after = edited(path, before);
            var diff = LineDiff.between(before, after);
            if (diff.lines().isEmpty()) {
                return new Done(path, diff);
            }
            switch (folder.tree().write(path, before, after)) {
                case TaskWrite.Written() -> {
                    return new Done(path, diff);
                }
                case TaskWrite.Changed() -> {
                }
                case TaskWrite.Refused(var fault) -> throw Refusal.failed(fault.toString());
            }
        }
        throw Refusal.failed(path + " is changed by somebody else all the time: try again");
    }

    private byte[] read(TaskPath path) throws IOException {
        return switch (folder.tree().read(path)) {
            case TaskContent.Absent() -> throw Refusal.failed(path + " is gone");
            case TaskContent.Refused(var fault) -> throw Refusal.failed(fault.toString());
            case TaskContent.Present present -> present.bytes();
        };
    }

    private byte[] edited(TaskPath path, byte[] before) {
        return switch (TaskFileEditor.set(path, before, changes)) {
            case Edit.Unchanged() -> before;
            case Edit.Refused(var fault) -> throw Refusal.failed(fault.toString());
            case Edit.Edited edited -> proven(path, before, edited.content());
        };
    }

    /** The edit, unless it makes the file wrong in a way in which it wasn't. */
    private static byte[] proven(TaskPath path, byte[] before, byte[] after) {
        var known = new HashSet<>(told(faults(path, before)));
        var fresh = faults(path, after).stream().filter(f -> !known.contains(told(f))).toList();
        if (!fresh.isEmpty()) {
            throw Refusal.failed("that would make the file invalid, so it was left as it was: "
                    + fresh.stream().map(TaskEdit::told).collect(Collectors.joining("; ")));
        }
        return after;
    }

    private static List<Fault> faults(TaskPath path, byte[] content) {
        return TaskFileReader.read(path, content) instanceof Reading.Invalid(var faults) ? faults : List.of();
    }

    private static List<String> told(Collection<Fault> faults) {
        return faults.stream().map(TaskEdit::told).toList();
    }

    /** A fault without its place, which an edit may move. */
    private static String told(Fault fault) {
        return fault.kind().id() + ": " + fault.message();
    }
}
