package dev.reeve.inbox;

import dev.reeve.inbox.KnownRepository.State;
import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import dev.reeve.model.Subject;
import dev.reeve.model.WorkKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What is remembered of repositories and of GitHub's log, whatever database is under it. */
class KnownRepositoriesTest {

    private static final RepositoryName SHOP = new RepositoryName("Acme", "Shop");
    private static final RepositoryName STORE = new RepositoryName("acme", "store");
    private static final Sha TIP = new Sha("a".repeat(40));

    private final SettableClock clock = SettableClock.atNoon();

    private Inbox open(Databases databases) {
        return Inbox.open(Samples.settings(databases.fresh(), clock));
    }

    private static KnownRepository repository(long id, RepositoryName name, State state) {
        return new KnownRepository(id, name, 5, state, null, null);
    }

    private void put(Inbox inbox, KnownRepository repository) {
        inbox.repositories().put(repository, clock.instant().plusSeconds(60), List.of()).join();
    }

    private static List<String> open(Inbox inbox) {
        return inbox.queue()
                .claim("worker", 100, Duration.ofMinutes(1))
                .join()
                .stream()
                .map(claim -> claim.key().toString())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aRepositoryIsKnownByNumberAndByNameInAnySpelling(Databases databases) {
        try (var inbox = open(databases)) {
            put(inbox, repository(1, SHOP, State.ACTIVE));
            var known = inbox.repositories();
            assertThat(known.find(new RepositoryName("ACME", "SHOP"))).contains(repository(1, SHOP, State.ACTIVE));
            assertThat(known.find(1)).isEqualTo(known.find(SHOP));
            assertThat(known.of(5)).hasSize(1);
            assertThat(known.of(6)).isEmpty();
            assertThat(known.find(STORE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void openWorkMovesWithTheName(Databases databases) {
        try (var inbox = open(databases)) {
            put(inbox, repository(1, SHOP, State.ACTIVE));
            inbox.repositories().swept(1, new Sweep(TIP, Sweep.Move.TOLD, Map.of(7, "x")), List.of()).join();
            inbox.queue()
                    .enqueue(List.of(Samples.arrival(1, "a"), Samples.arrival(2, "b"),
                            new Arrival(new WorkKey(STORE, new Subject.OfPullRequest(2)),
                                    Samples.arrival(2, "c").trigger())))
                    .join();
            inbox.repositories()
                    .put(repository(1, STORE, State.ACTIVE), clock.instant(),
                            List.of(Repositories.whole(STORE, "moved")))
                    .join();
            assertThat(open(inbox)).containsExactly("acme/store all", "acme/store pull/1", "acme/store pull/2");
            assertThat(inbox.repositories().find(SHOP)).isEmpty();
            assertThat(inbox.repositories().find(STORE)).map(KnownRepository::tip).contains(TIP);
            assertThat(inbox.repositories().pullsSeen(1)).isEqualTo(Map.of(7, "x"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherRepositoryOfTheSameNameTakesItsPlace(Databases databases) {
        try (var inbox = open(databases)) {
            put(inbox, repository(1, SHOP, State.ACTIVE));
            put(inbox, repository(2, SHOP, State.ARCHIVED));
            assertThat(inbox.repositories().all()).containsExactly(repository(2, SHOP, State.ARCHIVED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void openWorkOfTheOneThatHadTheNameIsNotDoneInTheOther(Databases databases) {
        try (var inbox = open(databases)) {
            put(inbox, repository(1, SHOP, State.ACTIVE));
            put(inbox, repository(2, STORE, State.ACTIVE));
            inbox.queue().enqueue(List.of(Samples.arrival(1, "a"))).join();
            var claim = inbox.queue().claim("worker", 1, Duration.ofMinutes(1)).join().getFirst();
            inbox.queue().finish(claim, new Outcome.GiveUp("dead"), List.of()).join();
            inbox.queue()
                    .enqueue(List.of(Samples.arrival(2, "b"), Repositories.look(SHOP, "renamed"),
                            new Arrival(new WorkKey(STORE, new Subject.OfPullRequest(7)),
                                    Samples.arrival(7, "c").trigger())))
                    .join();
            inbox.repositories()
                    .resume(repository(2, SHOP, State.ACTIVE), clock.instant(),
                            List.of(Repositories.whole(SHOP, "looked at anew")))
                    .join();
            assertThat(inbox.queue().pending().dead()).isZero();
            assertThat(open(inbox)).containsExactly("Acme/Shop all", "Acme/Shop pull/7", "Acme/Shop repository");
            assertThat(inbox.repositories().all()).containsExactly(repository(2, SHOP, State.ACTIVE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofWhatIsForgottenNoWorkIsLeftAndWhatRunsEndsUnheard(Databases databases) {
        try (var inbox = open(databases)) {
            put(inbox, repository(1, SHOP, State.ACTIVE));
            inbox.queue().enqueue(List.of(Samples.arrival(1, "a"), Repositories.look(SHOP, "removed"))).join();
            var running = inbox.queue().claim("worker", 100, Duration.ofMinutes(1)).join();
            inbox.repositories().forget(SHOP).join();
            assertThat(running).extracting(claim -> inbox.queue().finish(claim, new Outcome.Done(), List.of()).join())
                    .containsExactlyInAnyOrder(Settlement.LEASE_LOST, Settlement.DONE);
            assertThat(inbox.repositories().all()).isEmpty();
            assertThat(open(inbox)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasGivenUpIsTriedAgainWhenARepositoryCanBeWorkedOn(Databases databases) {
        try (var inbox = open(databases)) {
            put(inbox, repository(1, SHOP, State.SUSPENDED));
            inbox.queue().enqueue(List.of(Samples.arrival(1, "a"))).join();
            var claim = inbox.queue().claim("worker", 1, Duration.ofMinutes(1)).join().getFirst();
            inbox.queue().finish(claim, new Outcome.GiveUp("suspended"), List.of()).join();
            inbox.repositories().resume(repository(1, SHOP, State.ACTIVE), clock.instant(), List.of()).join();
            assertThat(inbox.queue().pending().dead()).isZero();
            assertThat(open(inbox)).containsExactly("Acme/Shop pull/1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSweepIsDueOnceAndOnlyForWhatIsWorkedOn(Databases databases) {
        try (var inbox = open(databases)) {
            put(inbox, repository(1, SHOP, State.ACTIVE));
            put(inbox, repository(2, STORE, State.ARCHIVED));
            var known = inbox.repositories();
            assertThat(known.sweep(() -> Instant.MAX).join()).isZero();
            clock.advance(Duration.ofMinutes(1));
            assertThat(known.nextSweep()).contains(clock.instant());
            assertThat(known.sweep(() -> clock.instant().plusSeconds(60)).join()).isEqualTo(1);
            assertThat(known.sweep(() -> clock.instant().plusSeconds(60)).join()).isZero();
            assertThat(open(inbox)).containsExactly("Acme/Shop all");
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyPullRequestsThatAreListedAreRemembered(Databases databases) {
        try (var inbox = open(databases)) {
            put(inbox, repository(1, SHOP, State.ACTIVE));
            var known = inbox.repositories();
            known.swept(1, new Sweep(TIP, Sweep.Move.TOLD, Map.of(1, "a", 2, "b")), List.of()).join();
            known.swept(1, new Sweep(null, Sweep.Move.TOLD, Map.of(2, "c", 3, "d")), List.of()).join();
            assertThat(known.pullsSeen(1)).isEqualTo(Map.of(2, "c", 3, "d"));
            assertThat(known.find(1)).map(KnownRepository::tip).contains(TIP);
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePositionInTheLogIsKept(Databases databases) {
        try (var inbox = open(databases)) {
            var now = clock.instant();
            var recovery = inbox.recovery();
            assertThat(recovery.takeTurn("log", "one", Duration.ofMinutes(2))).isTrue();
            var first = new LogPosition(now, now.plusSeconds(1), null);
            assertThat(recovery.position(first, "log", "one").join()).isTrue();
            assertThat(inbox.recovery().position()).contains(first);
            var second = new LogPosition(now, now.plusSeconds(2), new LogPosition.Outage(now, now.plusSeconds(9)));
            assertThat(recovery.position(second, "log", "one").join()).isTrue();
            assertThat(recovery.position()).contains(second);
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePositionIsWrittenByWhoseTurnItIs(Databases databases) {
        try (var inbox = open(databases)) {
            var recovery = inbox.recovery();
            var mine = new LogPosition(clock.instant(), clock.instant(), null);
            assertThat(recovery.position(mine, "log", "one").join()).as("without a turn").isFalse();
            assertThat(recovery.takeTurn("log", "one", Duration.ofMinutes(2))).isTrue();
            clock.advance(Duration.ofMinutes(2));
            assertThat(recovery.position(mine, "log", "one").join()).as("after it").isFalse();
            assertThat(recovery.takeTurn("log", "other", Duration.ofMinutes(2))).isTrue();
            assertThat(recovery.position(mine, "log", "one").join()).as("in another's").isFalse();
            assertThat(recovery.position()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTurnIsOneReplicasUntilItEndsOrRunsOut(Databases databases) {
        try (var inbox = open(databases)) {
            var recovery = inbox.recovery();
            var time = Duration.ofMinutes(2);
            assertThat(recovery.takeTurn("log", "one", time)).isTrue();
            assertThat(recovery.takeTurn("log", "other", time)).isFalse();
            assertThat(recovery.takeTurn("log", "one", time)).isTrue();
            recovery.endTurn("log", "other");
            assertThat(recovery.takeTurn("log", "other", time)).isFalse();
            recovery.endTurn("log", "one");
            assertThat(recovery.takeTurn("log", "other", time)).isTrue();
            clock.advance(time);
            assertThat(recovery.takeTurn("log", "one", time)).isTrue();
        }
    }
}
