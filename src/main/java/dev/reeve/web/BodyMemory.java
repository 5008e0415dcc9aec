package dev.reeve.web;

import java.util.concurrent.Semaphore;

/**
 * The memory that bodies being received may take together.
 *
 * <p><b>Threading:</b> for any thread; a {@link Share} is for one.
 */
final class BodyMemory {

    private final Semaphore free;

    BodyMemory(int bytes) {
        this.free = new Semaphore(bytes);
    }

    Share share() {
        return new Share();
    }

    /** What one body takes, given back when it is closed. */
    final class Share implements AutoCloseable {

        private int taken;

        private Share() {}

        /** Takes so many bytes more; false when they are not to be had. */
        boolean take(int bytes) {
            boolean had = free.tryAcquire(bytes);
            taken += had ? bytes : 0;
            return had;
        }

        @Override
        public void close() {
            free.release(taken);
            taken = 0;
        }
    }
}
