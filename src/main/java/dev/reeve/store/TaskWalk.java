package dev.reeve.store;

import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** One walk through the tasks root. What can't be looked at becomes a fault; the rest is found all the same. */
final class TaskWalk extends SimpleFileVisitor<Path> {

    /** Each level costs an open file while it is walked. */
    private static final int DEEPEST = 64;

    private final TreeGuard guard;
    private final Path top;
    private final List<TaskPath> paths = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    private TaskWalk(TreeGuard guard, Path top) {
        this.guard = guard;
        this.top = top;
    }

    /**
     * Every file that may be a task and whose name is a slug, sorted, and what is wrong with others: names that are no
     * slug, links, folders that can't be read.
     */
    static TaskListing of(TreeGuard guard, TasksRoot tasks) throws IOException {
        return switch (guard.way(tasks.path())) {
            case TreeGuard.Nowhere() -> new TaskListing(List.of(), List.of(), List.of());
            case TreeGuard.Barred(var why) -> barred(tasks, why);
            case TreeGuard.Free(var top) when Files.isSymbolicLink(top) ->
                barred(tasks, "is a symbolic link, which is not followed");
            case TreeGuard.Free(var top) -> walk(new TaskWalk(guard, top));
        };
    }

    private static TaskListing barred(TasksRoot tasks, String why) {
        return new TaskListing(List.of(), List.of(fault(tasks.toString(), SignalKind.INVALID_FRONTMATTER, why)),
                List.of());
    }

    private static TaskListing walk(TaskWalk walk) throws IOException {
        if (Files.isDirectory(walk.top)) {
            Files.walkFileTree(walk.top, EnumSet.noneOf(FileVisitOption.class), DEEPEST, walk);
        }
        walk.paths.sort(null);
        return new TaskListing(walk.paths, walk.faults, walk.unread);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean skipped = !folder.equals(top) && TasksRoot.skipsFolder(String.valueOf(folder.getFileName()));
        return skipped || TreeGuard.isRepository(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        var name = String.valueOf(file.getFileName());
        if (attributes.isDirectory()) {
            complain(file, "is nested deeper than " + DEEPEST + " folders; no task is looked for in it");
        } else if (name.endsWith(".md") && !TasksRoot.skipsFile(name)) {
            take(file, attributes);
        }
        return FileVisitResult.CONTINUE;
    }

    private void take(Path file, BasicFileAttributes attributes) throws IOException {
        var path = guard.path(file);
        boolean named = path.flatMap(TaskPath::slug).isPresent();
        if (named && attributes.isSymbolicLink()) {
            complain(file, "is a symbolic link, which is not followed; put the task's file itself in its place");
        } else if (named && attributes.isRegularFile()) {
            paths.add(path.orElseThrow());
        } else if (!named && Frontmatter.begins(file)) {
            faults.add(fault(show(file), SignalKind.INVALID_SLUG,
                    "a task file is named <slug>.md, the slug of a-z, 0-9 and -, at most 120 characters; rename it"));
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
        // Reported, not thrown: one folder without permission must not hide all tasks.
        unread(file, problem);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) {
        if (problem != null) {
            unread(folder, problem);
        }
        return FileVisitResult.CONTINUE;
    }

    private void unread(Path file, IOException problem) {
        if (problem instanceof NoSuchFileException) {
            // Removed while we walked; that is known.
            return;
        }
        unread.add(show(file));
        complain(file, "can't be read: " + problem.getClass().getSimpleName());
    }

    private void complain(Path file, String message) {
        faults.add(fault(show(file), SignalKind.INVALID_FRONTMATTER, message));
    }

    private String show(Path file) {
        return guard.root().relativize(file).toString();
    }

    private static Fault fault(String file, SignalKind kind, String message) {
        return new Fault(kind, Place.of(file), message);
    }
}
