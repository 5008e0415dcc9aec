package dev.reeve.store;

import dev.reeve.durable.AtomicFile;
import dev.reeve.durable.ConfinedFolder;
import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import dev.reeve.model.Text;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * The task files in the folder of a checkout or worktree, as they are on disk, committed or not. No symbolic link is
 * followed and no submodule entered.
 *
 * <p><b>Threading:</b> for any number of threads and processes; writes are made under the checkout's lock.
 */
public final class WorkingTree {

    /** The most bytes that a task file may have. */
    public static final int LARGEST = 8 << 20;

    private final StateFolder state;
    private final TasksRoot tasks;
    private final TreeGuard guard;
    private final TaskIndex index;
    private final Index mode;

    /** What becomes of the index of where tasks are, which only saves time. */
    public enum Index {
        /** It is read, and made anew after a walk. */
        KEPT,
        /** It is read; nothing is written, not even that. */
        READ
    }

    /** With an index that is kept. */
    public WorkingTree(StateFolder state, TasksRoot tasks) {
        this(state, tasks, Index.KEPT);
    }

    public WorkingTree(StateFolder state, TasksRoot tasks, Index mode) {
        this.mode = mode;
        this.state = state;
        this.tasks = tasks;
        this.guard = new TreeGuard(state.checkout());
        this.index = new TaskIndex(state, tasks);
    }

    /**
     * The files of a task: none, one, or several when the slug is claimed twice. Only files with frontmatter count. Costs the same
     * in a tree of any size as long as the task stays where it was; else the tree is walked once. A file that was added after that
     * walk, beside one of the same slug, is not noticed here before {@link #all} was called.
     *
     * @return sorted paths
     * @throws IOException when none was found but not everything could be read: the task may exist
     */
    public List<TaskPath> find(Slug slug) throws IOException {
        var known = tasksAmong(slug, index.suggestions(slug));
        if (!known.isEmpty()) {
            return known;
        }
        var walked = walk();
        var found = tasksAmong(slug, walked.paths());
        if (found.isEmpty() && !walked.unread().isEmpty()) {
            throw mayBeIn(walked.unread().getFirst(), slug);
        }
        return found;
    }

    /** Why it isn't known whether a task exists that was found nowhere: this could not be looked into. */
    public static IOException mayBeIn(String unread, Slug slug) {
        return new FileSystemException(Text.plain(unread, 300), null,
                "can't be read, so it isn't known whether task " + slug + " exists; look at its permissions");
    }

    private List<TaskPath> tasksAmong(Slug slug, List<TaskPath> paths) throws IOException {
        var found = new ArrayList<TaskPath>();
        for (var path : paths) {
            if (path.slug().filter(slug::equals).isPresent() && isTask(path)) {
                found.add(path);
            }
        }
        return found;
    }

    private boolean isTask(TaskPath path) throws IOException {
        return tasks.mayHold(path) && guard.way(path) instanceof TreeGuard.Free(var file)
                && Frontmatter.begins(file);
    }

    /** Whether there is a folder to look for tasks in, or something in its place that {@link #all} complains about. */
    public boolean isThere() throws IOException {
        return switch (guard.way(tasks.path())) {
            case TreeGuard.Nowhere() -> false;
            case TreeGuard.Barred _ -> true;
            case TreeGuard.Free(var top) -> Files.isSymbolicLink(top) || Files.isDirectory(top);
        };
    }

    /** All files that may be tasks, and what is wrong in the tree. */
    public TaskListing all() throws IOException {
        var walked = walk();
        var faults = new ArrayList<>(walked.faults());
        var first = new HashMap<Slug, TaskPath>();
        for (var path : walked.paths()) {
            var slug = path.slug().orElseThrow();
            var other = first.putIfAbsent(slug, path);
            if (other == null) {
                continue;
            }
            if (isTask(other) && isTask(path)) {
                faults.add(new Fault(SignalKind.DUPLICATE_SLUG, Place.of(path.value()),
                        "the slug " + slug + " is also that of " + other + "; rename one of the two"));
            } else if (!isTask(other)) {
                first.put(slug, path);
            }
        }
        return new TaskListing(walked.paths(), faults, walked.unread());
    }

    private TaskListing walk() throws IOException {
        var looked = new TaskWalk<TaskPath>(guard, tasks, (path, _, _) -> Optional.of(path), Runnable::run).walk();
        looked.found().sort(null);
        var walked = new TaskListing(looked.found(), looked.faults(), looked.unread());
        if (mode == Index.READ) {
            return walked;
        }
        try {
            index.keep(walked.paths());
        } catch (IOException e) {
            // The index only saves time; a checkout that we may not write to is read all the same.
            return walked;
        }
        return walked;
    }

    /** The content of a file of the checkout. */
    public TaskContent read(TaskPath path) throws IOException {
        return switch (guard.way(path)) {
            case TreeGuard.Nowhere() -> new TaskContent.Absent();
            case TreeGuard.Barred(var why) -> refused(path, why);
            case TreeGuard.Free(var file) -> read(path, file);
        };
    }

    private static TaskContent read(TaskPath path, Path file) throws IOException {
        return switch (FileContent.read(file, LARGEST)) {
            case FileContent.Absent() -> new TaskContent.Absent();
            case FileContent.NotAFile(var what) -> refused(path, "is " + what);
            case FileContent.TooLarge(int limit) -> refused(path, "has more than " + limit + " bytes");
            case FileContent.Bytes bytes -> new TaskContent.Present(bytes.bytes());
        };
    }

    private static TaskContent.Refused refused(TaskPath path, String why) {
        return new TaskContent.Refused(new Fault(SignalKind.INVALID_FRONTMATTER, Place.of(path.value()), why));
    }

    /**
     * Replaces the content of a task file if it is still what it was decided on; its permissions stay.
     *
     * @param expected what the file held when it was read
     * @param bytes what it shall hold
     * @throws IOException when it could not be written; then the file is as it was
     */
    public TaskWrite write(TaskPath path, byte[] expected, byte[] bytes) throws IOException {
        try (var locked = state.lock()) {
            return switch (read(path)) {
                case TaskContent.Absent() -> new TaskWrite.Changed();
                case TaskContent.Refused(var fault) -> new TaskWrite.Refused(fault);
                case TaskContent.Present now when !Arrays.equals(now.bytes(), expected) -> new TaskWrite.Changed();
                case TaskContent.Present now when Arrays.equals(now.bytes(), bytes) -> new TaskWrite.Written();
                case TaskContent.Present now -> replace(locked, path, now.bytes(), bytes);
            };
        }
    }

    /**
     * Makes a file that isn't there yet; the folder of tasks too, if need be.
     *
     * @return {@link TaskWrite.Changed} when there is something already; it is left as it is
     * @throws IOException when it could not be written; then there is none
     */
    public TaskWrite create(TaskPath path, byte[] bytes) throws IOException {
        try (var locked = state.lock()) {
            ConfinedFolder.made(state.checkout(), Path.of(tasks.path().value()));
            return switch (guard.way(path)) {
                case TreeGuard.Nowhere() -> refused("is in a folder that isn't there; make it", path);
                case TreeGuard.Barred(var why) -> refused(why, path);
                case TreeGuard.Free(var file) ->
                    AtomicFile.create(locked.held(), file, bytes) ? new TaskWrite.Written() : new TaskWrite.Changed();
            };
        }
    }

    private static TaskWrite.Refused refused(String why, TaskPath path) {
        return new TaskWrite.Refused(refused(path, why).fault());
    }

    private TaskWrite replace(StateFolder.Locked locked, TaskPath path, byte[] expected, byte[] bytes)
            throws IOException {
        try {
            return AtomicFile.replaceIf(locked.held(), state.checkout().resolve(path.value()), expected, bytes)
                    ? new TaskWrite.Written()
                    : new TaskWrite.Changed();
        } catch (NoSuchFileException e) {
            return new TaskWrite.Changed();
        }
    }
}
