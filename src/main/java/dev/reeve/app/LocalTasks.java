package dev.reeve.app;

import dev.reeve.model.TasksRoot;
import dev.reeve.store.StateFolder;
import dev.reeve.store.WorkingTree;

import java.nio.file.Path;
import java.time.InstantSource;

/** The task files of a checkout, for commands that run in it. */
public final class LocalTasks {

    private LocalTasks() {}

    /** The task files below a root in the checkout at a folder. */
    public static WorkingTree in(Path checkout, TasksRoot tasks) {
        return new WorkingTree(new StateFolder(checkout, InstantSource.system()), tasks);
    }
}
