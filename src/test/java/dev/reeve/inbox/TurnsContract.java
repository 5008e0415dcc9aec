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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** That repositories take turns, whatever database is under it. */
abstract class TurnsContract {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private final SettableClock clock = SettableClock.atNoon();
    private final Inbox inbox;
    private final WorkQueue queue;

    TurnsContract(Databases databases) {
        inbox = Inbox.open(Samples.settings(databases.fresh(), clock));
        queue = inbox.queue();
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    private void storm(String repository, int keys) {
        queue.enqueue(IntStream.rangeClosed(1, keys)
                .mapToObj(number -> new Arrival(key(repository, number), Trigger.of("storm")))
                .toList()).join();
    }

    private static WorkKey key(String repository, int number) {
        return new WorkKey(RepositoryName.parse(repository).orElseThrow(), new Subject.OfCheck(number));
    }

    private List<Claim> claim(int limit, int each, String after, String... full) {
        return queue.claim("worker", new Turn(limit, each, after, Set.of(full)), LEASE).join();
    }

    private static List<String> of(List<Claim> claims) {
        return claims.stream().map(claim -> claim.key().repository().name()).sorted().toList();
    }

    @Test
    void whatCameLaterForAnotherRepositoryIsHandedOutBesideAStorm() {
        storm("o/big", 500);
        clock.advance(Duration.ofSeconds(10));
        storm("o/small", 1);

        assertThat(of(claim(4, 4, ""))).containsExactly("big", "big", "big", "small");
        assertThat(of(claim(2, 1, ""))).containsExactly("big");
    }

    @Test
    void eachTakesNoMoreThanItsPartAndTheLongestDueFirst() {
        storm("o/a", 1);
        clock.advance(Duration.ofSeconds(1));
        storm("o/a", 3);

        assertThat(claim(10, 2, "")).extracting(Claim::key).containsExactly(key("o/a", 1), key("o/a", 2));
    }

    @Test
    void theTurnGoesRound() {
        for (var name : List.of("o/a", "o/b", "o/c", "o_x/d")) {
            storm(name, 10);
        }
        var served = new ArrayList<String>();
        var after = "";
        for (int turn = 0; turn < 8; turn++) {
            var claims = claim(1, 1, after);
            after = new Turn(1, 1, after, Set.of()).lastOf(claims);
            served.addAll(of(claims));
        }
        assertThat(served).containsExactly("a", "b", "c", "d", "a", "b", "c", "d");
    }

    @Test
    void aTurnThatServedSeveralIsOverWithTheOneFarthestRound() {
        for (var name : List.of("o/a", "o/b", "o/c")) {
            storm(name, 10);
        }
        var turn = new Turn(2, 1, "o/b", Set.of());
        var claims = queue.claim("worker", turn, LEASE).join();

        assertThat(of(claims)).containsExactly("a", "c");
        assertThat(turn.lastOf(claims)).isEqualTo("o/a");
    }

    @Test
    void whoeverHasItsPartIsPassedOverAndNamesThatOnlyLookAlikeAreNot() {
        storm("o/a_b", 5);
        storm("o/axb", 5);
        storm("o/a", 5);

        assertThat(of(claim(9, 1, "", "o/a_b"))).containsExactly("a", "axb");
    }

    @Test
    void whatIsNotDueTakesNobodysTurn() {
        storm("o/later", 3);
        for (var claim : claim(10, 10, "")) {
            var _ = queue.finish(claim, new Outcome.RetryAfter(clock.instant().plusSeconds(60), "limit"), List.of())
                    .join();
        }
        storm("o/now", 2);

        assertThat(of(claim(1, 1, ""))).containsExactly("now");
        assertThat(of(claim(10, 10, "o/now"))).containsExactly("now");
        assertThat(claim(10, 10, "")).isEmpty();
        clock.advance(Duration.ofSeconds(60));
        assertThat(of(claim(10, 10, ""))).contains("later", "later", "later");
    }
}
