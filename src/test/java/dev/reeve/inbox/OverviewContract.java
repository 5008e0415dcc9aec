package dev.reeve.inbox;

import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static dev.reeve.inbox.Samples.arrival;
import static dev.reeve.inbox.Samples.delivery;
import static dev.reeve.inbox.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

/** What operators are told, whatever database is under it. */
abstract class OverviewContract {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private final SettableClock clock = SettableClock.atNoon();
    private final Inbox inbox;
    private final Overview overview;

    OverviewContract(Databases databases) {
        inbox = Inbox.open(Samples.settings(databases.fresh(), clock));
        overview = inbox.overview();
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    private void accept(String guid, int number) {
        inbox.accept(delivery(guid, clock), List.of(arrival(number, guid))).join();
    }

    private void work(Outcome outcome) {
        inbox.queue()
                .claim("worker", 10, LEASE)
                .join()
                .forEach(claim -> inbox.queue().finish(claim, outcome, List.of()).join());
    }

    private List<String> guids(DeliveryState state) {
        return overview.deliveries(DeliveryFilter.in(state), 10).stream().map(seen -> seen.delivery().guid()).toList();
    }

    @Test
    void eachDeliveryIsInOneState() {
        inbox.accept(delivery("idle", clock), List.of()).join();
        accept("done", 1);
        work(new Outcome.Done());
        accept("dead", 2);
        work(new Outcome.GiveUp("hopeless"));
        accept("running", 3);
        var _ = inbox.queue().claim("worker", 10, LEASE).join();
        accept("waiting", 4);

        assertThat(guids(DeliveryState.NOTHING_TO_DO)).containsExactly("idle");
        assertThat(guids(DeliveryState.DONE)).containsExactly("done");
        assertThat(guids(DeliveryState.DEAD)).containsExactly("dead");
        assertThat(guids(DeliveryState.RUNNING)).containsExactly("running");
        assertThat(guids(DeliveryState.WAITING)).containsExactly("waiting");
        assertThat(overview.delivery("done")).isEqualTo(overview.delivery(2));
        assertThat(overview.deliveries(new DeliveryFilter("pull_request", Samples.REPOSITORY, null, clock.instant(),
                4L), 10)).extracting(seen -> seen.delivery().guid()).containsExactly("dead", "done", "idle");
        assertThat(overview.work(new WorkFilter(Samples.REPOSITORY, WorkState.DEAD, 100L), 10))
                .extracting(OpenWork::subject)
                .containsExactly("pull/2");
        assertThat(overview.workOf("dead", 10)).extracting(OpenWork::error).containsExactly("hopeless");
    }

    @Test
    void whoForcesWorkIsRecordedWithItAndItIsDueAtOnce() {
        accept("a", 1);
        work(new Outcome.RetryAfter(clock.instant().plusSeconds(600), "limit"));
        inbox.queue().force(new Forcing("bob", "re-run"), List.of(arrival(1, "a"))).join();

        var work = overview.work(key(1)).orElseThrow();
        assertThat(work.state()).isEqualTo(WorkState.DUE);
        assertThat(overview.triggers(work, 10)).extracting(trigger -> trigger.cause())
                .containsExactly("pull_request closed", "forced by bob: re-run");
        assertThat(overview.forced("a", null, 10)).extracting(Forced::by).containsExactly(new Forcing("bob", "re-run"));
        assertThat(overview.forced(null, null, 10)).hasSize(1);
        assertThat(overview.forced("other", 100L, 10)).isEmpty();
    }

    @Test
    void whatIsForcedByTheEndOfARunIsRecordedWithThatEnd() {
        accept("a", 1);
        var claim = inbox.queue().claim("worker", 1, LEASE).join().getFirst();
        inbox.queue()
                .finish(claim, new Outcome.Done(), List.of(arrival(2, "a").forced(new Forcing("bob", "button"))))
                .join();

        assertThat(overview.forced("a", null, 10)).extracting(Forced::subject).containsExactly("pull/2");
    }

    @Test
    void whatIsOldIsForgotten() {
        accept("a", 1);
        inbox.queue().force(new Forcing("bob", "re-run"), List.of(arrival(1, "a"))).join();
        work(new Outcome.Done());
        assertThat(overview.endsOf("a", 10)).hasSize(1);
        clock.advance(Duration.ofDays(8));

        assertThat(inbox.purgeEnds(clock.instant()).join()).isEqualTo(1);
        assertThat(inbox.purgeForced(clock.instant()).join()).isEqualTo(1);
        assertThat(overview.endsOf("a", 10)).isEmpty();
        assertThat(overview.forced(null, null, 10)).isEmpty();
    }
}
