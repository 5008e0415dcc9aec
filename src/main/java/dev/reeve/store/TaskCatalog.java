package dev.reeve.store;

import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All tasks of a checkout. What each file was when it was read is remembered, in this object and in {@code .tasks/task_manager/tasks.catalog}, so that only files are opened whose
 * {@linkplain FileStamp stamp} is another one. The file only saves time: when it is missing, damaged, or another version's, everything is read.
 *
 * <p><b>Threading:</b> for any number of threads, one at a time; any number of processes. The helper takes a part of the work.
 */
public final class TaskCatalog {

    /** The file is written anew when more than this part of what it holds has changed: reading a few files again costs less than writing it. */
    private static final int WORTH_WRITING = 128;

    private static final Catalog EMPTY = new Catalog(Collections.unmodifiableSequencedMap(new LinkedHashMap<>()),
            List.of(), List.of());

    private final StateFolder state;
    private final TasksRoot tasks;
    private final Parser parser;
    private final WorkingTree.Index mode;
    private final Executor helper;
    private final CatalogFile file;
    private final Shared shared = new Shared();
    private @Nullable Memory memory;

    /** Makes an entry of a file's content. Called by two threads at once. */
    public interface Parser {

        /** Which parser this is, in a word or two: what another one made of files is not taken. */
        String edition();

        /**
         * The entry, under the path's slug; nothing when the file has no frontmatter.
         *
         * @param path whose name is a slug; faults have their place in it
         * @param modified when the file was last changed
         */
        Optional<CatalogEntry> parse(TaskPath path, byte[] content, Instant modified);
    }

    /**
     * What the last look left.
     *
     * @param unwritten how many of them the file on disk doesn't know
     * @param moved how many files are where none was, or are gone, since the index was written
     */
    private record Memory(Map<TaskPath, KnownFile> known, Catalog catalog, int unwritten, int moved) {

        boolean isWorth(int changes) {
            return changes > known.size() / WORTH_WRITING;
        }
    }

    /** @param helper runs work beside the calling thread, soon; {@code Runnable::run} is none */
    public TaskCatalog(StateFolder state, TasksRoot tasks, Parser parser, WorkingTree.Index mode, Executor helper) {
        this.state = state;
        this.tasks = tasks;
        this.parser = parser;
        this.mode = mode;
        this.helper = helper;
        this.file = new CatalogFile(state, tasks, parser.edition());
    }

    /** All tasks as they are now. A file that can't be read is a faulty entry. Writes nothing; see {@link #remember}. */
    public synchronized Catalog read() throws IOException {
        var before = memory != null ? memory : new Memory(file.read(shared), EMPTY, 0, 0);
        var taken = new AtomicInteger();
        var look = new TaskFileLook(before.known, parser, state::now, taken);
        var walked = new TaskWalk<>(new TreeGuard(state.checkout()), tasks, look, helper).walk();
        boolean isSame = before.known.size() == taken.get() && isSame(before, walked);
        memory = isSame ? before : changed(before, walked);
        return memory.catalog;
    }

    /** Whether nothing came and nothing else is wrong, if all that was known is still so. */
    private boolean isSame(Memory before, TaskWalk.Walked<KnownFile> walked) {
        return memory != null && walked.found().size() == before.known.size()
                && walked.faults().equals(before.catalog.faults()) && walked.unread().equals(before.catalog.unread());
    }

    private Memory changed(Memory before, TaskWalk.Walked<KnownFile> walked) {
        var known = new HashMap<TaskPath, KnownFile>(walked.found().size() * 4 / 3 + 1);
        var files = new ArrayList<KnownFile>(walked.found().size());
        int unwritten = before.unwritten;
        int stayed = 0;
        for (var now : walked.found()) {
            var old = before.known.get(now.path());
            boolean isOld = now.equals(old);
            stayed += old == null ? 0 : 1;
            unwritten += !isOld && now.isSettled() ? 1 : 0;
            var kept = isOld ? now : shared.of(now);
            known.put(kept.path(), kept);
            files.add(kept);
        }
        int moved = known.size() + before.known.size() - 2 * stayed;
        return new Memory(known, catalog(sorted(files), walked), unwritten + before.known.size() - stayed,
                before.moved + moved);
    }

    private static List<KnownFile> sorted(Collection<KnownFile> some) {
        var files = new ArrayList<>(some);
        files.sort((one, other) -> one.path().compareTo(other.path()));
        return files;
    }

    /**
     * Keeps what was read for other processes and for {@link WorkingTree#find}, if it is worth it. Apart from reading, because it need not be waited for; when it can't be kept, the
     * next process reads more.
     */
    public synchronized void remember() {
        var now = memory;
        if (now != null && mode == WorkingTree.Index.KEPT && (now.isWorth(now.unwritten) || now.isWorth(now.moved))) {
            memory = remembered(now);
        }
    }

    private Memory remembered(Memory now) {
        try {
            var files = sorted(now.known.values());
            boolean isDue = now.isWorth(now.unwritten);
            if (isDue) {
                file.write(files);
            }
            new TaskIndex(state, tasks).keep(files.stream().map(KnownFile::path).toList());
            return new Memory(now.known, now.catalog, isDue ? 0 : now.unwritten, 0);
        } catch (IOException e) {
            // They only save time; a checkout that we may not write to is read all the same.
            return now;
        }
    }

    private static Catalog catalog(List<KnownFile> files, TaskWalk.Walked<KnownFile> walked) {
        var entries = new LinkedHashMap<Slug, CatalogEntry>(files.size() * 4 / 3 + 1);
        var twice = new TreeMap<Slug, List<CatalogEntry>>();
        for (var known : files) {
            known.entry().ifPresent(entry -> {
                var other = entries.putIfAbsent(entry.slug(), entry);
                if (other != null) {
                    twice.computeIfAbsent(entry.slug(), _ -> new ArrayList<>(List.of(other))).add(entry);
                }
            });
        }
        twice.forEach((slug, same) -> entries.put(slug, claimedBy(slug, same)));
        return new Catalog(Collections.unmodifiableSequencedMap(entries), walked.faults(), walked.unread());
    }

    private static CatalogEntry claimedBy(Slug slug, List<CatalogEntry> same) {
        var paths = same.stream().map(entry -> entry.path().orElseThrow()).toList();
        var faults = new ArrayList<Fault>();
        for (var entry : same) {
            var path = entry.path().orElseThrow();
            var others = paths.stream().filter(other -> !other.equals(path)).map(TaskPath::value).toList();
            faults.add(new Fault(SignalKind.DUPLICATE_SLUG, Place.of(path.value()),
                    "the slug " + slug + " is also that of " + String.join(", ", others) + ": rename all but one"));
            if (entry instanceof CatalogEntry.Faulty faulty) {
                faults.addAll(faulty.faults());
            }
        }
        return new CatalogEntry.Faulty(slug, paths.getFirst(), faults);
    }
}
