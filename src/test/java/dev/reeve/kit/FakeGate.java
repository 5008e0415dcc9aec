package dev.reeve.kit;

import java.util.concurrent.CountDownLatch;

/**
 * Where requests wait until a test lets them through: a GitHub that is slow for as long as somebody needs it to be.
 *
 * <p><b>Threading</b>: any thread.
 */
public final class FakeGate {

    private final String line;
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    FakeGate(String line) {
        this.line = line;
    }

    String line() {
        return line;
    }

    void pass() {
        arrived.countDown();
        try {
            opened.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when a request stands in front of it. */
    public void awaitArrival() throws InterruptedException {
        arrived.await();
    }

    /** Lets all through, those that come later too. */
    public void open() {
        opened.countDown();
    }
}
