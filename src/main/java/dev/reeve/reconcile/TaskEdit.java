package dev.reeve.reconcile;

import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;
import dev.reeve.reconcile.Rewrite.Result;
import dev.reeve.taskfile.Edit;
import dev.reeve.taskfile.Reading;
import dev.reeve.taskfile.TaskFileEditor;
import dev.reeve.taskfile.TaskFileReader;
import dev.reeve.taskfile.Value;

import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/** Reads a task file, asks whether the change is still wanted, and edits it losslessly. */
final class TaskEdit {

    private TaskEdit() {}

    /** @param objections why the change isn't wanted any more, given what the file states now; none when it is */
    static Result on(TaskPath path, byte[] content, Function<Task, List<String>> objections,
            SequencedMap<String, Value> changes) {
        return switch (TaskFileReader.read(path, content)) {
            case Reading.NotATask() -> new Result.NotNeeded("its file is no task any more");
            case Reading.Invalid(var faults) -> new Result.Refused(faults.getFirst());
            case Reading.Valid(Task task) -> {
                var against = objections.apply(task);
                yield against.isEmpty() ? edit(path, content, changes) : new Result.NotNeeded(against.getFirst());
            }
        };
    }

    private static Result edit(TaskPath path, byte[] content, SequencedMap<String, Value> changes) {
        return switch (TaskFileEditor.set(path, content, changes)) {
            case Edit.Edited edited -> new Result.Write(edited.content());
            case Edit.Unchanged() -> new Result.NotNeeded("its file says so already");
            case Edit.Refused(var fault) -> new Result.Refused(fault);
        };
    }
}
