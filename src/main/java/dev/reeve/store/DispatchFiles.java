package dev.reeve.store;

import dev.reeve.durable.ConfinedFolder;
import dev.reeve.model.Fault;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The files that a worker's runs leave, {@code <tasks root>/logs/dispatch-<slug>.*}. A slug has no dot, so the first
 * dot ends it: {@code dispatch-a-b.log} is no file of task {@code a}.
 *
 * <p><b>Threading:</b> for any number of threads and processes; moves are made under the checkout's lock.
 */
public final class DispatchFiles {

    private static final int LARGEST_STATUS = 1 << 20;
    private static final String PREFIX = "dispatch-";
    private static final String STATUS = ".status.json";
    private static final String TOMBSTONE = ".tombstone.json";
    private static final String LOG = ".log";

    private final StateFolder state;
    private final Path logs;
    private final ProcessTable processes;
    private final RunHistory history;

    public DispatchFiles(StateFolder state, TasksRoot tasks, ProcessTable processes) {
        this.state = state;
        this.logs = Path.of(tasks.path().value(), "logs");
        this.processes = processes;
        this.history = new RunHistory(state, tasks);
    }

    /** The tasks that have dispatch files outside the archive. */
    public SortedSet<Slug> slugs() throws IOException {
        var slugs = new TreeSet<Slug>();
        for (var file : files("*")) {
            slug(file).ifPresent(slugs::add);
        }
        return slugs;
    }

    /** Whether the task has dispatch files outside the archive. */
    public boolean has(Slug slug) throws IOException {
        return !files(slug + ".*").isEmpty();
    }

    /**
     * What is known of the task's last run: from its status, its tombstone, and when its log last grew. Where there is no status, the tombstone stands in
     * for it. Changes nothing, whatever it finds.
     */
    public DispatchStatus read(Slug slug) throws IOException {
        var folder = ConfinedFolder.existing(state.checkout(), logs);
        return folder.isEmpty() ? new DispatchStatus.None() : lastRun(folder.get(), slug);
    }

    private DispatchStatus lastRun(Path folder, Slug slug) throws IOException {
        var status = read(folder, slug, STATUS);
        var tombstone = read(folder, slug, TOMBSTONE);
        var last = status instanceof DispatchStatus.None ? tombstone : status;
        return last instanceof DispatchStatus.Known(var run)
                ? new DispatchStatus.Known(StatusFile.with(run, tombstone, modified(file(folder, slug, LOG)))
                        .pending(history.pending(slug).size()))
                : last;
    }

    private DispatchStatus read(Path folder, Slug slug, String rest) throws IOException {
        var file = file(folder, slug, rest);
        return StatusFile.read(logs + "/" + file.getFileName(), FileContent.read(file, LARGEST_STATUS), processes);
    }

    /** Null when there is no such file; a link to one doesn't count. */
    private static @Nullable Instant modified(Path file) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? attributes.lastModifiedTime().toInstant() : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Sets the task's status file, and its tombstone, aside if it is corrupt, so that the next run begins a new one.
     *
     * @return that it was, and where it is; none when there was nothing to repair
     */
    public List<Signal> repair(Slug slug) throws IOException {
        var repaired = new ArrayList<Signal>();
        for (var rest : List.of(STATUS, TOMBSTONE)) {
            repair(slug, rest).ifPresent(repaired::add);
        }
        return repaired;
    }

    private Optional<Signal> repair(Slug slug, String rest) throws IOException {
        var seen = ConfinedFolder.existing(state.checkout(), logs);
        if (seen.isEmpty() || !(read(seen.get(), slug, rest) instanceof DispatchStatus.Corrupt)) {
            return Optional.empty();
        }
        try (var locked = state.lock()) {
            var folder = ConfinedFolder.existing(state.checkout(), logs);
            if (folder.isEmpty() || !(read(folder.get(), slug, rest) instanceof DispatchStatus.Corrupt(var fault))) {
                return Optional.empty();
            }
            var name = Aside.corrupt(locked.held(), file(folder.get(), slug, rest), locked.now());
            return Optional.of(Signal.of(
                    new Fault(fault.kind(), fault.place(), fault.message() + "; it was set aside as " + name), slug));
        }
    }

    /**
     * Moves all of the task's dispatch files to {@code archive/}, as {@code dispatch-<slug>.<time>.<rest>}, over
     * nothing that is there. What says how the run went moves last, so that a crash on the way leaves a task that is judged as before, and
     * doing it again moves the rest.
     *
     * @param time what the names are told apart by
     * @return the names that the files got, none when there was nothing to move
     */
    public List<String> archive(Slug slug, Instant time) throws IOException {
        if (files(slug + ".*").isEmpty()) {
            return List.of();
        }
        try (var locked = state.lock()) {
            var moved = new ArrayList<String>();
            for (var file : files(slug + ".*")) {
                var archive = ConfinedFolder.made(state.checkout(), logs.resolve("archive"));
                var rest = String.valueOf(file.getFileName()).substring((PREFIX + slug + ".").length());
                var stem = PREFIX + slug + "." + Aside.stamp(time);
                moved.add(Aside.move(locked.held(), file, archive,
                        n -> stem + (n == 1 ? "." : "-" + n + ".") + rest));
            }
            return moved;
        }
    }

    /** The dispatch files whose names go on like this; status and tombstone last. Folders are no dispatch files. */
    private List<Path> files(String glob) throws IOException {
        var folder = ConfinedFolder.existing(state.checkout(), logs);
        if (folder.isEmpty()) {
            return List.of();
        }
        var files = FolderEntries.of(folder.get(), PREFIX + glob);
        files.removeIf(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS));
        files.sort(Comparator.comparingInt(DispatchFiles::rank).thenComparing(Path::toString));
        return files;
    }

    private static int rank(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.endsWith(STATUS) ? 2 : name.endsWith(TOMBSTONE) ? 1 : 0;
    }

    private static Optional<Slug> slug(Path file) {
        var name = String.valueOf(file.getFileName()).substring(PREFIX.length());
        int dot = name.indexOf('.');
        return dot < 0 ? Optional.empty() : Slug.parse(name.substring(0, dot));
    }

    private static Path file(Path folder, Slug slug, String rest) {
        return folder.resolve(PREFIX + slug + rest);
    }
}
