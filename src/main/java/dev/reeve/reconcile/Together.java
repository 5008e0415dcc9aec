package dev.reeve.reconcile;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Does for many callers at once what is costly for each: whoever comes while a run is under way waits, and the next run takes all
 * that have gathered. Callers may announce themselves; a run waits a moment for those who are on their way, and not at all when nobody is. One
 * merge costs one push at once, and fifty together cost a few.
 *
 * <p><b>Threading.</b> Any thread may call {@link #submit}; runs never overlap. A run begins after every item in it was submitted, so what it
 * reads is at least as new as its callers.
 */
final class Together<I, O> {

    /** So long a run waits at most for who is on their way: a part of what a push costs. */
    private static final long PATIENCE_NANOS = 50_000_000;
    private static final long LOOK_NANOS = 500_000;

    private static final class Waiting<I, O> {
        private final I item;
        private @Nullable O result;
        private @Nullable RuntimeException failure;
        private boolean done;

        Waiting(I item) {
            this.item = item;
        }
    }

    private final Function<List<I>, List<O>> run;
    private final ConcurrentLinkedQueue<Waiting<I, O>> gathered = new ConcurrentLinkedQueue<>();
    private final ReentrantLock running = new ReentrantLock();
    private final AtomicInteger onTheirWay = new AtomicInteger();

    /** @param run gives one result for each item, in their order */
    Together(Function<List<I>, List<O>> run) {
        this.run = run;
    }

    /** Somebody who may submit one item, or none. Closing it says that nothing comes any more. */
    final class Announced implements AutoCloseable {

        private final AtomicBoolean coming = new AtomicBoolean(true);

        private Announced() {
            onTheirWay.incrementAndGet();
        }

        /** The result for the announced item; throws what the run that it was in threw. */
        O submit(I item) {
            return Together.this.submit(item, this::close);
        }

        @Override
        public void close() {
            if (coming.getAndSet(false)) {
                onTheirWay.decrementAndGet();
            }
        }
    }

    /** Announces an item. */
    Announced announce() {
        return new Announced();
    }

    /** The result for this item; throws what the run that it was in threw. */
    O submit(I item) {
        return submit(item, () -> {});
    }

    private O submit(I item, Runnable arrived) {
        var waiting = new Waiting<I, O>(item);
        gathered.add(waiting);
        arrived.run();
        running.lock();
        try {
            if (!waiting.done) {
                awaitOthers();
                runGathered();
            }
        } finally {
            running.unlock();
        }
        if (waiting.failure != null) {
            throw waiting.failure;
        }
        var result = waiting.result;
        if (result == null) {
            throw new IllegalStateException("a run must give a result for each of its items");
        }
        return result;
    }

    private void awaitOthers() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (onTheirWay.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void runGathered() {
        var batch = new ArrayList<Waiting<I, O>>();
        for (var next = gathered.poll(); next != null; next = gathered.poll()) {
            batch.add(next);
        }
        try {
            var results = run.apply(batch.stream().map(waiting -> waiting.item).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result = results.get(i);
            }
        } catch (RuntimeException e) {
            batch.forEach(waiting -> waiting.failure = e);
        } finally {
            batch.forEach(waiting -> waiting.done = true);
        }
    }
}
