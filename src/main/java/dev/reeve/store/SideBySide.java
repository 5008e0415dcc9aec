package dev.reeve.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Work that this thread and a helper share. */
final class SideBySide {

    private SideBySide() {}

    /**
     * Runs all of it, each piece once, in no order, and returns when the last one has ended.
     *
     * @param helper runs what it is given soon; a little work is not worth its while
     */
    static void run(List<? extends Runnable> pieces, Executor helper) {
        var next = new AtomicInteger();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < pieces.size(); i = next.getAndIncrement()) {
                pieces.get(i).run();
            }
        };
        if (pieces.size() < 2) {
            worker.run();
            return;
        }
        var other = CompletableFuture.runAsync(worker, helper);
        worker.run();
        other.join();
    }
}
