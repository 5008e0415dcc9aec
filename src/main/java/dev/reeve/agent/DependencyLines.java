package dev.reeve.agent;

import dev.reeve.model.Place;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskSummary;
import dev.reeve.store.TaskContent;
import dev.reeve.store.WorkingTree;
import dev.reeve.taskfile.DependencyPlaces;
import dev.reeve.taskfile.Reading;
import dev.reeve.taskfile.TaskFileReader;

import java.io.IOException;
import java.util.Map;

/** Where task files name their dependencies. That isn't kept of all tasks, so the few files that are asked for are read again. */
record DependencyLines(WorkingTree tree) {

    /** As far as the file can be read, and still is what it was. */
    Map<Slug, Place> of(TaskSummary task) {
        try {
            return tree.read(task.path()) instanceof TaskContent.Present present ? in(task.path(), present.bytes())
                    : Map.of();
        } catch (IOException _) {
            return Map.of();
        }
    }

    private static Map<Slug, Place> in(TaskPath path, byte[] content) {
        return TaskFileReader.read(path, content) instanceof Reading.Valid(var task)
                ? DependencyPlaces.of(task, content)
                : Map.of();
    }
}
