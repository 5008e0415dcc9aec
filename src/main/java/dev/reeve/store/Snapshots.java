package dev.reeve.store;

import dev.reeve.durable.AtomicFile;
import dev.reeve.model.Bucket;
import dev.reeve.model.Fault;
import dev.reeve.model.Judgement;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Place;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.SnapshotHead;
import dev.reeve.model.SnapshotTask;
import dev.reeve.model.Text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The snapshots of a checkout, {@code task-manager-<owner>.snapshot.json}: what the last heartbeat of an owner saw. What it says of the queue comes first and a line for each task
 * follows, so that the former costs the same to read however many tasks there are.
 *
 * <p><b>Threading:</b> for any number of threads and processes. Readers need no lock and see the last complete snapshot. What is kept from writing to writing is used under the folder's lock.
 */
public final class Snapshots {

    /** No real snapshot comes near: a million tasks. */
    private static final long LARGEST = 512L << 20;

    private final StateFolder state;
    private final KeptRows rows = new KeptRows();

    public Snapshots(StateFolder state) {
        this.state = state;
    }

    /** The owners that have a snapshot here, by its canonical name, sorted. */
    public List<OwnerKey> owners() throws IOException {
        var folder = state.existing();
        if (folder.isEmpty()) {
            return List.of();
        }
        return OwnerFile.in(folder.get())
                .stream()
                .filter(file -> file.kind() == OwnerFile.Kind.SNAPSHOT)
                .flatMap(file -> OwnerKey.parse(file.spelling()).stream())
                .sorted()
                .toList();
    }

    /**
     * Replaces the owner's snapshot. One that was corrupt is set aside, which a signal says.
     *
     * @param tasks in the order in which they are to be shown: by bucket, then as the queue is ordered
     * @throws IOException when it could not be made durable; then the snapshot is as it was
     */
    public SnapshotWrite write(SnapshotHead head, Collection<Judgement> tasks) throws IOException {
        try (var locked = state.lock()) {
            var name = OwnerFile.snapshot(head.owner()).name();
            var file = locked.folder().resolve(name);
            var signals = new ArrayList<Signal>();
            switch (read(file, head.owner())) {
                case SnapshotReading.None(),SnapshotReading.Known _,SnapshotReading.Foreign() -> {
                }
                case SnapshotReading.Corrupt(var signal) -> signals.add(setAside(locked, file, signal));
                case SnapshotReading.Untouchable(var signal) -> {
                    return new SnapshotWrite.Refused(signal);
                }
            }
            AtomicFile.replace(locked.held(), file, out -> SnapshotWriter.write(out, head, tasks, rows));
            return new SnapshotWrite.Written(List.copyOf(signals));
        }
    }

    private static Signal setAside(StateFolder.Locked locked, Path file, Signal signal) throws IOException {
        var aside = Aside.corrupt(locked.held(), file, locked.now());
        return new Signal(signal.kind(), signal.severity(), null,
                signal.message() + "; it was set aside as " + Text.plain(aside, 300), signal.place());
    }

    /**
     * What the owner's snapshot says of the queue; what it says of tasks is not read.
     *
     * @throws IOException when the system lets it not be read
     */
    public SnapshotReading head(OwnerKey owner) throws IOException {
        var folder = state.existing();
        return folder.isEmpty()
                ? new SnapshotReading.None()
                : read(folder.get().resolve(OwnerFile.snapshot(owner).name()), owner);
    }

    /**
     * The first tasks of some buckets, in the snapshot's order. Reading ends as soon as all are there, so that what comes later in the file costs nothing.
     *
     * @param each how many of each bucket at most
     * @return none where there is no snapshot that can be read; as far as it goes when it is damaged behind its head
     */
    public Map<Bucket, List<SnapshotTask>> first(OwnerKey owner, Set<Bucket> buckets, int each) throws IOException {
        var found = new EnumMap<Bucket, List<SnapshotTask>>(Bucket.class);
        buckets.forEach(bucket -> found.put(bucket, new ArrayList<>()));
        if (!(head(owner) instanceof SnapshotReading.Known(var head))) {
            return found;
        }
        int wanted = buckets.stream().mapToInt(b -> Math.min(each, head.counts().getOrDefault(b, 0))).sum();
        try (var tasks = tasks(owner)) {
            while (wanted > 0) {
                var task = tasks.next(t -> buckets.contains(t.bucket()) && room(found, t.bucket(), each));
                if (task.isEmpty()) {
                    break;
                }
                found.getOrDefault(task.get().bucket(), new ArrayList<>()).add(task.get());
                wanted--;
            }
        }
        return found;
    }

    private static boolean room(Map<Bucket, List<SnapshotTask>> found, Bucket bucket, int each) {
        return found.getOrDefault(bucket, List.of()).size() < each;
    }

    /** What the owner's snapshot says of one task; nothing when it doesn't know it, or can't be read. */
    public Optional<SnapshotTask> task(OwnerKey owner, Slug slug) throws IOException {
        if (!(head(owner) instanceof SnapshotReading.Known)) {
            return Optional.empty();
        }
        try (var tasks = tasks(owner)) {
            return tasks.next(task -> task.slug().equals(slug));
        }
    }

    private SnapshotRows tasks(OwnerKey owner) throws IOException {
        var folder = state.existing().orElseThrow(() -> new NoSuchFileException(StateFolder.display("")));
        return SnapshotRows.of(open(folder.resolve(OwnerFile.snapshot(owner).name())));
    }

    private static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static SnapshotReading read(Path file, OwnerKey owner) throws IOException {
        var shown = StateFolder.display(String.valueOf(file.getFileName()));
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                return new SnapshotReading.Untouchable(
                        fault(Place.of(shown), "is no regular file; put one in its place, or nothing"));
            }
            if (attributes.size() > LARGEST) {
                return new SnapshotReading.Corrupt(
                        fault(Place.of(shown), "has more than " + LARGEST + " bytes, which no snapshot has"));
            }
            try (var in = open(file)) {
                return SnapshotReader.head(shown, JsonText.membersBefore("tasks", in), owner);
            }
        } catch (NoSuchFileException e) {
            return new SnapshotReading.None();
        } catch (JsonText.NotJson e) {
            return new SnapshotReading.Corrupt(
                    fault(new Place(shown, e.line(), e.column()), "is no snapshot: " + e.getMessage()));
        }
    }

    static Signal fault(Place place, String message) {
        return Signal.of(new Fault(SignalKind.STATE_FILE_CORRUPT, place, message), null);
    }
}
