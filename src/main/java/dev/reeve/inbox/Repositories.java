package dev.reeve.inbox;

import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import io.micrometer.core.instrument.Counter;
import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The repositories that the App is installed on, and what was last seen of each. What is learnt of one, and the work that follows from that,
 * become durable together.
 *
 * <p><b>Threading:</b> for any thread. The futures fail with {@link NotDurableException} when nothing was changed.
 */
public final class Repositories {

    private static final int SWEPT_AT_ONCE = 100;

    private final Database database;
    private final Writer writer;
    private final WorkQueue queue;
    private final InstantSource clock;
    private final Portions portions;
    private final Counter missedPushes;

    Repositories(Database database, Writer writer, WorkQueue queue, InboxSettings settings) {
        this.database = database;
        this.writer = writer;
        this.queue = queue;
        this.clock = settings.clock();
        this.portions = new Portions(writer, database.dialect(), clock);
        this.missedPushes = Counter.builder("reeve.missed.pushes")
                .description("Moves of a default branch that no push event told of")
                .register(settings.metrics());
    }

    /** The repository of this name; nothing when none is known. */
    public Optional<KnownRepository> find(RepositoryName name) {
        return read(handle -> RepositoryTable.find(handle, name));
    }

    /** The repository with this id of GitHub's. */
    public Optional<KnownRepository> find(long id) {
        return read(handle -> RepositoryTable.find(handle, id));
    }

    /** All of them, by name. */
    public List<KnownRepository> all() {
        return read(RepositoryTable::all);
    }

    /** Those of one installation, by name. */
    public List<KnownRepository> of(long installation) {
        return read(handle -> RepositoryTable.of(handle, installation));
    }

    /**
     * Notes what a repository is now, and wants this work. When it was known by another name, its open work goes to the new one. A repository that had
     * this name before is known no longer, and its open work ends.
     *
     * @param sweepDue when one that wasn't known is swept for the first time
     */
    public CompletableFuture<Void> put(KnownRepository repository, Instant sweepDue, List<Arrival> arrivals) {
        return write(arrivals, handle -> put(handle, repository, sweepDue));
    }

    private static void put(Handle handle, KnownRepository repository, Instant sweepDue) {
        var before = RepositoryTable.find(handle, repository.id());
        // Work is known by name: what is left of another repository must not be done in this one.
        RepositoryTable.find(handle, repository.name())
                .filter(other -> other.id() != repository.id())
                .ifPresent(other -> new WorkOfRepository(handle).drop(other.name(), new Subject.OfRepository()));
        RepositoryTable.put(handle, repository, sweepDue);
        before.filter(known -> !known.name().equals(repository.name()))
                .ifPresent(known -> new WorkOfRepository(handle).move(known.name(), repository.name()));
    }

    /** As {@link #put}, for a repository that can be worked on now: what had been given up is tried again. */
    public CompletableFuture<Void> resume(KnownRepository repository, Instant sweepDue, List<Arrival> arrivals) {
        return write(arrivals, handle -> {
            put(handle, repository, sweepDue);
            new WorkOfRepository(handle).revive(repository.name(), clock.instant());
        });
    }

    /** Forgets a repository and all of its open work, except looking whether it is there. */
    public CompletableFuture<Void> forget(RepositoryName name) {
        return write(List.of(), handle -> {
            RepositoryTable.delete(handle, name);
            new WorkOfRepository(handle).drop(name, new Subject.OfRepository());
        });
    }

    /**
     * Wants every repository reconciled as a whole whose time has come, and sets the time for the next.
     *
     * @param next gives, for each, when that is
     * @return how many there were
     */
    public CompletableFuture<Integer> sweep(Supplier<Instant> next) {
        var now = clock.instant();
        return writer.submit(Writer.ANY_ROWS, handle -> {
            var due = RepositoryTable.due(handle, database.dialect(), now, SWEPT_AT_ONCE);
            var table = new WorkTable(handle, database.dialect());
            for (var repository : due) {
                table.want(whole(repository.name(), "sweep"), now);
                RepositoryTable.sweepNext(handle, repository.id(), next.get());
            }
            return due.size();
        }).whenComplete((swept, failure) -> {
            if (failure == null && swept > 0) {
                queue.announce();
            }
        });
    }

    /** When the next sweep is due; nothing when no repository is worked on. */
    public Optional<Instant> nextSweep() {
        return read(RepositoryTable::nextSweep);
    }

    /** Work on a repository as a whole. */
    public static Arrival whole(RepositoryName name, String cause) {
        return whole(name, Trigger.of(cause));
    }

    /** Work on a repository as a whole, for this reason. */
    public static Arrival whole(RepositoryName name, Trigger why) {
        return new Arrival(new WorkKey(name, new Subject.OfAll()), why);
    }

    /** Looking whether a repository is there, and as what. */
    public static Arrival look(RepositoryName name, String cause) {
        return new Arrival(new WorkKey(name, new Subject.OfRepository()), Trigger.of(cause));
    }

    /** What the last sweep saw of the pull requests, by number; empty when there was none. */
    public Map<Integer, String> pullsSeen(long id) {
        return read(handle -> RepositoryTable.pulls(handle, id));
    }

    /** The push that brought the default branch to this commit was seen. */
    public CompletableFuture<Void> sawPush(long id, Sha tip) {
        return write(List.of(), handle -> RepositoryTable.tip(handle, id, tip));
    }

    /**
     * Notes what a sweep saw, and wants the work that follows. A move that no event told of is counted, unless one is still to be worked on.
     *
     * @param arrivals all for the repository that the sweep is of
     */
    public CompletableFuture<Void> swept(long id, Sweep sweep, List<Arrival> arrivals) {
        // That of single tasks goes ahead where it is much: the push that this sweep itself wants must not count as one that was told of.
        var byKind = arrivals.stream()
                .collect(Collectors.partitioningBy(arrival -> arrival.key().subject() instanceof Subject.OfTask));
        var others = byKind.getOrDefault(false, List.of());
        return portions.andThen(WorkQueue.sorted(byKind.getOrDefault(true, List.of())), last -> {
            var all = WorkQueue.sorted(Stream.concat(others.stream(), last.stream()).toList());
            return writer.submit(WorkQueue.order(all), handle -> note(handle, id, sweep, all));
        }).thenAccept(missed -> {
            if (missed) {
                missedPushes.increment();
            }
            queue.announce(arrivals);
        });
    }

    /** Whether a push was missed. */
    private boolean note(Handle handle, long id, Sweep sweep, List<Arrival> sorted) {
        boolean missed = sweep.move() == Sweep.Move.UNTOLD && sweep.tip() != null
                && !new WorkOfRepository(handle).hasPushTo(id, sweep.tip());
        want(handle, sorted);
        RepositoryTable.swept(handle, id, clock.instant());
        RepositoryTable.pulls(handle, id, sweep.pulls());
        if (sweep.tip() != null) {
            RepositoryTable.tip(handle, id, sweep.tip());
        }
        return missed;
    }

    private void want(Handle handle, List<Arrival> arrivals) {
        new WorkTable(handle, database.dialect()).want(WorkQueue.sorted(arrivals), clock.instant());
    }

    private CompletableFuture<Void> write(List<Arrival> arrivals, Consumer<Handle> change) {
        return writer
                .submit(arrivals.isEmpty() ? Writer.ANY_ROWS : WorkQueue.order(WorkQueue.sorted(arrivals)), handle -> {
                    change.accept(handle);
                    want(handle, arrivals);
                    return arrivals.size();
                })
                .thenAccept(_ -> queue.announce());
    }

    private <T> T read(Function<Handle, T> query) {
        return database.reader().withHandle(query::apply);
    }
}
