package dev.reeve.recovery;

import dev.reeve.github.AppIdentity;
import dev.reeve.github.AppKey;
import dev.reeve.github.Endpoint;
import dev.reeve.github.GitHubApp;
import dev.reeve.inbox.Databases;
import dev.reeve.inbox.Delivery;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.KnownRepository;
import dev.reeve.inbox.LogPosition;
import dev.reeve.inbox.Payload;
import dev.reeve.inbox.Samples;
import dev.reeve.intake.Intake;
import dev.reeve.intake.WebhookSecrets;
import dev.reeve.intake.Webhooks;
import dev.reeve.kit.FakeDelivery;
import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.LoggedErrors;
import dev.reeve.kit.SettableClock;
import dev.reeve.kit.Trouble;
import dev.reeve.model.Proxies;
import dev.reeve.model.RepositoryName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What is read of GitHub's log, how far, and by whom. */
class MissedDeliveriesTest {

    private static final String LOG = "GET /app/hook/deliveries";
    private static final String DETAILS = LOG + "/[0-9]+";
    private static final Duration KEPT = Duration.ofDays(3);

    private final SettableClock clock = SettableClock.atNoon();
    private final FakeGitHub github = FakeGitHub.start(clock);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Inbox inbox = Inbox.open(Samples.settings(Databases.SQLITE.fresh(), clock));
    private final GitHubApp app = new GitHubApp(
            new Endpoint(github.apiUrl(), Proxies.none(), Duration.ofSeconds(5), Duration.ofSeconds(15)),
            new AppIdentity(github.app().clientId(), AppKey.parse(github.app().privateKeyPem(), "test")), clock);

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void begin() {
        github.repository("acme/shop", folder);
        know(inbox);
        reading().takeIn();
        clock.advance(Duration.ofMinutes(5));
    }

    private void know(Inbox here) {
        here.repositories()
                .put(new KnownRepository(github.repository("acme/shop").id(),
                        RepositoryName.parse("acme/shop").orElseThrow(), 5_000, KnownRepository.State.ACTIVE, null,
                        null), clock.instant().plus(Duration.ofDays(9)), List.of())
                .join();
    }

    @AfterEach
    void close() {
        app.close();
        inbox.close();
        github.close();
    }

    private MissedDeliveries reading() {
        return reading(new MissedDeliveries.Terms(KEPT, "me"));
    }

    private MissedDeliveries reading(MissedDeliveries.Terms terms) {
        return new MissedDeliveries(app.deliveries(), inbox, intake(), clock, new RecoveryMetrics(metrics), terms);
    }

    private Intake intake() {
        return new Intake(inbox, new WebhookSecrets(List.of(Webhooks.SECRET)), clock, new SimpleMeterRegistry());
    }

    private FakeDelivery fail(int number) {
        var delivery = new FakeDelivery("pull_request", "guid-" + number, "{\"action\":\"closed\",\"number\":" + number
                + ",\"pull_request\":{\"number\":" + number + "},\"repository\":{\"id\":"
                + github.repository("acme/shop").id() + ",\"full_name\":\"acme/shop\",\"default_branch\":\"main\"},"
                + "\"installation\":{\"id\":5000}}");
        github.deliveries().add(delivery, 502);
        return delivery;
    }

    private void failMany(int number, Duration each) {
        IntStream.rangeClosed(1, number).forEach(n -> {
            clock.advance(each);
            fail(n);
        });
    }

    private LogPosition position() {
        return inbox.recovery().position().orElseThrow();
    }

    private double counted(String name) {
        return metrics.find(name).counters().stream().mapToDouble(counter -> counter.count()).sum();
    }

    private boolean isHere(int number) {
        return inbox.overview().delivery("guid-" + number).isPresent();
    }

    private void down(String id, int tries) {
        IntStream.range(0, tries).forEach(_ -> github.next(id, Trouble.badGateway()));
    }

    /** The fake numbers its entries from here on. */
    private static String entry(int number) {
        return LOG + "/" + (7_000_000_000L + number);
    }

    @Test
    void anEntryThatIsNeverReadHoldsUpNothingAndIsMadeUpForAfterAFewRounds() {
        fail(1);
        fail(2);
        down(entry(1), 9);
        var reading = reading();
        reading.takeIn();
        assertThat(isHere(2)).isTrue();
        assertThat(isHere(1)).isFalse();
        assertThat(position().readAt()).as("it was read to its end").isEqualTo(clock.instant());
        fail(3);
        reading.takeIn();
        assertThat(isHere(3)).isTrue();
        assertThat(isHere(1)).isFalse();
        reading.takeIn();
        assertThat(counted("reeve.unreadable.deliveries")).isEqualTo(1);
        assertThat(inbox.overview().workOf("guid-1", 9)).extracting(work -> work.subject()).containsExactly("all");
        assertThat(position().at()).isEqualTo(clock.instant());
        assertThat(github.count(entry(1))).isEqualTo(9);
    }

    @Test
    void anEntryThatIsNeverReadMakesNoOutage() {
        fail(1);
        down(entry(1), 3);
        reading().takeIn();
        clock.advance(KEPT.minusHours(2));
        github.deliveries().expire(clock.instant());
        reading().takeIn();
        clock.advance(KEPT.minusHours(2));
        reading().takeIn();
        assertThat(counted("reeve.delivery.log.outages")).isZero();
    }

    @Test
    void whenManyInARowCanNotBeReadGitHubIsDownAndNoMoreAreTried() {
        failMany(20, Duration.ofSeconds(1));
        down(DETAILS, 100);
        var before = position();
        reading().takeIn();
        assertThat(github.count(DETAILS)).isEqualTo(15);
        assertThat(position().readAt()).as("it was not read to its end").isEqualTo(before.readAt());
    }

    @Test
    void aLimitEndsTheRoundAtOnceAndIsNobodysFault() {
        failMany(3, Duration.ofSeconds(1));
        var reading = reading();
        for (int round = 0; round < 4; round++) {
            github.next(DETAILS, Trouble.secondaryLimit(Duration.ofMinutes(1)));
            reading.takeIn();
            clock.advance(Duration.ofMinutes(2));
        }
        assertThat(github.count(DETAILS)).isEqualTo(4);
        reading.takeIn();
        assertThat(counted("reeve.recovered.deliveries")).isEqualTo(3);
    }

    @Test
    void ofMoreThanIsTakenInAtOnceTheRestHasItsTurnNext() {
        failMany(5, Duration.ofSeconds(1));
        var reading = reading(new MissedDeliveries.Terms(KEPT, "me", 500, 3));
        reading.takeIn();
        assertThat(IntStream.rangeClosed(1, 5).filter(this::isHere)).containsExactly(1, 2, 3);
        reading.takeIn();
        assertThat(IntStream.rangeClosed(1, 5).filter(this::isHere)).hasSize(5);
    }

    @Test
    void aLogThatIsLongerThanIsReadIsAnOutageThatSaysSo() {
        var from = position().readAt();
        failMany(250, Duration.ofMillis(10));
        try (var logged = LoggedErrors.open()) {
            reading(new MissedDeliveries.Terms(KEPT, "me", 2, 1_000)).takeIn();
            assertThat(logged.messages()).anyMatch(line -> line.contains("is too long to be read back to " + from))
                    .noneMatch(line -> line.contains("doesn't reach"));
        }
        assertThat(position().outage()).isEqualTo(new LogPosition.Outage(from, clock.instant()));
        assertThat(counted("reeve.delivery.log.outages")).isEqualTo(1);
        assertThat(isHere(250)).isTrue();
        assertThat(isHere(50)).isFalse();
        assertThat(inbox.queue().pending().due()).isGreaterThan(200);
    }

    /** Many entries in ten minutes, the oldest of which is listed only after the newest. */
    @Test
    void whatIsListedLateIsFoundTenMinutesBackAtAnyRate() {
        var late = clock.instant();
        failMany(430, Duration.ofSeconds(1));
        reading().takeIn();
        github.deliveries().addLate(new FakeDelivery("star", "late", "{\"action\":\"created\"}"), late);
        reading().takeIn();
        assertThat(inbox.overview().delivery("late")).isPresent();
    }

    @Test
    void anOutageIsFoundAlsoWhenTheClocksDiffer() {
        clock.advance(KEPT.minusMinutes(30));
        reading().takeIn();
        assertThat(counted("reeve.delivery.log.outages")).isEqualTo(1);
    }

    @Test
    void whatComesWhileTheLogIsReadIsNobodysRedelivery() throws Exception {
        var delivery = fail(1);
        var gate = github.gate(DETAILS);
        var reading = CompletableFuture.runAsync(() -> reading().takeIn());
        gate.awaitArrival();
        inbox.accept(new Delivery(471_100, delivery.guid(), delivery.event(), "closed", null, 5_000L, clock.instant(),
                Payload.of(delivery.body().getBytes(StandardCharsets.UTF_8))), List.of()).join();
        gate.open();
        reading.join();
        assertThat(inbox.overview().delivery(delivery.guid()).orElseThrow().delivery().attempts()).isEqualTo(1);
        assertThat(inbox.overview().forced(null, null, 9)).isEmpty();
        assertThat(counted("reeve.recovered.deliveries")).isZero();
    }

    /** Reading outlasts the turn, and another replica has it by then. */
    @ParameterizedTest
    @EnumSource
    void whoeverIsOvertakenLeavesThePositionAlone(Databases databases) throws Exception {
        inbox.close();
        inbox = Inbox.open(Samples.settings(databases.fresh(), clock));
        know(inbox);
        reading().takeIn();
        failMany(150, Duration.ofSeconds(3));
        var gate = github.gate(LOG);
        var slow = CompletableFuture.runAsync(() -> reading().takeIn());
        gate.awaitArrival();
        clock.advance(MissedDeliveries.TURN_TIME);
        assertThat(inbox.recovery().takeTurn(MissedDeliveries.TURN, "other", MissedDeliveries.TURN_TIME)).isTrue();
        var theirs = new LogPosition(clock.instant(), clock.instant(), null);
        assertThat(inbox.recovery().position(theirs, MissedDeliveries.TURN, "other").join()).isTrue();
        gate.open();
        slow.join();
        assertThat(position()).isEqualTo(theirs);
        assertThat(github.count(DETAILS)).isZero();
        assertThat(inbox.recovery().takeTurn(MissedDeliveries.TURN, "me", Duration.ofMinutes(1)))
                .as("the other's turn goes on")
                .isFalse();
    }
}
