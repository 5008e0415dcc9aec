package dev.reeve.store;

import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One walk through the tasks root, used once. What can't be looked at becomes a fault; the rest is found all the same. Folders are listed, and their files looked at in batches, by this thread
 * and a helper.
 *
 * @param <R> what a look at a file gives
 */
final class TaskWalk<R> {

    private static final int DEEPEST = 64;
    private static final int BATCH = 256;

    private final TreeGuard guard;
    private final TasksRoot tasks;
    private final Look<R> look;
    private final Executor helper;
    private final Walked<R> all = Walked.none();
    private final Deque<Folder> folders = new ArrayDeque<>();

    /** @param helper runs work beside this thread; {@code Runnable::run} is none */
    TaskWalk(TreeGuard guard, TasksRoot tasks, Look<R> look, Executor helper) {
        this.guard = guard;
        this.tasks = tasks;
        this.look = look;
        this.helper = helper;
    }

    /** Looks at a regular file that may be a task and whose name is a slug's. Called by two threads at once. */
    @FunctionalInterface
    interface Look<R> {
        Optional<R> at(TaskPath path, Path file, FileStamp stamp);
    }

    /**
     * What was found.
     *
     * @param found in no order
     * @param faults names that are no slug, links, folders in place of a file, folders that can't be read
     * @param unread folders and files that the system did not let us look at
     */
    record Walked<R>(List<R> found, List<Fault> faults, List<String> unread) {

        static <R> Walked<R> none() {
            return new Walked<>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        private void add(Walked<R> other) {
            found.addAll(other.found);
            faults.addAll(other.faults);
            unread.addAll(other.unread);
        }
    }

    /**
     * A folder to be looked through.
     *
     * @param name nothing when it can't be a part of a task's path; then no file in it can be a task
     */
    private record Folder(Path path, Optional<TaskPath> name, int depth) {}

    /** What stands in a folder. */
    private record Entry(Path path, String name) {}

    Walked<R> walk() throws IOException {
        switch (guard.way(tasks.path())) {
            case TreeGuard.Nowhere() -> {
            }
            case TreeGuard.Barred(var why) -> barred(why);
            case TreeGuard.Free(var top) when Files.isSymbolicLink(top) ->
                barred("is a symbolic link, which is not followed");
            case TreeGuard.Free(var top) -> walk(new Folder(top, Optional.of(tasks.path()), 0));
        }
        return all;
    }

    private void barred(String why) {
        all.faults.add(fault(tasks.toString(), SignalKind.INVALID_FRONTMATTER, why));
    }

    private void walk(Folder top) {
        folders.add(top);
        while (!folders.isEmpty()) {
            var batches = new ArrayList<Batch>();
            while (!folders.isEmpty()) {
                list(batches);
            }
            SideBySide.run(batches, helper);
            for (var batch : batches) {
                all.add(batch.seen);
                batch.folders.forEach(this::enter);
            }
        }
    }

    /** Lists the folders that are known by now. */
    private void list(List<Batch> batches) {
        var listings = folders.stream().map(Listing::new).toList();
        folders.clear();
        SideBySide.run(listings, helper);
        for (var listing : listings) {
            all.add(listing.seen);
            listing.folders.forEach(this::enter);
            batches.addAll(listing.batches);
        }
    }

    /** One folder, listed by one thread. */
    private final class Listing implements Runnable {

        private final Folder folder;
        private final List<Batch> batches = new ArrayList<>();
        private final List<Folder> folders = new ArrayList<>();
        private final Walked<R> seen = Walked.none();

        Listing(Folder folder) {
            this.folder = folder;
        }

        @Override
        public void run() {
            var batch = new Batch(folder);
            for (var entry : entries()) {
                if (!entry.name.endsWith(".md")) {
                    enterIfFolder(entry);
                } else if (!batch.add(entry)) {
                    batches.add(batch);
                    batch = new Batch(folder);
                    batch.add(entry);
                }
            }
            batches.add(batch);
        }

        /** In the order of their names, which is nearly the order in which whoever asked wants them in the end. */
        private List<Entry> entries() {
            var entries = new ArrayList<Entry>();
            if (TreeGuard.isRepository(folder.path)) {
                return entries;
            }
            try (var found = Files.newDirectoryStream(folder.path)) {
                for (var path : found) {
                    var name = String.valueOf(path.getFileName());
                    if (!TasksRoot.skipsFile(name)) {
                        entries.add(new Entry(path, name));
                    }
                }
            } catch (DirectoryIteratorException e) {
                unread(seen, folder.path, Objects.requireNonNull(e.getCause()));
            } catch (IOException e) {
                unread(seen, folder.path, e);
            }
            entries.sort((one, other) -> one.name.compareTo(other.name));
            return entries;
        }

        private void enterIfFolder(Entry entry) {
            if (!TasksRoot.skipsFolder(entry.name) && Files.isDirectory(entry.path, LinkOption.NOFOLLOW_LINKS)) {
                folders.add(below(folder, entry.path));
            }
        }
    }

    private Folder below(Folder above, Path entry) {
        return new Folder(entry, guard.path(entry), above.depth + 1);
    }

    private void enter(Folder folder) {
        if (folder.depth < DEEPEST) {
            folders.add(folder);
        } else {
            complain(all, folder.path, "is nested deeper than " + DEEPEST + " folders; no task is looked for in it");
        }
    }

    /** Files of one folder, looked at by one thread. */
    private final class Batch implements Runnable {

        private final Folder folder;
        private final List<Entry> files = new ArrayList<>();
        private final List<Folder> folders = new ArrayList<>();
        private final Walked<R> seen = Walked.none();

        Batch(Folder folder) {
            this.folder = folder;
        }

        /** @return false when it is full */
        boolean add(Entry file) {
            return files.size() < BATCH && files.add(file);
        }

        @Override
        public void run() {
            for (var file : files) {
                try {
                    see(file.path, path(file.name), FileStamp.of(file.path));
                } catch (IOException e) {
                    unread(seen, file.path, e);
                }
            }
        }

        private void see(Path file, Optional<TaskPath> path, FileStamp stamp) throws IOException {
            switch (stamp.kind()) {
                case FILE -> {
                    if (path.isPresent()) {
                        look.at(path.get(), file, stamp).ifPresent(seen.found::add);
                    } else if (Frontmatter.begins(file)) {
                        seen.faults.add(fault(show(file), SignalKind.INVALID_SLUG,
                                "a task file is named <slug>.md, the slug of a-z, 0-9 and -, at most 120 characters; rename it"));
                    }
                }
                case FOLDER -> {
                    path.ifPresent(_ -> complain(seen, file, "is a folder, and named as a task's file; rename it"));
                    folders.add(below(folder, file));
                }
                case LINK -> path.ifPresent(_ -> complain(seen, file,
                        "is a symbolic link, which is not followed; put the task's file itself in its place"));
                case OTHER -> path.ifPresent(_ -> complain(seen, file, "is no regular file"));
            }
        }

        private Optional<TaskPath> path(String name) {
            return folder.name.flatMap(above -> TaskPath.parse(above + "/" + name))
                    .filter(path -> path.slug().isPresent());
        }
    }

    private void unread(Walked<R> seen, Path file, IOException problem) {
        // What was removed or replaced while we walked is known not to be there.
        if (!(problem instanceof NoSuchFileException) && !(problem instanceof NotDirectoryException)) {
            // Reported, not thrown: one folder without permission must not hide all tasks.
            seen.unread.add(show(file));
            complain(seen, file, "can't be read: " + problem.getClass().getSimpleName());
        }
    }

    private void complain(Walked<R> seen, Path file, String message) {
        seen.faults.add(fault(show(file), SignalKind.INVALID_FRONTMATTER, message));
    }

    private String show(Path file) {
        return guard.root().relativize(file).toString();
    }

    private static Fault fault(String file, SignalKind kind, String message) {
        return new Fault(kind, Place.of(file), message);
    }
}
