package dev.reeve.inbox;

import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import dev.reeve.model.WorkKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import static dev.reeve.inbox.Samples.arrival;
import static dev.reeve.inbox.Samples.delivery;
import static dev.reeve.inbox.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

/** The process stops at each durable step; what was acknowledged before is done after a start, and nothing is stored by halves. */
class StoppedInboxTest {

    private final SettableClock clock = SettableClock.atNoon();
    private final DatabaseLocation location = Databases.SQLITE.fresh();
    private final List<WorkKey> runs = new ArrayList<>();

    private static final class Stopped extends Error {
        Stopped() {
            super("stopped", null, false, false);
        }
    }

    /** Stops when the step is reached for the nth time. */
    private static Checkpoint stopAt(String step, int nth) {
        var count = new AtomicInteger();
        return reached -> {
            if (reached.equals(step) && count.incrementAndGet() == nth) {
                throw new Stopped();
            }
        };
    }

    private Inbox open(Checkpoint checkpoint) {
        var usual = Samples.settings(location, clock);
        return Inbox
                .open(new InboxSettings(location, clock, usual.retry(), usual.metrics(), checkpoint, usual.capacity()));
    }

    private void runAll(Inbox inbox, Checkpoint checkpoint) {
        var runner = new QueueRunner(inbox.queue(), this::run, RunnerSettings.usual("worker"), clock, checkpoint);
        runner.runUntilIdle();
    }

    private Result run(Claim claim) {
        runs.add(claim.key());
        return claim.key().equals(key(1)) ? new Result(new Outcome.Done(), List.of(arrival(2, "g1")))
                : Result.of(new Outcome.Done());
    }

    @ParameterizedTest
    @CsvSource({Checkpoint.WRITTEN + ",1,false", Checkpoint.COMMITTED + ",1,true", Checkpoint.WRITTEN + ",2,true",
            Checkpoint.COMMITTED + ",2,true", Checkpoint.WRITTEN + ",3,true", Checkpoint.COMMITTED + ",3,true",
            Checkpoint.CLAIMED + ",1,true", Checkpoint.HANDLED + ",1,true", Checkpoint.FINISHED + ",1,true",
            Checkpoint.HANDLED + ",2,true"})
    void whereverItStopsTheSameWorldResults(String step, int nth, boolean stored) {
        var checkpoint = stopAt(step, nth);
        boolean acknowledged = false;
        try (var inbox = open(checkpoint)) {
            acknowledged = inbox.accept(delivery("g1", clock), List.of(arrival(1, "g1")))
                    .handle((_, e) -> e == null)
                    .join();
            runAll(inbox, checkpoint);
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(NotDurableException.class);
        }
        try (var inbox = open(Checkpoint.NONE)) {
            assertThat(inbox.overview().delivery("g1").isPresent()).isEqualTo(stored);
            assertThat(stored || !acknowledged).isTrue();
            runAll(inbox, Checkpoint.NONE);
            assertThat(inbox.queue().pending()).isEqualTo(new Pending(0, 0, 0, 0, null));
            assertThat(runs).hasSizeBetween(stored ? 2 : 0, stored ? 3 : 0);
            if (stored) {
                assertThat(runs).contains(key(1), key(2));
            }
        }
    }
}
