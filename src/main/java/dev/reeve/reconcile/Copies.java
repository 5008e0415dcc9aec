package dev.reeve.reconcile;

import dev.reeve.git.Entry;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskPath;
import dev.reeve.taskfile.Reading;
import dev.reeve.taskfile.TaskFileReader;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/** Makes copies of tasks from the bytes of their files. */
final class Copies {

    private Copies() {}

    /** The first regular file among these entries of a commit; absent when there is none. */
    static TaskCopy in(Map<TaskPath, Entry> entries) {
        return entries.values()
                .stream()
                .map(entry -> entry instanceof Entry.RegularFile file ? of(file.path(), file.content(), null)
                        : new TaskCopy.Absent())
                .filter(copy -> !(copy instanceof TaskCopy.Absent))
                .findFirst()
                .orElseGet(TaskCopy.Absent::new);
    }

    /** @param modified when the file was last changed; null for a copy in a commit */
    static TaskCopy of(TaskPath path, byte[] content, @Nullable Instant modified) {
        return switch (TaskFileReader.read(path, content)) {
            case Reading.NotATask() -> new TaskCopy.Absent();
            case Reading.Invalid(var faults) -> new TaskCopy.Faulty(faults);
            case Reading.Valid(var task) -> new TaskCopy.Valid(task, modified);
        };
    }
}
