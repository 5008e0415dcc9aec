package dev.reeve.reconcile;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Does for many callers at once what is costly for each: whoever comes while a run is under way waits, and the next run takes all
 * that have gathered. One merge costs one push, and fifty at once cost two or three.
 *
 * <p><b>Threading.</b> Any thread may call {@link #submit}; runs never overlap. A run begins after every item in it was submitted, so what it
 * reads is at least as new as its callers.
 */
final class Together<I, O> {

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

    /** @param run gives one result for each item, in their order */
    Together(Function<List<I>, List<O>> run) {
        this.run = run;
    }

    /** The result for this item; throws what the run that it was in threw. */
    O submit(I item) {
        var waiting = new Waiting<I, O>(item);
        gathered.add(waiting);
        running.lock();
        try {
            if (!waiting.done) {
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
