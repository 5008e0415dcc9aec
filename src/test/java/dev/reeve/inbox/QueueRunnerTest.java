package dev.reeve.inbox;

import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static dev.reeve.inbox.Samples.arrival;
import static dev.reeve.inbox.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

class QueueRunnerTest {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Result DONE = Result.of(new Outcome.Done());

    private final SettableClock clock = SettableClock.atNoon();
    private final Inbox inbox = Inbox.open(Samples.settings(Databases.SQLITE.fresh(), clock));
    private final WorkQueue queue = inbox.queue();
    private final LinkedBlockingQueue<WorkKey> runs = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        inbox.close();
    }

    private QueueRunner runner(Handler handler) {
        return runner(handler, 4, Duration.ofSeconds(20));
    }

    private QueueRunner runner(Handler handler, int concurrency, Duration grace) {
        return new QueueRunner(queue, handler, settings(concurrency, grace), clock, Checkpoint.NONE);
    }

    private static RunnerSettings settings(int concurrency, Duration grace) {
        return new RunnerSettings("worker", concurrency, LEASE, Duration.ofHours(1), grace);
    }

    private Result note(Claim claim) {
        runs.add(claim.key());
        return DONE;
    }

    private void arrive(int number) {
        queue.enqueue(List.of(arrival(number, "g" + number))).join();
    }

    @Test
    void steppedByHandItRunsAllThatIsDueAndWhatFollowsFromIt() {
        arrive(1);
        var runner = runner(claim -> claim.key().equals(key(1))
                ? new Result(new Outcome.Done(), List.of(arrival(2, "g"), arrival(3, "g")))
                : note(claim));

        assertThat(runner.runUntilIdle()).isEqualTo(3);
        assertThat(runs).containsExactlyInAnyOrder(key(2), key(3));
        assertThat(runner.runUntilIdle()).isZero();
    }

    @Test
    void aHandlerThatThrowsHasFailedAndIsTriedAgain() {
        arrive(1);
        var runner = runner(claim -> {
            if (claim.attempt() < 3) {
                throw new IllegalStateException("broken\u001b[31m");
            }
            return note(claim);
        });

        assertThat(runner.runUntilIdle()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(runner.runUntilIdle()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(runner.runUntilIdle()).isEqualTo(1);
        assertThat(runs).containsExactly(key(1));
    }

    @Test
    void aHandlerThatRecursesWithoutEndHasFailedToo() {
        arrive(1);
        var runner = runner(QueueRunnerTest::recurse);

        assertThat(runner.runUntilIdle()).isEqualTo(1);
        assertThat(queue.pending().later()).isEqualTo(1);
    }

    private static Result recurse(Claim claim) {
        var result = claim.attempt() == 0 ? DONE : recurse(claim);
        return new Result(result.outcome(), List.of());
    }

    @Test
    void whatArrivesIsRunAtOnce() throws Exception {
        try (var runner = runner(this::note)) {
            runner.start();
            for (int number = 1; number <= 20; number++) {
                arrive(number);
                assertThat(runs.poll(5, TimeUnit.SECONDS)).isEqualTo(key(number));
            }
            assertThat(runner.isAlive()).isTrue();
        }
    }

    @Test
    void workRunsWhenItsTimeComesWithoutBeingAnnounced() throws Exception {
        try (var real = Inbox.open(Samples.settings(Databases.SQLITE.fresh(), InstantSource.system()))) {
            Handler handler = claim -> runs.isEmpty() && runs.add(claim.key())
                    ? Result.of(new Outcome.RetryAfter(InstantSource.system().instant().plusMillis(50), "wait"))
                    : note(claim);
            var settings = new RunnerSettings("worker", 1, LEASE, Duration.ofHours(1), Duration.ofSeconds(5));
            try (var runner = new QueueRunner(real.queue(), handler, settings, InstantSource.system(),
                    Checkpoint.NONE)) {
                runner.start();
                real.queue().enqueue(List.of(arrival(1, "g"))).join();
                await().until(() -> runs.size() == 2);
            }
        }
    }

    @Test
    void aRepositoryTakesNoMoreRunsAtOnceThanItLeavesAndTheRestFollows() throws Exception {
        var open = new CountDownLatch(1);
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        try (var runner = runner(claim -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            open.await();
            atOnce.decrementAndGet();
            return note(claim);
        }, 3, Duration.ofSeconds(20))) {
            runner.start();
            for (int number = 1; number <= 10; number++) {
                arrive(number);
            }
            await().until(() -> atOnce.get() == 2);
            open.countDown();
            await().until(() -> runs.size() == 10);
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void aRepositoryWhoseRunsHangKeepsNoOtherWaiting() throws Exception {
        var open = new CountDownLatch(1);
        var hanging = new AtomicInteger();
        try (var runner = runner(claim -> {
            if (claim.key().repository().equals(Samples.REPOSITORY)) {
                hanging.incrementAndGet();
                open.await();
            }
            return note(claim);
        })) {
            runner.start();
            IntStream.rangeClosed(1, 50).forEach(this::arrive);
            await().until(() -> hanging.get() == 2);
            for (int number = 1; number <= 5; number++) {
                queue.enqueue(List.of(of("other/quiet", number))).join();
                assertThat(runs.poll(5, TimeUnit.SECONDS)).isEqualTo(of("other/quiet", number).key());
            }
            assertThat(hanging).hasValue(2);
            open.countDown();
            await().until(() -> runs.size() == 50);
        }
    }

    private static Arrival of(String repository, int number) {
        return new Arrival(new WorkKey(RepositoryName.parse(repository).orElseThrow(),
                new Subject.OfPullRequest(number)), Trigger.of("test"));
    }

    @Test
    void aLeaseIsRenewedWhileItsRunLasts() throws Exception {
        var open = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        try (var runner = runner(claim -> {
            if (claim.key().equals(key(1))) {
                started.countDown();
                open.await();
            }
            return note(claim);
        })) {
            runner.start();
            arrive(1);
            started.await();
            for (int number = 2; number < 8; number++) {
                clock.advance(LEASE.dividedBy(2));
                arrive(number); // wakes the runner, as the passing of real time would
                assertThat(runs.poll(5, TimeUnit.SECONDS)).isEqualTo(key(number));
            }
            assertThat(queue.claim("other", 10, LEASE).join()).isEmpty();
            open.countDown();
            assertThat(runs.poll(5, TimeUnit.SECONDS)).isEqualTo(key(1));
        }
        assertThat(queue.pending()).isEqualTo(new Pending(0, 0, 0, 0, null));
    }

    @Test
    void aRunWhoseLeaseWasTakenOverIsInterruptedAndItsOutcomeDoesNotCount() throws Exception {
        var started = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        // A clock of its own: as soon as it is told the time, the runner renews what hasn't been taken yet.
        var late = SettableClock.atNoon();
        try (var runner = new QueueRunner(queue, claim -> {
            if (!claim.key().equals(key(1))) {
                return note(claim);
            }
            started.countDown();
            try {
                return Result
                        .of(new Outcome.GiveUp("woken by nobody " + new CountDownLatch(1).await(1, TimeUnit.HOURS)));
            } catch (InterruptedException e) {
                interrupted.countDown();
                return DONE;
            }
        }, settings(4, Duration.ofSeconds(20)), late, Checkpoint.NONE)) {
            runner.start();
            arrive(1);
            started.await();
            clock.advance(LEASE);
            var takenOver = queue.claim("other", 1, LEASE).join().getFirst();
            late.advance(LEASE);
            arrive(2);
            assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
            await().until(() -> runner.running() == 0);
            assertThat(queue.finish(takenOver, new Outcome.Done(), List.of()).join()).isEqualTo(Settlement.DONE);
        }
    }

    @Test
    void aStopLetsRunsEnd() throws Exception {
        var started = new CountDownLatch(1);
        var open = new CountDownLatch(1);
        var runner = runner(claim -> {
            started.countDown();
            open.await();
            return note(claim);
        });
        runner.start();
        arrive(1);
        started.await();
        var stop = Thread.ofVirtual().start(runner::close);
        await().until(() -> !runner.isAlive());
        arrive(2);
        open.countDown();
        stop.join();

        assertThat(runs).containsExactly(key(1));
        assertThat(queue.pending().due()).isEqualTo(1);
    }

    @Test
    void aStopInterruptsWhatDoesNotEndAndGivesItBackWithoutCountingAnAttempt() throws Exception {
        var started = new CountDownLatch(2);
        var released = new AtomicBoolean();
        var runner = runner(claim -> {
            started.countDown();
            if (claim.key().equals(key(1))) {
                new CountDownLatch(1).await();
            }
            while (!released.get()) { // deaf to interrupts
                Thread.onSpinWait();
            }
            return DONE;
        }, 4, Duration.ofMillis(50));
        runner.start();
        arrive(1);
        arrive(2);
        started.await();
        runner.close();

        assertThat(queue.claim("next", 10, LEASE).join()).extracting(Claim::key, Claim::attempt)
                .containsExactlyInAnyOrder(tuple(key(1), 1),
                        tuple(key(2), 1));
        released.set(true);
        await().until(() -> runner.running() == 0);
    }

    @Test
    void aServerThatStartsAgainTakesOverAtOnceWhatItsPredecessorWasRunning() {
        var location = Databases.SQLITE.fresh();
        try (var first = Inbox.open(Samples.settings(location, clock))) {
            first.queue().enqueue(List.of(arrival(1, "g"))).join();
            assertThat(first.queue().claim("first", 1, LEASE).join()).hasSize(1);
        }
        try (var second = Inbox.open(Samples.settings(location, clock))) {
            assertThat(second.queue().nextDue()).contains(clock.instant());
            assertThat(second.queue().claim("second", 1, LEASE).join()).extracting(Claim::attempt).containsExactly(2);
        }
    }
}
