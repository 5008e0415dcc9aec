package dev.reeve.app;

import dev.reeve.model.TasksRoot;
import dev.reeve.store.DispatchFiles;
import dev.reeve.store.ProcessTable;
import dev.reeve.store.Registers;
import dev.reeve.store.RunFiles;
import dev.reeve.store.RunHistory;
import dev.reeve.store.Snapshots;
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

    /** The registers of the checkout at a folder. */
    public static Registers registers(Path checkout) {
        return new Registers(new StateFolder(checkout, InstantSource.system()));
    }

    /** The snapshots of the checkout at a folder. */
    public static Snapshots snapshots(Path checkout) {
        return new Snapshots(new StateFolder(checkout, InstantSource.system()));
    }

    /** What happened in the runs of each task of the checkout at a folder. */
    public static RunHistory history(Path checkout, TasksRoot tasks) {
        return new RunHistory(new StateFolder(checkout, InstantSource.system()), tasks);
    }

    /** The last run of each task of the checkout at a folder. */
    public static RunFiles runs(Path checkout, TasksRoot tasks) {
        return new RunFiles(new StateFolder(checkout, InstantSource.system()), tasks);
    }

    /** What workers' runs left in the checkout at a folder. */
    public static DispatchFiles dispatch(Path checkout, TasksRoot tasks) {
        return new DispatchFiles(new StateFolder(checkout, InstantSource.system()), tasks, new ProcessTable());
    }

    /** All tasks below a root in the checkout at a folder; a second thread helps while they are looked at, and ends. */
    public static TaskCatalog catalog(Path checkout, TasksRoot tasks, WorkingTree.Index mode) {
        return new TaskCatalog(new StateFolder(checkout, InstantSource.system()), tasks, new TaskFileParser(), mode,
                work -> Thread.ofPlatform().daemon().name("catalog").start(work));
    }
}
