package dev.reeve.inbox;

import dev.reeve.kit.SettableClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static dev.reeve.inbox.Samples.arrival;
import static org.assertj.core.api.Assertions.assertThat;

/** The contract on SQLite, and what is only so where one process owns its data folder. */
class SqliteInboxTest extends InboxContract {

    SqliteInboxTest() {
        super(Databases.SQLITE);
    }

    private static List<Integer> attemptsOfAProcessThatDies(DatabaseLocation location, SettableClock clock) {
        try (var inbox = Inbox.open(Samples.settings(location, clock))) {
            return inbox.queue()
                    .claim("worker", 1, Duration.ofMinutes(1))
                    .join()
                    .stream()
                    .map(Claim::attempt)
                    .toList();
        }
    }

    @Test
    void workThatVanishedWithItsProcessRunsAtOnceTheFirstTimeAndLaterAfterAWait() {
        var location = Databases.SQLITE.fresh();
        var time = SettableClock.atNoon();
        try (var inbox = Inbox.open(Samples.settings(location, time))) {
            inbox.queue().enqueue(List.of(arrival(1, "a"))).join();
        }

        assertThat(attemptsOfAProcessThatDies(location, time)).containsExactly(1);
        assertThat(attemptsOfAProcessThatDies(location, time)).containsExactly(2);
        assertThat(attemptsOfAProcessThatDies(location, time)).isEmpty();
        time.advance(Duration.ofSeconds(2));
        assertThat(attemptsOfAProcessThatDies(location, time)).containsExactly(3);
    }

    @Test
    void runsThatVanishedTogetherSpendNoAttempt() {
        var location = Databases.SQLITE.fresh();
        var time = SettableClock.atNoon();
        try (var inbox = Inbox.open(Samples.settings(location, time))) {
            inbox.queue().enqueue(List.of(arrival(1, "a"), arrival(2, "b"))).join();
        }
        for (int death = 1; death <= 20; death++) {
            try (var inbox = Inbox.open(Samples.settings(location, time))) {
                assertThat(inbox.queue().claim("worker", 2, Duration.ofMinutes(1)).join()).extracting(Claim::attempt)
                        .containsExactly(1, 1);
            }
            time.advance(Duration.ofSeconds(2));
            try (var inbox = Inbox.open(Samples.settings(location, time))) {
                assertThat(inbox.queue().pending().later()).as("they wait a little").isEqualTo(2);
            }
            time.advance(Duration.ofSeconds(2));
        }
    }

    @Test
    void workThatVanishedGoesBehindWhatWasWaiting() {
        var location = Databases.SQLITE.fresh();
        var time = SettableClock.atNoon();
        try (var inbox = Inbox.open(Samples.settings(location, time))) {
            inbox.queue().enqueue(List.of(arrival(1, "poison"))).join();
            assertThat(inbox.queue().claim("worker", 1, Duration.ofMinutes(1)).join()).hasSize(1);
            inbox.queue().enqueue(List.of(arrival(2, "innocent"))).join();
        }
        time.advance(Duration.ofSeconds(1));

        assertThat(attemptsOfAProcessThatDies(location, time)).as("the innocent one").containsExactly(1);
    }
}
