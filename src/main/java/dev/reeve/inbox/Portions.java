package dev.reeve.inbox;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Makes much work durable in portions, between which the {@link Writer} makes what others have to write: a delivery is acknowledged in time while a
 * sweep of ten thousand tasks is being noted.
 *
 * <p>What the work follows from is to be recorded with the last portion. Whoever dies before that finds it undone, does it again, and wants some of the
 * work a second time, which costs a look.
 *
 * <p><b>Threading:</b> for any thread.
 */
final class Portions {

    /** A database elsewhere takes this many within some hundredths of a second. */
    static final int LARGEST = 250;

    private final Writer writer;
    private final Dialect dialect;
    private final InstantSource clock;

    Portions(Writer writer, Dialect dialect, InstantSource clock) {
        this.writer = writer;
        this.dialect = dialect;
        this.clock = clock;
    }

    /**
     * Wants all but the last portion, then makes the write that has the last one in it.
     *
     * @param sorted in the order in which rows are locked
     * @param last makes that write, given what it is to want
     */
    <T> CompletableFuture<T> andThen(List<Arrival> sorted, Function<List<Arrival>, CompletableFuture<T>> last) {
        if (sorted.size() <= LARGEST) {
            return last.apply(sorted);
        }
        var portion = sorted.subList(0, LARGEST);
        return writer.submit(WorkQueue.order(portion), handle -> {
            new WorkTable(handle, dialect).want(portion, clock.instant());
            return portion.size();
        }).thenCompose(_ -> andThen(sorted.subList(LARGEST, sorted.size()), last));
    }
}
