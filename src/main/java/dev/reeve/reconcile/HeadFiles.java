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

/**
 * The task files that a pull request changes, as they are at its head.
 *
 * @param copies those that are there
 * @param deleted the tasks that it takes away
 * @param misplaced what is wrong with files, other than with what is in them
 * @param unseen how many more it changes than are looked at
 */
public record HeadFiles(Map<TaskPath, TaskCopy> copies, List<Slug> deleted, List<Fault> misplaced, int unseen) {

    /** Nothing of the kind. */
    public static final HeadFiles NONE = new HeadFiles(Map.of());

    /** Where no more is asked than what is in them. */
    public HeadFiles(Map<TaskPath, TaskCopy> copies) {
        this(copies, List.of(), List.of(), 0);
    }

    /** Where they are. */
    public List<TaskPath> paths() {
        return List.copyOf(copies.keySet());
    }

    /** The task of this slug, if the pull request changes it and its file is valid. */
    public Optional<Task> task(Slug slug) {
        return copies.values()
                .stream()
                .flatMap(copy -> copy.asTask().stream())
                .filter(task -> task.slug().equals(slug))
                .findFirst();
    }

    /** The tasks whose files are valid. */
    public List<Task> tasks() {
        return copies.values().stream().flatMap(copy -> copy.asTask().stream()).toList();
    }

    /** What is wrong with them. */
    public List<Fault> faults() {
        return Stream
                .concat(copies.values()
                        .stream()
                        .flatMap(copy -> copy instanceof TaskCopy.Faulty(var faults) ? faults.stream()
                                : Stream.empty()),
                        misplaced.stream())
                .toList();
    }
}
