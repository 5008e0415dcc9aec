package dev.reeve.inbox;

import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import dev.reeve.model.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static dev.reeve.inbox.Samples.arrival;
import static dev.reeve.inbox.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of work that somebody forces, whatever database is under it. */
abstract class ForcingContract {

    private static final Outcome DONE = new Outcome.Done();

    private final SettableClock clock = SettableClock.atNoon();
    private final Inbox inbox;
    private final WorkQueue queue;

    ForcingContract(Databases databases) {
        inbox = Inbox.open(Samples.settings(databases.fresh(), clock));
        queue = inbox.queue();
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    private List<Claim> claim() {
        return queue.claim("worker", 100, Duration.ofMinutes(1)).join();
    }

    private Claim claimOne() {
        var claims = claim();
        assertThat(claims).hasSize(1);
        return claims.getFirst();
    }

    private Settlement finish(Claim claim, Outcome outcome) {
        return queue.finish(claim, outcome, List.of()).join();
    }

    private void arrive(int number, String guid) {
        queue.enqueue(List.of(arrival(number, guid))).join();
    }

    private static List<String> guids(Claim claim) {
        return claim.triggers().stream().map(t -> String.valueOf(t.guid())).toList();
    }

    private void force(int number) {
        queue.force(new Forcing("bob", "replay"), List.of(new Arrival(key(number), Trigger.of("replay")))).join();
    }

    @Test
    void anOperatorCanForceWhatIsDeadAndWhatWaitsAndWhatRuns() {
        arrive(1, "a");
        finish(claimOne(), new Outcome.GiveUp("hopeless"));
        force(1);
        var claim = claimOne();
        assertThat(guids(claim)).containsExactly("a", "null");
        assertThat(finish(claim, new Outcome.Failed("no luck"))).isEqualTo(Settlement.RETRY);
        force(1);
        var second = claimOne();
        assertThat(second.attempt()).isEqualTo(1);
        force(1);
        assertThat(finish(second, DONE)).isEqualTo(Settlement.AGAIN);
        finish(claimOne(), DONE);
        assertThat(queue.pending()).isEqualTo(new Pending(0, 0, 0, 0, null));
    }

    @Test
    void whatIsForcedWhileItRunsIsDueAtOnceHoweverThatRunEnds() {
        arrive(1, "a");
        finish(claimOne(), new Outcome.Failed("no luck"));
        clock.advance(Duration.ofSeconds(1));
        for (var end : List.of(new Outcome.Failed("no luck"),
                new Outcome.RetryAfter(clock.instant().plusSeconds(3_600), "rate limit"),
                new Outcome.GiveUp("hopeless"))) {
            var running = claimOne();
            force(1);
            assertThat(finish(running, end)).as(end.toString()).isEqualTo(Settlement.AGAIN);
            assertThat(queue.nextDue()).as(end.toString()).contains(clock.instant());
        }
        assertThat(claimOne().attempt()).isEqualTo(1);
    }

    @Test
    void whatTheRunHasSeenIsForcedOnce() {
        force(1);
        assertThat(finish(claimOne(), new Outcome.Failed("no luck"))).isEqualTo(Settlement.RETRY);
        assertThat(queue.nextDue()).contains(clock.instant().plusSeconds(1));
    }

    /** A run is shown a thousand reasons at most, so that this one is seen by none for as long as they fail. */
    @Test
    void whatIsForcedBehindMoreThanARunIsShownHurriesOneRunAndNoMore() {
        queue.enqueue(IntStream.rangeClosed(1, WorkTable.MOST_TRIGGERS).mapToObj(n -> arrival(1, "g" + n)).toList())
                .join();
        force(1);
        assertThat(finish(claimOne(), new Outcome.Failed("no luck"))).isEqualTo(Settlement.AGAIN);
        assertThat(finish(claimOne(), new Outcome.Failed("no luck"))).isEqualTo(Settlement.RETRY);
    }

    @Test
    void whatArrivesDuringARunThatFailsWaitsWithIt() {
        arrive(1, "a");
        var running = claimOne();
        arrive(1, "b");
        assertThat(finish(running, new Outcome.Failed("no luck"))).isEqualTo(Settlement.RETRY);
        assertThat(claim()).isEmpty();
    }
}
