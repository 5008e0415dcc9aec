package dev.reeve.inbox;

import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Makes every change of the database, grouped: what is waiting when a commit ends goes into the next one together.
 *
 * <p>When anything in a group fails, the whole group is rolled back and each write is made again in a transaction of its own, so that a
 * write fails by itself only. Savepoints would not do: a full disk makes SQLite roll back the transaction behind the driver's back. A
 * write may so be carried out more than once and must have no effect but in the database.
 *
 * <p><b>Threading:</b> {@link #submit} may be called by any thread and never blocks. All writes are made by one thread; those of one order in
 * the order of their submission. What depends on a returned future without an executor runs on that thread too and must be short.
 */
final class Writer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /** The order of a write that locks no row which others may be waiting for. */
    static final String NO_ROWS = "";
    /** The order of a write that takes whatever rows are free. */
    static final String ANY_ROWS = "\uffff";

    private static final int LARGEST_GROUP = 256;
    private static final int TRIES = 3;
    private static final int VALIDATION_SECONDS = 2;
    private static final Write<?> LAST = new Write<>(NO_ROWS, _ -> "", new CompletableFuture<>());

    private final Jdbi jdbi;
    private final Checkpoint checkpoint;
    private final BlockingQueue<Write<?>> queue;
    private final Thread thread;
    private @Nullable Handle connection;
    private boolean closed;

    /** @param capacity how many writes may wait */
    Writer(Jdbi jdbi, int capacity, Checkpoint checkpoint) {
        this.jdbi = jdbi;
        this.checkpoint = checkpoint;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = Thread.ofPlatform().name("inbox-writer").daemon().start(this::run);
    }

    private record Write<T>(String order, Function<Handle, T> work, CompletableFuture<T> result) {

        /** Does the work; what is returned tells whoever waits, once it is committed. */
        Runnable make(Handle handle) {
            T value = work.apply(handle);
            return () -> result.complete(value);
        }

        void fail(Throwable cause) {
            result.completeExceptionally(new NotDurableException("the database could not be written", cause));
        }

        void fail(String reason) {
            result.completeExceptionally(new NotDurableException(reason));
        }
    }

    /**
     * Makes a change. The future completes after it was committed, or with a {@link NotDurableException} when nothing of it was stored
     * (or when the connection broke during the commit, and nobody knows).
     *
     * @param order names the rows that the write locks; a group is made in this order, so that replicas lock rows in the same one
     */
    synchronized <T> CompletableFuture<T> submit(String order, Function<Handle, T> work) {
        var write = new Write<>(order, work, new CompletableFuture<>());
        if (closed) {
            write.fail("the inbox is closed");
        } else if (!queue.offer(write)) {
            write.fail("too many writes are waiting");
        }
        return write.result;
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        var group = new ArrayList<Write<?>>();
        try {
            do {
                group.clear();
                group.add(queue.take());
                queue.drainTo(group, LARGEST_GROUP - 1);
                write(group.stream()
                        .filter(write -> !write.equals(LAST))
                        .sorted(Comparator.comparing(Write::order))
                        .toList());
            } while (!group.contains(LAST));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            refuseAll(group);
            if (connection != null) {
                connection.close();
            }
        }
    }

    /** Without its thread the writer refuses everything, so that nobody waits for ever. */
    private synchronized void refuseAll(List<Write<?>> underWay) {
        closed = true;
        underWay.forEach(write -> write.fail("the inbox is closed"));
        queue.forEach(write -> write.fail("the inbox is closed"));
        queue.clear();
    }

    private void write(List<Write<?>> group) {
        var failure = group.isEmpty() ? null : commit(group);
        if (failure == null) {
            return;
        }
        for (var write : group) {
            // Without a connection the rest would only wait for the same failure again.
            if (!(failure instanceof ConnectionException)) {
                failure = commitAlone(write);
            }
            if (failure != null) {
                write.fail(failure);
            }
        }
    }

    private @Nullable RuntimeException commitAlone(Write<?> write) {
        var failure = commit(List.of(write));
        for (int tries = 1; failure != null && tries < TRIES && lostARace(failure); tries++) {
            failure = commit(List.of(write));
        }
        return failure;
    }

    /** Null when the group is durable and everyone was told; else why nothing of it is. */
    private @Nullable RuntimeException commit(List<Write<?>> group) {
        List<Runnable> notices;
        try {
            notices = connected().inTransaction(handle -> {
                var made = group.stream().map(write -> write.make(handle)).toList();
                checkpoint.reached(Checkpoint.WRITTEN);
                return made;
            });
        } catch (RuntimeException e) {
            recover();
            return e;
        }
        checkpoint.reached(Checkpoint.COMMITTED);
        notices.forEach(Runnable::run);
        return null;
    }

    private Handle connected() {
        var handle = connection;
        if (handle == null) {
            handle = jdbi.open();
            connection = handle;
        }
        return handle;
    }

    /** After a failure: begins with fresh statements, and with a fresh connection unless this one still works. */
    private void recover() {
        var handle = connection;
        if (handle == null || isUsable(handle)) {
            return;
        }
        connection = null;
        try {
            handle.close();
        } catch (RuntimeException e) {
            LOG.debug("a broken connection could not even be closed", e);
        }
    }

    private static boolean isUsable(Handle handle) {
        try {
            KeptStatements.of(handle).forget();
            return handle.getConnection().getAutoCommit() && handle.getConnection().isValid(VALIDATION_SECONDS);
        } catch (SQLException _) {
            return false;
        }
    }

    /** True for a deadlock or serialization failure, which only replicas of one PostgreSQL database can cause each other. */
    private static boolean lostARace(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null && sql.getSQLState().startsWith("40")) {
                return true;
            }
        }
        return false;
    }

    /** Makes what is waiting, then ends. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            queue.put(LAST);
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
