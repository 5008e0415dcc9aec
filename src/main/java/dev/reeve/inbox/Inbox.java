package dev.reeve.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Takes deliveries in and keeps them.
 *
 * <p><b>Threading:</b> for any thread. What depends on a returned future without an executor runs on the thread that writes the database
 * and must be short.
 */
public final class Inbox implements AutoCloseable {

    /** So long deliveries are kept, and how their work ended: a day longer than any GitHub lists them in its log, so that none is taken for lost. */
    public static final Duration KEPT = Duration.ofDays(8);

    private static final int PURGED_AT_ONCE = 200;

    private final Database database;
    private final Writer writer;
    private final WorkQueue queue;
    private final InboxMetrics metrics;
    private final InboxSettings settings;
    private final Repositories repositories;
    private final Recovery recovery;
    private final RateLimits rateLimits;

    private Inbox(Database database, InboxSettings settings) {
        this.database = database;
        this.settings = settings;
        this.writer = new Writer(database.writer(), settings.capacity(), settings.checkpoint());
        this.metrics = new InboxMetrics(settings.metrics(), new PendingCache(database, settings.clock()));
        this.queue = new WorkQueue(database, writer, settings, metrics);
        this.repositories = new Repositories(database, writer, queue, settings);
        this.recovery = new Recovery(database, writer, settings.clock());
        this.rateLimits = new RateLimits(database, writer, settings.clock());
    }

    /**
     * Opens the inbox and brings its tables up to date. In a data folder, which nobody else can be using, what the previous process was
     * running is due again: at once, or after a wait if it was lost so before or together with other runs.
     *
     * @throws IllegalStateException when another process owns the data folder
     * @throws java.io.UncheckedIOException when the data folder can't be used
     * @throws org.flywaydb.core.api.FlywayException when the database can't be reached or was written by a newer version
     */
    public static Inbox open(InboxSettings settings) {
        var database = Database.open(settings.location());
        if (database.dialect() == Dialect.SQLITE) {
            database.writer().useTransaction(handle -> {
                new WorkTable(handle, database.dialect()).expireAll(settings.clock().instant(), settings.retry());
                handle.execute("delete from turn");
            });
        }
        return new Inbox(database, settings);
    }

    /**
     * Makes a delivery and its work durable together. One that was seen before is counted as another attempt and its work is wanted
     * again, at once even if it waits for another try.
     * The future fails with {@link NotDurableException} when it could not be stored.
     */
    public CompletableFuture<Receipt> accept(Delivery delivery, List<Arrival> arrivals) {
        var sorted = WorkQueue.sorted(arrivals);
        return writer.submit(WorkQueue.order(sorted), handle -> {
            var receipt = DeliveryTable.record(handle, delivery);
            var table = new WorkTable(handle, database.dialect());
            wanted(receipt, sorted).forEach(arrival -> table.want(arrival, delivery.receivedAt()));
            return receipt;
        }).whenComplete((receipt, failure) -> {
            if (failure == null) {
                metrics.accepted(receipt);
                queue.announce(wanted(receipt, sorted));
            } else {
                metrics.refused();
            }
        });
    }

    /** Of a redelivery the work is forced. */
    private static List<Arrival> wanted(Receipt receipt, List<Arrival> arrivals) {
        return receipt.attempt() == 1 ? arrivals
                : arrivals.stream().map(arrival -> arrival.forced(Forcing.REDELIVERY)).toList();
    }

    /**
     * Makes a delivery that was missed and its work durable together, unless it is here by then; completes with whether it was taken in.
     * The future fails with {@link NotDurableException} when it could not be stored.
     */
    public CompletableFuture<Boolean> recover(Delivery delivery, List<Arrival> arrivals) {
        var sorted = WorkQueue.sorted(arrivals);
        return writer.submit(WorkQueue.order(sorted), handle -> {
            var receipt = DeliveryTable.recordIfAbsent(handle, delivery);
            if (receipt.isPresent()) {
                var table = new WorkTable(handle, database.dialect());
                sorted.forEach(arrival -> table.want(arrival, delivery.receivedAt()));
            }
            return receipt;
        }).whenComplete((receipt, failure) -> {
            if (failure == null && receipt.isPresent()) {
                metrics.accepted(receipt.get());
                queue.announce(sorted);
            }
        }).thenApply(Optional::isPresent);
    }

    /** The body of a delivery. */
    public Optional<Payload> body(long delivery) {
        return database.reader().withHandle(handle -> DeliveryTable.body(handle, delivery));
    }

    /**
     * Deletes deliveries that last came before the given time, except those whose work is still open. A redelivery of what was deleted is
     * taken for new.
     *
     * @return how many were deleted
     */
    public CompletableFuture<Integer> purge(Instant before) {
        return writer.submit(Writer.NO_ROWS, handle -> DeliveryTable.purge(handle, before, PURGED_AT_ONCE))
                .thenCompose(deleted -> deleted < PURGED_AT_ONCE ? CompletableFuture.completedFuture(deleted)
                        : purge(before).thenApply(more -> deleted + more));
    }

    /**
     * Deletes what is known of how work ended before the given time.
     *
     * @return how much was deleted
     */
    public CompletableFuture<Integer> purgeEnds(Instant before) {
        return writer.submit(Writer.NO_ROWS, handle -> DeliveryTable.purgeEnds(handle, before, PURGED_AT_ONCE))
                .thenCompose(deleted -> deleted < PURGED_AT_ONCE ? CompletableFuture.completedFuture(deleted)
                        : purgeEnds(before).thenApply(more -> deleted + more));
    }

    /**
     * Deletes the records of what was forced before the given time.
     *
     * @return how many were deleted
     */
    public CompletableFuture<Integer> purgeForced(Instant before) {
        return writer.submit(Writer.NO_ROWS, handle -> handle.createUpdate("delete from forced where at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
    }

    /** Writes to the database to learn whether it can be written to; completes with when that was. */
    public CompletableFuture<Instant> probe() {
        var now = settings.clock().instant();
        return writer.submit(Writer.NO_ROWS, handle -> {
            handle.execute("insert into probe (id, probed_at) values (1, ?) "
                    + "on conflict (id) do update set probed_at = excluded.probed_at", now.toEpochMilli());
            return now;
        });
    }

    /** The work that follows from deliveries. */
    public WorkQueue queue() {
        return queue;
    }

    /** The repositories that the App is installed on. */
    public Repositories repositories() {
        return repositories;
    }

    /** What is kept of looking for deliveries that were missed. */
    public Recovery recovery() {
        return recovery;
    }

    /** Until when GitHub wants to be asked nothing. */
    public RateLimits rateLimits() {
        return rateLimits;
    }

    /** What operators ask about. */
    public Overview overview() {
        return new Overview(database, settings.clock());
    }

    Database database() {
        return database;
    }

    Writer writer() {
        return writer;
    }

    /** Finishes the writes that are waiting, refuses further ones, and closes the database. */
    @Override
    public void close() {
        writer.close();
        database.close();
    }
}
