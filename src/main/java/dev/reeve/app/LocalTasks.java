package dev.reeve.app;

import dev.reeve.model.TasksRoot;
import dev.reeve.store.StateFolder;
import dev.reeve.store.TaskCatalog;
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

    /** All tasks below a root in the checkout at a folder; a second thread helps while they are looked at, and ends. */
    public static TaskCatalog catalog(Path checkout, TasksRoot tasks, WorkingTree.Index mode) {
        return new TaskCatalog(new StateFolder(checkout, InstantSource.system()), tasks, new TaskFileParser(), mode,
                work -> Thread.ofPlatform().daemon().name("catalog").start(work));
    }
}
