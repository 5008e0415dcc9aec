package dev.reeve.inbox;

import dev.reeve.model.Outcome;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Several producers and two workers at once, on PostgreSQL as two replicas; runs fail and wait at random. */
class QueueHammeringTest {

    private static final int PRODUCERS = 4;
    private static final int ARRIVALS_EACH = 150;
    private static final int KEYS = 5;

    private final Map<WorkKey, AtomicInteger> atOnce = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> doneRunsThatSaw = new ConcurrentHashMap<>();
    private final List<String> violations = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Databases.class)
    void everyArrivalIsSeenByExactlyOneDoneRunAndNoKeyRunsTwiceAtOnce(Databases databases) throws Exception {
        var location = databases.fresh();
        var first = inbox(location);
        var second = databases == Databases.POSTGRESQL ? inbox(location) : first;
        try (first; second; var one = runner(first, "one"); var two = runner(second, "two")) {
            one.start();
            two.start();
            var producers = IntStream.range(0, PRODUCERS)
                    .mapToObj(p -> Thread.ofVirtual().start(() -> produce(p, p % 2 == 0 ? first : second)))
                    .toList();
            for (var producer : producers) {
                producer.join();
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> isIdle(first.queue().pending()));
        }
        assertThat(violations).isEmpty();
        assertThat(doneRunsThatSaw).hasSize(PRODUCERS * ARRIVALS_EACH);
        assertThat(doneRunsThatSaw.values()).allSatisfy(count -> assertThat(count).hasValue(1));
    }

    private static boolean isIdle(Pending pending) {
        return pending.due() + pending.later() + pending.running() == 0;
    }

    private static Inbox inbox(DatabaseLocation location) {
        return Inbox.open(new InboxSettings(location, InstantSource.system(), _ -> Optional.of(Duration.ofMillis(2)),
                new SimpleMeterRegistry(), Checkpoint.NONE, InboxSettings.USUAL_CAPACITY));
    }

    private QueueRunner runner(Inbox inbox, String name) {
        var settings = new RunnerSettings(name, 8, Duration.ofSeconds(60), Duration.ofMillis(20),
                Duration.ofSeconds(10));
        return new QueueRunner(inbox.queue(), this::run, settings, InstantSource.system(), Checkpoint.NONE);
    }

    private void produce(int producer, Inbox inbox) {
        var random = new Random(producer);
        for (int n = 0; n < ARRIVALS_EACH; n++) {
            var guid = producer + "-" + n;
            inbox.accept(Samples.delivery(guid, InstantSource.system()),
                    List.of(Samples.arrival(1 + random.nextInt(KEYS), guid))).join();
        }
    }

    private Result run(Claim claim) {
        var running = atOnce.computeIfAbsent(claim.key(), _ -> new AtomicInteger());
        if (running.incrementAndGet() != 1) {
            violation(claim + " runs twice at once");
        }
        try {
            LockSupport.parkNanos(100_000); // long enough for another run of the key to be seen
            return Result.of(outcome(claim));
        } finally {
            running.decrementAndGet();
        }
    }

    private Outcome outcome(Claim claim) {
        return switch (ThreadLocalRandom.current().nextInt(10)) {
            case 0 -> new Outcome.Failed("at random");
            case 1 -> new Outcome.RetryAfter(InstantSource.system().instant().plusMillis(1), "at random");
            default -> {
                if (claim.triggers().isEmpty()) {
                    violation(claim + " runs although nothing arrived");
                }
                claim.triggers()
                        .stream()
                        .map(Trigger::guid)
                        .map(String::valueOf)
                        .forEach(
                                guid -> doneRunsThatSaw.computeIfAbsent(guid, _ -> new AtomicInteger())
                                        .incrementAndGet());
                yield new Outcome.Done();
            }
        };
    }

    private synchronized void violation(String what) {
        violations.add(what);
    }
}
