package dev.reeve.app;

import dev.reeve.kit.SettableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** What the server does again and again goes on, or says that it doesn't. */
class RoundTest {

    private final SettableClock clock = SettableClock.atNoon();
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch open = new CountDownLatch(1);
    private Rounds rounds = new Rounds(List.of());

    @AfterEach
    void close() {
        open.countDown();
        rounds.close();
    }

    private Round every(String name, Runnable work) {
        return Round.every(Duration.ofMinutes(5), name, work, clock);
    }

    private void begin(Round... all) {
        rounds = new Rounds(List.of(all)).start();
    }

    private void await(int expected) {
        Awaitility.await().until(() -> runs.get() == expected && rounds.isQuiet());
    }

    @Test
    void whatFailsIsTriedAgainAMinuteLater() {
        begin(every("one", () -> {
            switch (runs.incrementAndGet()) {
                case 1 -> throw new StackOverflowError("too deep");
                case 2 -> throw new IllegalStateException("no luck");
                default -> {
                }
            }
        }));
        for (int expected = 1; expected <= 3; expected++) {
            await(expected);
            clock.advance(Duration.ofMinutes(1));
            rounds.wake();
        }
        await(3);
        clock.advance(Duration.ofMinutes(4));
        rounds.wake();
        await(4);
        assertThat(rounds.dead()).isEmpty();
    }

    @Test
    void whatNothingCanGoOnAfterIsSaid() {
        begin(every("reading the log", () -> {
            throw new OutOfMemoryError("as a test wants it");
        }), every("other", runs::incrementAndGet));
        Awaitility.await().dontCatchUncaughtExceptions().until(() -> rounds.dead().isPresent());
        assertThat(rounds.dead()).contains("reading the log has ended");
        await(1);
        clock.advance(Duration.ofMinutes(5));
        rounds.wake();
        await(2);
    }

    @Test
    void oneThatTakesLongKeepsNoOtherBack() {
        begin(every("slow", () -> {
            try {
                open.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }), every("other", runs::incrementAndGet));
        Awaitility.await().until(() -> runs.get() == 1);
        assertThat(rounds.isQuiet()).isFalse();
        clock.advance(Duration.ofMinutes(5));
        rounds.wake();
        Awaitility.await().until(() -> runs.get() == 2);
    }
}
