package dev.reeve.cli;

import dev.reeve.app.LocalTasks;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.TaskContent;
import dev.reeve.taskfile.Reading;
import dev.reeve.taskfile.TaskFileReader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A task that somebody named to say something about its runs. A name that nothing has is told: else a slip of the finger would look as if it had been done. */
record NamedTask(Path checkout, TasksRoot root, Slug slug) {

    static NamedTask of(Workplace work, Slug slug) {
        return new NamedTask(work.checkout().root(), new TasksRoot(work.team().tasks()), slug);
    }

    /** Refused unless a task file or a run has that name. */
    void demandKnown() throws IOException {
        if (!LocalTasks.dispatch(checkout, root).has(slug) && LocalTasks.in(checkout, root).find(slug).isEmpty()) {
            throw unknown();
        }
    }

    /** Refused unless there is a task of that name that isn't over: nobody would ever be told. */
    void demandOpen() throws IOException {
        if (LocalTasks.in(checkout, root).find(slug).isEmpty()) {
            throw unknown();
        }
        var status = task().map(Task::status).filter(TaskStatus::isFinal);
        if (status.isPresent()) {
            throw Refusal.failed(slug + " is " + status.get().id()
                    + ": no worker will be told any more. Make a new task: reeve task new SLUG --title TITLE");
        }
    }

    private Optional<Task> task() throws IOException {
        var tree = LocalTasks.in(checkout, root);
        for (var path : tree.find(slug)) {
            if (tree.read(path) instanceof TaskContent.Present present
                    && TaskFileReader.read(path, present.bytes()) instanceof Reading.Valid(var task)) {
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    private Refusal unknown() {
        return Refusal.failed("there is no task " + slug + " under " + root + "/");
    }
}
