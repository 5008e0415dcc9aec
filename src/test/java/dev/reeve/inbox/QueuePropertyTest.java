package dev.reeve.inbox;

import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Random histories of arrivals, claims, outcomes, renewals and passing time, checked against what a queue of keys must never do. */
class QueuePropertyTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final SettableClock CLOCK = SettableClock.atNoon();
    private static @Nullable Inbox shared;

    @BeforeContainer
    static void open() {
        shared = Inbox.open(Samples.settings(Databases.SQLITE.fresh(), CLOCK));
    }

    @AfterContainer
    static void close() {
        Objects.requireNonNull(shared).close();
    }

    sealed interface Step {
        record Arrive(int key) implements Step {}

        record Claim(int limit) implements Step {}

        record Finish(int which, Outcome outcome) implements Step {}

        record Renew(int which) implements Step {}

        record Pass(int seconds) implements Step {}
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Outcome> outcomes = Arbitraries.of(new Outcome.Done(), new Outcome.Done(), new Outcome.Failed("no"),
                new Outcome.GiveUp("never"), new Outcome.RetryAfter(Instant.EPOCH, "soon"));
        var which = Arbitraries.integers().between(0, 30);
        Arbitrary<Step> steps = Arbitraries.oneOf(Arbitraries.integers().between(1, 3).map(Step.Arrive::new),
                Arbitraries.integers().between(1, 3).map(Step.Claim::new),
                which.flatMap(w -> outcomes.map(o -> new Step.Finish(w, o))), which.map(Step.Renew::new),
                Arbitraries.integers().between(1, 40).map(Step.Pass::new));
        return steps.list().ofMinSize(5).ofMaxSize(40);
    }

    @Property(tries = 150)
    void noHistoryBreaksTheQueue(@ForAll("histories") List<Step> history) {
        var inbox = Objects.requireNonNull(shared);
        inbox.database().writer().useHandle(handle -> handle.execute("delete from work"));
        var world = new World(inbox);
        history.forEach(world::step);
        world.drain();
        assertThat(world.seen).containsExactlyInAnyOrderElementsOf(world.arrived);
    }

    /** What a careful observer knows. */
    private static final class World {
        private final Inbox inbox;
        private final WorkQueue queue;
        private final List<Claim> claims = new ArrayList<>();
        private final Map<WorkKey, Claim> newest = new HashMap<>();
        private final Map<Claim, Instant> heldUntil = new HashMap<>();
        private final Set<String> arrived = new HashSet<>();
        private final List<String> seen = new ArrayList<>();

        World(Inbox inbox) {
            this.inbox = inbox;
            this.queue = inbox.queue();
        }

        void step(Step step) {
            switch (step) {
                case Step.Arrive(var key) -> arrive(key);
                case Step.Claim(var limit) -> claim(limit);
                case Step.Finish(var which, var outcome) -> pick(which, claim -> finish(claim, outcome));
                case Step.Renew(var which) -> pick(which, this::renew);
                case Step.Pass(var seconds) -> CLOCK.advance(Duration.ofSeconds(seconds));
            }
        }

        private void pick(int which, Consumer<Claim> action) {
            if (!claims.isEmpty()) {
                action.accept(claims.get(which % claims.size()));
            }
        }

        private void arrive(int key) {
            var guid = "g" + arrived.size();
            arrived.add(guid);
            queue.enqueue(List.of(Samples.arrival(key, guid))).join();
        }

        private List<Claim> claim(int limit) {
            var got = queue.claim("worker", limit, LEASE).join();
            assertThat(got).hasSizeLessThanOrEqualTo(limit);
            for (var claim : got) {
                var before = newest.put(claim.key(), claim);
                assertThat(before == null || !holds(before)).as("%s is leased to one worker at a time", claim).isTrue();
                heldUntil.put(claim, CLOCK.instant().plus(LEASE));
                claims.add(claim);
            }
            return got;
        }

        private boolean holds(Claim claim) {
            var until = heldUntil.get(claim);
            return until != null && until.isAfter(CLOCK.instant());
        }

        private boolean isNewest(Claim claim) {
            return claim.equals(newest.get(claim.key())) && heldUntil.containsKey(claim);
        }

        private void finish(Claim claim, Outcome outcome) {
            boolean counts = isNewest(claim);
            var settlement = queue.finish(claim, outcome, List.of()).join();
            assertThat(settlement == Settlement.LEASE_LOST).as("only the newest lease counts").isEqualTo(!counts);
            if (counts) {
                heldUntil.remove(claim);
                if (outcome instanceof Outcome.Done) {
                    assertThat(claim.triggers()).as("no run without a reason").isNotEmpty();
                    claim.triggers().stream().map(Trigger::guid).filter(Objects::nonNull).forEach(seen::add);
                }
            }
        }

        private void renew(Claim claim) {
            boolean counts = isNewest(claim);
            assertThat(queue.renew(List.of(claim), LEASE).join().isEmpty()).isEqualTo(counts);
            if (counts) {
                heldUntil.put(claim, CLOCK.instant().plus(LEASE));
            }
        }

        /** Lets every lease run out, revives what died, and does all that is left. */
        void drain() {
            reviveTheDead();
            for (var due = queue.nextDue(); due.isPresent(); due = queue.nextDue()) {
                CLOCK.set(due.get().isAfter(CLOCK.instant()) ? due.get() : CLOCK.instant());
                claim(100).forEach(claim -> finish(claim, new Outcome.Done()));
                reviveTheDead();
            }
            assertThat(queue.pending()).isEqualTo(new Pending(0, 0, 0, 0, null));
        }

        private void reviveTheDead() {
            var dead = inbox.overview()
                    .work(new WorkFilter(null, WorkState.DEAD, null), 100)
                    .stream()
                    .map(one -> new Arrival(new WorkKey(Samples.REPOSITORY, Subject.parse(one.subject()).orElseThrow()),
                            Trigger.of("replay")))
                    .toList();
            int _ = queue.force(new Forcing("an operator", "replay"), dead).join();
        }
    }
}
