package dev.reeve.app;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class AgentLoopTest {

    private static final Duration NEVER_AGAIN = Duration.ofDays(1);

    @Test
    void itBeatsAtOnceAndAgainUntilItIsStopped() throws InterruptedException {
        var third = new CountDownLatch(3);
        var loop = new AgentLoop(third::countDown, Duration.ofMillis(1));
        var thread = Thread.ofPlatform().start(() -> run(loop));

        third.await();
        loop.stop();

        assertThat(loop.awaitEnd(Duration.ofMinutes(1))).isTrue();
        thread.join();
    }

    @Test
    void aBeatThatIsOnItsWayIsWaitedForAndNoneFollows() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var beats = new AtomicInteger();
        var loop = new AgentLoop(() -> {
            beats.incrementAndGet();
            begun.countDown();
            await(goOn);
        }, Duration.ofMillis(1));
        var thread = Thread.ofPlatform().start(() -> run(loop));
        begun.await();

        loop.stop();
        assertThat(loop.awaitEnd(Duration.ZERO)).as("it is still on its way").isFalse();
        goOn.countDown();

        assertThat(loop.awaitEnd(Duration.ofMinutes(1))).isTrue();
        thread.join();
        assertThat(beats).hasValue(1);
    }

    @Test
    void whatWasStoppedBeforeItBeganDoesNotBeat() throws InterruptedException {
        var beats = new AtomicInteger();
        var loop = new AgentLoop(beats::incrementAndGet, NEVER_AGAIN);

        loop.stop();
        loop.run();

        assertThat(beats).hasValue(0);
        assertThat(loop.awaitEnd(Duration.ZERO)).isTrue();
    }

    @Test
    void theRateIsFixed() {
        assertThat(AgentLoop.next(1_000, 100, 1_030)).isEqualTo(1_100);
    }

    @Test
    void aLongBeatIsFollowedByOneAtOnceAndThoseThatWereMissedAreNotMadeUpFor() {
        long after = AgentLoop.next(1_000, 100, 1_950);
        assertThat(after).isEqualTo(1_950);
        assertThat(AgentLoop.next(after, 100, 1_960)).isEqualTo(2_050);
    }

    /** The clock's zero is anywhere, and it may run over. */
    @Property
    void theNextBeatIsNeverInThePastAndNeverFurtherThanAnIntervalAway(@ForAll long due,
            @ForAll @LongRange(min = 1, max = 1L << 60) long interval,
            @ForAll @LongRange(max = 1L << 60) long took) {
        long now = due + took;
        assertThat(AgentLoop.next(due, interval, now) - now).isBetween(0L, interval);
    }

    private static void run(AgentLoop loop) {
        try {
            loop.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
