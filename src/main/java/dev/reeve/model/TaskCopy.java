package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One copy of a task file: the operator's, the default branch's, or a worktree's. */
public sealed interface TaskCopy {

    /** There is no such file. */
    record Absent() implements TaskCopy {}

    /**
     * The file is a valid task.
     *
     * @param modified when the file was last changed; null for a copy in a commit
     */
    record Valid(Task task, @Nullable Instant modified) implements TaskCopy {}

    /** The file is there and broken; it is reported and left alone. */
    record Faulty(List<Fault> faults) implements TaskCopy {}

    /** The task that this copy states, if it states one. */
    default Optional<Task> asTask() {
        return this instanceof Valid(Task task, var _) ? Optional.of(task) : Optional.empty();
    }

    /** True when this copy states the task as completed. */
    default boolean isCompleted() {
        return asTask().filter(task -> task.status() == TaskStatus.COMPLETED).isPresent();
    }
}
