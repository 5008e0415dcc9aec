package dev.reeve.reconcile;

import dev.reeve.model.Fault;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskPath;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The task files that a pull request changes, as they are at its head. */
public record HeadFiles(Map<TaskPath, TaskCopy> copies) {

    /** Nothing of the kind, or nothing that could be had. */
    public static final HeadFiles NONE = new HeadFiles(Map.of());

    /** The task of this slug, if the pull request changes it and its file is valid. */
    public Optional<Task> task(Slug slug) {
        return copies.values()
                .stream()
                .flatMap(copy -> copy.asTask().stream())
                .filter(task -> task.slug().equals(slug))
                .findFirst();
    }

    /** The tasks whose files it changes, those that are valid. */
    public List<Task> tasks() {
        return copies.values().stream().flatMap(copy -> copy.asTask().stream()).toList();
    }

    /** What is wrong with them. */
    public List<Fault> faults() {
        return copies.values()
                .stream()
                .flatMap(copy -> copy instanceof TaskCopy.Faulty(var faults) ? faults.stream() : Stream.empty())
                .toList();
    }
}
