package dev.reeve.inbox;

import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static dev.reeve.inbox.Samples.arrival;
import static dev.reeve.inbox.Samples.delivery;
import static dev.reeve.inbox.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

/** What an inbox promises, whatever database is under it. */
abstract class InboxContract {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Outcome DONE = new Outcome.Done();

    final SettableClock clock = SettableClock.atNoon();
    private final Inbox inbox;
    private final WorkQueue queue;

    InboxContract(Databases databases) {
        inbox = Inbox.open(Samples.settings(databases.fresh(), clock));
        queue = inbox.queue();
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    private List<Claim> claim() {
        return queue.claim("worker", 100, LEASE).join();
    }

    private Claim claimOne() {
        var claims = claim();
        assertThat(claims).hasSize(1);
        return claims.getFirst();
    }

    private Settlement finish(Claim claim, Outcome outcome, Arrival... followUps) {
        return queue.finish(claim, outcome, List.of(followUps)).join();
    }

    private StoredDelivery stored(String guid) {
        return inbox.overview().delivery(guid).orElseThrow().delivery();
    }

    private List<OpenWork> dead() {
        return inbox.overview().work(new WorkFilter(null, WorkState.DEAD, null), 10);
    }

    private void arrive(int number, String guid) {
        queue.enqueue(List.of(arrival(number, guid))).join();
    }

    private List<String> guids(Claim claim) {
        return claim.triggers().stream().map(t -> String.valueOf(t.guid())).toList();
    }

    @Test
    void aDeliveryIsKeptByteForByteWithItsWork() throws Exception {
        var body = "{\"title\":\"Grüße\\u0000\"}".getBytes(StandardCharsets.UTF_8);
        var receipt = inbox.accept(delivery("g1", clock, body), List.of(arrival(1, "g1"))).join();

        assertThat(receipt.attempt()).isEqualTo(1);
        assertThat(inbox.body(receipt.delivery()).orElseThrow().open().readAllBytes()).isEqualTo(body);
        assertThat(inbox.overview().delivery("g1")).map(SeenDelivery::delivery)
                .contains(new StoredDelivery(receipt.delivery(), 77, "g1", "pull_request",
                        "closed", "Acme/Shop", 5L, clock.instant(), clock.instant(), 1, body.length));
        assertThat(guids(claimOne())).containsExactly("g1");
    }

    @Test
    void aDeliveryWithoutRepositoryActionOrInstallationIsKept() {
        var ping = new Delivery(77, "g1", "ping", null, null, null, clock.instant(), Payload.of(new byte[0]));
        inbox.accept(ping, List.of()).join();

        var stored = stored("g1");
        assertThat(stored.action()).isNull();
        assertThat(stored.repository()).isNull();
        assertThat(stored.installation()).isNull();
        assertThat(claim()).isEmpty();
    }

    @Test
    void aRedeliveryIsAnotherAttemptAndIsWorkedOnAgain() {
        var first = inbox.accept(delivery("g1", clock), List.of(arrival(1, "g1"))).join();
        finish(claimOne(), DONE);
        clock.advance(Duration.ofHours(1));
        var second = inbox.accept(delivery("g1", clock), List.of(arrival(1, "g1"))).join();

        assertThat(second).isEqualTo(new Receipt(first.delivery(), 2));
        assertThat(stored("g1").lastReceivedAt()).isEqualTo(clock.instant());
        assertThat(guids(claimOne())).containsExactly("g1");
    }

    @Test
    void theSameGuidOfAnotherHookIsAnotherDelivery() {
        var first = inbox.accept(delivery("g1", clock), List.of()).join();
        var other = new Delivery(78, "g1", "push", null, null, null, clock.instant(), Payload.of(new byte[1]));

        assertThat(inbox.accept(other, List.of()).join().attempt()).isEqualTo(1);
        assertThat(stored("g1").id()).isNotEqualTo(first.delivery());
    }

    @Test
    void arrivalsOfOneKeyAreCoalescedIntoOneRunThatSeesThemAllInOrder() {
        arrive(1, "a");
        arrive(1, "b");
        arrive(1, "c");

        assertThat(guids(claimOne())).containsExactly("a", "b", "c");
    }

    @Test
    void aRepositoryIsTheSameKeyInAnySpelling() {
        arrive(1, "a");
        var shouting = new WorkKey(new RepositoryName("ACME", "SHOP"), new Subject.OfPullRequest(1));
        queue.enqueue(List.of(new Arrival(shouting, Trigger.of("operator")))).join();

        assertThat(claimOne().triggers()).hasSize(2);
    }

    @Test
    void aTriggerComesBackAsItWasGiven() {
        var range = new Trigger.PushRange(new Sha("a".repeat(40)), new Sha("b".repeat(64)));
        var trigger = new Trigger("push", "g1", 12, range, new Sha("c".repeat(40)));
        queue.enqueue(List.of(new Arrival(new WorkKey(Samples.REPOSITORY, new Subject.OfPush()), trigger))).join();

        assertThat(claimOne().triggers()).containsExactly(trigger);
    }

    @Test
    void whatArrivesDuringARunMakesExactlyOneMoreRun() {
        arrive(1, "a");
        var running = claimOne();
        arrive(1, "b");
        arrive(1, "c");

        assertThat(claim()).isEmpty();
        assertThat(finish(running, DONE)).isEqualTo(Settlement.AGAIN);
        var second = claimOne();
        assertThat(guids(second)).containsExactly("b", "c");
        assertThat(finish(second, DONE)).isEqualTo(Settlement.DONE);
        assertThat(queue.pending()).isEqualTo(new Pending(0, 0, 0, 0, null));
    }

    @Test
    void differentKeysAreClaimedSideBySideLongestWaitingFirst() {
        arrive(2, "a");
        clock.advance(Duration.ofSeconds(1));
        arrive(1, "b");

        assertThat(claim()).extracting(Claim::key).containsExactly(key(2), key(1));
    }

    @Test
    void noMoreIsClaimedThanAskedFor() {
        IntStream.rangeClosed(1, 5).forEach(number -> arrive(number, "g" + number));

        assertThat(queue.claim("worker", 2, LEASE).join()).hasSize(2);
        assertThat(queue.claim("worker", 10, LEASE).join()).hasSize(3);
    }

    @Test
    void aFailureIsTriedAgainLaterWithAllItsTriggers() {
        arrive(1, "a");
        assertThat(finish(claimOne(), new Outcome.Failed("no luck"))).isEqualTo(Settlement.RETRY);
        arrive(1, "b");

        assertThat(claim()).as("arrivals don't hurry a retry").isEmpty();
        assertThat(queue.nextDue()).contains(clock.instant().plusSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        var second = claimOne();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(guids(second)).containsExactly("a", "b");
    }

    @Test
    void theTenthFailureIsADeadLetterWithItsReasonAndItsTriggers() {
        arrive(1, "a");
        for (int attempt = 1; attempt <= 10; attempt++) {
            var claim = claimOne();
            assertThat(claim.attempt()).isEqualTo(attempt);
            assertThat(finish(claim, new Outcome.Failed("no\nluck")))
                    .isEqualTo(attempt < 10 ? Settlement.RETRY : Settlement.DEAD);
            clock.advance(Duration.ofMinutes(15));
        }

        assertThat(claim()).isEmpty();
        assertThat(queue.nextDue()).isEmpty();
        assertThat(dead()).singleElement().satisfies(dead -> {
            assertThat(dead.subject()).isEqualTo("pull/1");
            assertThat(dead.failures()).isEqualTo(10);
            assertThat(dead.error()).isEqualTo("no\\u{a}luck");
            assertThat(inbox.overview().triggers(dead, 10)).extracting(Trigger::guid).containsExactly("a");
        });
    }

    @Test
    void anArrivalRevivesADeadKeyWithFreshAttempts() {
        arrive(1, "a");
        assertThat(finish(claimOne(), new Outcome.GiveUp("hopeless"))).isEqualTo(Settlement.DEAD);
        arrive(1, "b");

        var claim = claimOne();
        assertThat(claim.attempt()).isEqualTo(1);
        assertThat(guids(claim)).containsExactly("a", "b");
        assertThat(dead()).isEmpty();
    }

    @Test
    void whatArrivedDuringTheLastRunKeepsItsKeyAlive() {
        arrive(1, "a");
        var running = claimOne();
        arrive(1, "b");

        assertThat(finish(running, new Outcome.GiveUp("hopeless"))).isEqualTo(Settlement.AGAIN);
        assertThat(claimOne().attempt()).isEqualTo(1);
    }

    @Test
    void aDeliveryThatWasMissedIsTakenInOnlyIfItIsNotHere() {
        assertThat(inbox.recover(delivery("g1", clock), List.of(arrival(1, "g1"))).join()).isTrue();
        assertThat(guids(claimOne())).containsExactly("g1");

        assertThat(inbox.recover(delivery("g1", clock), List.of(arrival(1, "g1"))).join()).isFalse();
        var other = new Delivery(78, "g1", "push", null, null, null, clock.instant(), Payload.of(new byte[1]));
        assertThat(inbox.recover(other, List.of(arrival(2, "g1"))).join()).isFalse();
        assertThat(stored("g1").attempts()).isEqualTo(1);
        assertThat(claim()).isEmpty();
        assertThat(inbox.overview().forced("g1", null, 10)).isEmpty();
    }

    @Test
    void waitingForARateLimitSpendsNoAttemptAndAtMostADay() {
        arrive(1, "a");
        var until = clock.instant().plusSeconds(90);
        assertThat(finish(claimOne(), new Outcome.RetryAfter(until, "rate limit"))).isEqualTo(Settlement.RETRY);
        assertThat(queue.nextDue()).contains(until);
        clock.set(until);
        var claim = claimOne();
        assertThat(claim.attempt()).isEqualTo(1);

        finish(claim, new Outcome.RetryAfter(Instant.MAX, "rate limit"));
        assertThat(queue.nextDue()).contains(until.plus(Duration.ofDays(1)));
    }

    @Test
    void followUpsBecomeDurableWithTheFinish() {
        arrive(1, "a");
        finish(claimOne(), DONE, arrival(2, "a"), arrival(3, "a"), arrival(1, "again"));

        assertThat(claim()).extracting(Claim::key).containsExactlyInAnyOrder(key(1), key(2), key(3));
    }

    @Test
    void anExpiredLeaseIsTakenOverAndTheLateFinishChangesNothing() {
        arrive(1, "a");
        var slow = claimOne();
        clock.advance(LEASE);
        var takenOver = claimOne();
        assertThat(takenOver.attempt()).isEqualTo(2);

        assertThat(finish(slow, DONE, arrival(9, "late"))).isEqualTo(Settlement.LEASE_LOST);
        assertThat(queue.renew(List.of(slow), LEASE).join()).containsExactly(slow);
        assertThat(queue.pending()).isEqualTo(new Pending(0, 0, 1, 0, null));
        assertThat(finish(takenOver, DONE)).isEqualTo(Settlement.DONE);
        assertThat(finish(slow, DONE)).isEqualTo(Settlement.LEASE_LOST);
    }

    @Test
    void aLateFinishDoesNotTouchWorkThatCameAfterTheKeyWasDone() {
        arrive(1, "a");
        var slow = claimOne();
        clock.advance(LEASE);
        finish(claimOne(), DONE);
        arrive(1, "b");
        var fresh = claimOne();

        assertThat(finish(slow, DONE)).isEqualTo(Settlement.LEASE_LOST);
        assertThat(finish(fresh, DONE)).isEqualTo(Settlement.DONE);
    }

    @Test
    void finishingTwiceCountsOnce() {
        arrive(1, "a");
        var claim = claimOne();
        finish(claim, new Outcome.Failed("no luck"));

        assertThat(finish(claim, DONE)).isEqualTo(Settlement.LEASE_LOST);
        assertThat(queue.pending().later()).isEqualTo(1);
    }

    @Test
    void aRenewedLeaseIsNotTakenOver() {
        arrive(1, "a");
        var claim = claimOne();
        clock.advance(LEASE.dividedBy(2));
        assertThat(queue.renew(List.of(claim), LEASE).join()).isEmpty();
        clock.advance(LEASE.dividedBy(2));

        assertThat(claim()).isEmpty();
        assertThat(queue.nextDue()).contains(clock.instant().plus(LEASE.dividedBy(2)));
        assertThat(finish(claim, DONE)).isEqualTo(Settlement.DONE);
    }

    @Test
    void workWhoseRunsVanishAgainAndAgainIsADeadLetter() {
        arrive(1, "poison");
        for (int attempt = 1; attempt <= 10; attempt++) {
            assertThat(claimOne().attempt()).isEqualTo(attempt);
            clock.advance(LEASE);
        }

        assertThat(claim()).isEmpty();
        assertThat(dead()).extracting(OpenWork::error)
                .containsExactly("its runs vanished without an outcome");
    }

    @Test
    void aRunSeesABoundedNumberOfTriggersAndTheRestMakesOneMoreRun() {
        var many = IntStream.rangeClosed(1, 2_500).mapToObj(n -> arrival(1, "g" + n)).toList();
        queue.enqueue(many).join();

        for (int expected : new int[]{1_000, 1_000, 500}) {
            var claim = claimOne();
            assertThat(claim.triggers()).hasSize(expected);
            finish(claim, DONE);
        }
        assertThat(claim()).isEmpty();
    }

    @Test
    void workOfANewerVersionIsSetAsideAndDoesNotStopTheRest() {
        arrive(1, "a");
        arrive(2, "b");
        inbox.database()
                .writer()
                .useHandle(h -> h.execute("update work set subject = 'moon/1' where subject = 'pull/1'"));

        assertThat(claimOne().key()).isEqualTo(key(2));
        assertThat(queue.pending().dead()).isEqualTo(1);
    }

    @Test
    void oldDeliveriesArePurgedUnlessTheirWorkIsOpen() {
        IntStream.rangeClosed(1, 450)
                .mapToObj(number -> inbox.accept(delivery("old" + number, clock), List.of()))
                .toList()
                .forEach(CompletableFuture::join);
        inbox.accept(delivery("open", clock), List.of(arrival(1, "open"))).join();
        clock.advance(Duration.ofDays(8));
        inbox.accept(delivery("new", clock), List.of()).join();

        assertThat(inbox.purge(clock.instant().minus(Duration.ofDays(7))).join()).isEqualTo(450);
        assertThat(inbox.overview().delivery("old1")).isEmpty();
        assertThat(inbox.overview().delivery("open")).isPresent();
        assertThat(inbox.overview().delivery("new")).isPresent();
        finish(claimOne(), DONE);
        assertThat(inbox.purge(clock.instant().minus(Duration.ofDays(7))).join()).isEqualTo(1);
    }

    @Test
    void oneFailingWriteDoesNotFailItsNeighbours() {
        var before = inbox.accept(delivery("g1", clock), List.of(arrival(1, "g1")));
        var broken = inbox.accept(new Delivery(77, "bad", brokenEvent(), null, null, null, clock.instant(),
                Payload.of(new byte[1])), List.of(arrival(2, "bad")));
        var after = inbox.accept(delivery("g2", clock), List.of(arrival(3, "g2")));

        assertThat(before.join().attempt()).isEqualTo(1);
        assertThat(after.join().attempt()).isEqualTo(1);
        assertThat(broken).failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(NotDurableException.class);
        assertThat(claim()).extracting(Claim::key).containsExactly(key(1), key(3));
    }

    /** Refused by either database. */
    @SuppressWarnings("NullAway") // a value that no caller could pass is the point
    private static String brokenEvent() {
        return null;
    }

    @Test
    void theProbeWritesAgainAndAgain() {
        assertThat(inbox.probe().join()).isEqualTo(clock.instant());
        clock.advance(Duration.ofSeconds(1));
        assertThat(inbox.probe().join()).isEqualTo(clock.instant());
    }
}
