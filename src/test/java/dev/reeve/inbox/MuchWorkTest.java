package dev.reeve.inbox;

import dev.reeve.inbox.KnownRepository.State;
import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A push or a sweep that wants a great many tasks looked at, whatever database is under it. */
class MuchWorkTest {

    private static final int TASKS = 2 * Portions.LARGEST + 7;
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Sha TIP = new Sha("a".repeat(40));

    private final SettableClock clock = SettableClock.atNoon();
    private final AtomicReference<Runnable> betweenCommits = new AtomicReference<>(() -> {});
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private Inbox open(Databases databases) {
        return Inbox
                .open(new InboxSettings(databases.fresh(), clock, _ -> Optional.of(Duration.ZERO), metrics, step -> {
                    if (step.equals(Checkpoint.COMMITTED)) {
                        betweenCommits.getAndSet(() -> {}).run();
                    }
                }, InboxSettings.USUAL_CAPACITY));
    }

    private static WorkKey task(int n) {
        return new WorkKey(Samples.REPOSITORY, new Subject.OfTask(new Slug("t" + n)));
    }

    private static List<Arrival> tasks() {
        return IntStream.range(0, TASKS)
                .mapToObj(n -> new Arrival(task(n), new Trigger("push", "g" + n, n, null)))
                .toList();
    }

    private static Claim claimOne(Inbox inbox) {
        return inbox.queue().claim("worker", 1, LEASE).join().getFirst();
    }

    private static List<Claim> claimAll(Inbox inbox) {
        return inbox.queue().claim("worker", 10_000, LEASE).join();
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsFromARunIsAllWantedWithItsReasons(Databases databases) {
        try (var inbox = open(databases)) {
            inbox.queue().enqueue(List.of(Samples.arrival(1, "a"))).join();
            assertThat(inbox.queue().finish(claimOne(inbox), new Outcome.Done(), tasks()).join())
                    .isEqualTo(Settlement.DONE);
            var claims = claimAll(inbox);
            assertThat(claims).hasSize(TASKS).extracting(Claim::key).contains(task(0), task(TASKS - 1));
            assertThat(claims).allSatisfy(claim -> assertThat(claim.triggers()).hasSize(1));
            assertThat(claims).filteredOn(claim -> claim.key().equals(task(7)))
                    .flatExtracting(Claim::triggers)
                    .containsExactly(new Trigger("push", "g7", 7, null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void wantedTogetherIsWantedAsOneAfterTheOther(Databases databases) {
        try (var inbox = open(databases)) {
            var arrivals = new ArrayList<Arrival>();
            Stream.of("a", "b", "c").forEach(guid -> {
                arrivals.add(Samples.arrival(1, guid));
                arrivals.add(Samples.arrival(2, guid));
            });
            arrivals.add(Samples.arrival(3, "d").forced(new Forcing("dave", "re-run")));
            inbox.queue().enqueue(arrivals).join();
            assertThat(claimAll(inbox)).extracting(claim -> claim.triggers().stream().map(Trigger::guid).toList())
                    .containsExactlyInAnyOrder(List.of("a", "b", "c"), List.of("a", "b", "c"), List.of("d"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeliveryDoesNotWaitUntilAllOfItIsNoted(Databases databases) {
        try (var inbox = open(databases)) {
            inbox.queue().enqueue(List.of(Samples.arrival(1, "a"))).join();
            var claim = claimOne(inbox);
            var order = new ArrayList<String>();
            betweenCommits.set(() -> {
                var _ = inbox.accept(Samples.delivery("b", clock), List.of(Samples.arrival(2, "b")))
                        .thenRun(() -> order.add("acknowledged"));
            });
            inbox.queue().finish(claim, new Outcome.Done(), tasks()).thenRun(() -> order.add("noted")).join();
            assertThat(order).containsExactly("acknowledged", "noted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatDiedHalfWayThroughWantingIsNotDone(Databases databases) {
        try (var inbox = open(databases)) {
            inbox.queue().enqueue(List.of(Samples.arrival(1, "a"))).join();
            var claim = claimOne(inbox);
            var seen = new ArrayList<Long>();
            betweenCommits.set(() -> {
                seen.add(inbox.queue().pending().due());
                seen.add(inbox.queue().pending().running());
            });
            inbox.queue().finish(claim, new Outcome.Done(), tasks()).join();
            assertThat(seen).as("due and running after the first portion").containsExactly((long) Portions.LARGEST, 1L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSweepThatFindsMuchCountsThePushThatItWantsItselfAsMissed(Databases databases) {
        try (var inbox = open(databases)) {
            var known = inbox.repositories();
            known.put(new KnownRepository(1, Samples.REPOSITORY, 5, State.ACTIVE, null, null), clock.instant(),
                    List.of())
                    .join();
            var push = new Arrival(new WorkKey(Samples.REPOSITORY, new Subject.OfPush()),
                    new Trigger("untold", null, null, new Trigger.PushRange(new Sha("b".repeat(40)), TIP)));
            known.swept(1, new Sweep(TIP, Sweep.Move.UNTOLD, Map.of()),
                    Stream.concat(Stream.of(push), tasks().stream()).toList()).join();
            assertThat(metrics.counter("reeve.missed.pushes").count()).isEqualTo(1);
            assertThat(inbox.queue().pending().due()).isEqualTo(TASKS + 1L);
            assertThat(known.find(1).orElseThrow().tip()).isEqualTo(TIP);
        }
    }
}
