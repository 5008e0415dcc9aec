package dev.reeve.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reeve.inbox.Checkpoint;
import dev.reeve.inbox.DeliveryState;
import dev.reeve.inbox.LogPosition;
import dev.reeve.intake.KeptDelivery;
import dev.reeve.kit.FakeDelivery;
import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.Scenario;
import dev.reeve.kit.Trouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Deliveries that failed or were lost are taken in from GitHub's log. */
class RecoveryTest {

    private static final Duration RECOVERY = Duration.ofMinutes(5);
    private static final String DETAILS = "GET /app/hook/deliveries/[0-9]+";

    @RegisterExtension
    final Scenario scenario = Scenario.withRounds();

    /** A merge whose event nobody got yet. */
    private FakeDelivery merged(int number, String branch) {
        scenario.pullRequest(number).from(branch).mergeUnannounced();
        return scenario.project().atGitHub().pullRequestEvent(number, "closed");
    }

    private void isCompleted() {
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    private LogPosition position() {
        return scenario.inbox().recovery().position().orElseThrow();
    }

    @Test
    void aDeliveryThatFailedIsTakenInFromTheLog() {
        scenario.failToDeliver(merged(12, "task/fix-login"));
        scenario.advance(RECOVERY);
        isCompleted();
        assertThat(scenario.counted("reeve_recovered_deliveries_total{why=\"failed\"")).isEqualTo(1);
        assertThat(scenario.gitHub().count("POST .*/attempts")).isZero();
    }

    @Test
    void whatFailedWhileTheServerWasAwayIsTakenInAtItsStart() {
        scenario.stop();
        scenario.failToDeliver(merged(12, "task/fix-login"));
        scenario.clock().advance(Duration.ofHours(20));
        scenario.start();
        isCompleted();
        assertThat(scenario.counted("reeve_delivery_log_outages_total")).isZero();
    }

    @Test
    void aDeliveryThatGitHubTakesForDeliveredAndNobodyHasIsTakenIn() {
        scenario.gitHub().deliveries().add(merged(12, "task/fix-login"), 202);
        scenario.advance(RECOVERY);
        isCompleted();
        assertThat(scenario.counted("reeve_recovered_deliveries_total{why=\"lost\"")).isEqualTo(1);
    }

    @Test
    void aDeliveryThatSucceededLaterIsNotTakenInAgain() {
        var event = merged(12, "task/fix-login");
        scenario.failToDeliver(event);
        scenario.deliver(event);
        scenario.failToDeliver(event);
        scenario.settle();
        scenario.advance(RECOVERY);
        isCompleted();
        assertThat(scenario.gitHub().count(DETAILS)).isZero();
        assertThat(scenario.inbox().overview().delivery(event.guid()).orElseThrow().delivery().attempts()).isEqualTo(1);
    }

    @Test
    void aDeliveryThatFailedSeveralTimesIsTakenInOnce() {
        var event = merged(12, "task/fix-login");
        scenario.failToDeliver(event);
        scenario.failToDeliver(event);
        scenario.failToDeliver(event);
        scenario.advance(RECOVERY);
        scenario.advance(RECOVERY);
        isCompleted();
        assertThat(scenario.gitHub().count(DETAILS)).isEqualTo(1);
        assertThat(scenario.inbox().overview().delivery(event.guid()).orElseThrow().delivery().attempts()).isEqualTo(1);
    }

    @Test
    void aQuietRoundIsOneRequestThatCostsNothingWhileTheAppsTokenLives() {
        scenario.failToDeliver(merged(12, "task/fix-login"));
        scenario.advance(RECOVERY);
        isCompleted();
        scenario.gitHub().forgetRequests();
        scenario.advance(RECOVERY);
        scenario.advance(RECOVERY);
        assertThat(scenario.gitHub().requests())
                .filteredOn(one -> one.request().line().equals("GET /app/hook/deliveries"))
                .extracting(FakeGitHub.Served::status)
                .containsExactly(200, 304);
    }

    @Test
    @Tag("slow")
    void moreThanAPageIsReadToItsEnd() {
        var event = merged(12, "task/fix-login");
        scenario.failToDeliver(event);
        for (int i = 0; i < 230; i++) {
            scenario.clock().advance(Duration.ofSeconds(6));
            scenario.failToDeliver(scenario.project().atGitHub().repositoryEvent("edited"));
        }
        scenario.advance(RECOVERY);
        isCompleted();
        assertThat(scenario.counted("reeve_recovered_deliveries_total")).isEqualTo(231);
        assertThat(scenario.gitHub().count("GET /app/hook/deliveries")).isEqualTo(3);
    }

    private static ObjectNode request(String json) {
        var request = JsonNodeFactory.instance.objectNode();
        var inner = request.putObject("request").putNull("headers");
        if (json.equals("null")) {
            inner.putNull("payload");
        } else {
            inner.put("payload", json);
        }
        return request;
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "the payload was too large", "{\"action\": \"clo"})
    void whereThePayloadIsMissingTheRepositoryIsReconciled(String payload) {
        scenario.gitHub().deliveries().addShowing(merged(12, "task/fix-login"), request(payload));
        scenario.advance(RECOVERY);
        scenario.advance(RECOVERY);
        isCompleted();
        assertThat(scenario.counted("reeve_unreadable_deliveries_total")).isEqualTo(1);
        assertThat(scenario.gitHub().count(DETAILS)).isEqualTo(1);
    }

    @Test
    void malformedEntriesDoNotKeepOthersBack() {
        var log = scenario.gitHub().deliveries();
        log.addMalformed();
        log.add(new FakeDelivery("pull_request", "00000000-0000-0000-0000-000000000000", "[]"), 502);
        log.add(new FakeDelivery("pull_request", "11111111-0000-0000-0000-000000000000", "{\"action\": 7}"), 502);
        log.add(new FakeDelivery("PULL\u001b[31m", "../../etc", "{\"action\": \"closed\"}"), 502);
        scenario.failToDeliver(merged(12, "task/fix-login"));
        log.addMalformed();
        scenario.advance(RECOVERY);
        isCompleted();
        assertThat(scenario.logged()).noneMatch(line -> line.contains("\u001b"));
    }

    /** The next request for a delivery's details fails, with all its tries. */
    private void failNextDetails() {
        for (int tries = 0; tries < 3; tries++) {
            scenario.gitHub().next(DETAILS, Trouble.badGateway());
        }
    }

    @Test
    void whatCanNotBeReadNowIsReadTheNextTimeAndKeepsNothingBack() {
        scenario.failToDeliver(merged(12, "task/fix-login"));
        scenario.clock().advance(Duration.ofMinutes(1));
        scenario.failToDeliver(merged(13, "task/pay-by-card"));
        failNextDetails();
        scenario.advance(RECOVERY);
        scenario.task("fix-login").isUntouched();
        scenario.task("pay-by-card").isCompletedBy("dave", 13);
        scenario.check(13).concludes("success");
        scenario.clock().advance(Duration.ofMinutes(30));
        scenario.advance(RECOVERY);
        isCompleted();
        assertThat(scenario.counted("reeve_recovered_deliveries_total")).isEqualTo(2);
    }

    @Test
    void anUnreadableDeliveryIsRedeliveredAsALookAtItsRepository() {
        var event = merged(12, "task/fix-login");
        scenario.gitHub().deliveries().addShowing(event, request("null"));
        scenario.advance(RECOVERY);
        isCompleted();
        var seen = scenario.inbox().overview().delivery(event.guid()).orElseThrow();
        assertThat(seen.state()).isEqualTo(DeliveryState.DONE);
        var body = scenario.inbox().body(seen.delivery().id()).orElseThrow();
        assertThat(KeptDelivery.arrivals(seen.delivery(), body))
                .extracting(arrival -> arrival.key().subject().key(), arrival -> arrival.trigger().guid())
                .containsExactly(tuple("all", event.guid()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void aServerThatDiesOnTheWayTakesInTheRestAfterwards(int occurrence) {
        scenario.failToDeliver(merged(12, "task/fix-login"));
        scenario.failToDeliver(merged(13, "task/pay-by-card"));
        scenario.crashAt(Checkpoint.COMMITTED, occurrence);
        scenario.clock().advance(RECOVERY);
        scenario.wakeAll();
        assertThat(scenario.crashes()).isTrue();
        scenario.restart();
        scenario.settle();
        scenario.advance(Duration.ofMinutes(1));
        isCompleted();
        scenario.task("pay-by-card").isCompletedBy("dave", 13);
        scenario.check(13).concludes("success");
    }

    @Test
    void anOutageThatIsLongerThanTheLogIsSaidAndEverythingIsReconciled() {
        scenario.stop();
        var from = scenario.clock().instant();
        scenario.failToDeliver(merged(12, "task/fix-login"));
        scenario.clock().advance(Duration.ofDays(8));
        scenario.failToDeliver(scenario.project().atGitHub().repositoryEvent("edited"));
        scenario.gitHub().deliveries().expire(from.plus(Duration.ofDays(1)));
        scenario.start();
        isCompleted();
        assertThat(position().outage()).isEqualTo(new LogPosition.Outage(from, scenario.clock().instant()));
        assertThat(scenario.counted("reeve_delivery_log_outages_total")).isEqualTo(1);
        assertThat(scenario.logged()).anyMatch(line -> line.contains("delivery log doesn't reach back"));
        scenario.advance(RECOVERY);
        assertThat(scenario.counted("reeve_delivery_log_outages_total")).isEqualTo(1);
        assertThat(Objects.requireNonNull(position().outage()).from()).isEqualTo(from);
    }

    @Test
    void anOutageIsAnsweredOnceAlthoughTheLogCantBeReadToItsEnd() {
        scenario.stop();
        var from = scenario.clock().instant();
        scenario.clock().advance(Duration.ofDays(8));
        scenario.failToDeliver(merged(12, "task/fix-login"));
        scenario.gitHub().deliveries().expire(from.plus(Duration.ofDays(1)));
        failNextDetails();
        scenario.start();
        assertThat(scenario.counted("reeve_recovered_deliveries_total")).isZero();
        scenario.advance(RECOVERY);
        isCompleted();
        assertThat(scenario.counted("reeve_recovered_deliveries_total")).isEqualTo(1);
        assertThat(scenario.counted("reeve_delivery_log_outages_total")).isEqualTo(1);
    }

    @Test
    void aQuietAppWhoseLogIsEmptyHadNoOutage() {
        scenario.advance(RECOVERY);
        scenario.gitHub().deliveries().expire(scenario.clock().instant().plusSeconds(1));
        for (int i = 0; i < 5; i++) {
            scenario.advance(Duration.ofDays(2));
        }
        assertThat(scenario.counted("reeve_delivery_log_outages_total")).isZero();
        assertThat(position().outage()).isNull();
    }

    @Test
    void aLimitOfTheAppIsKeptTo() {
        scenario.failToDeliver(merged(12, "task/fix-login"));
        scenario.gitHub().next("GET /app/hook/deliveries", Trouble.secondaryLimit(Duration.ofMinutes(20)));
        scenario.advance(RECOVERY);
        long asked = scenario.gitHub().count("GET /app/.*");
        scenario.advance(Duration.ofMinutes(19));
        assertThat(scenario.gitHub().count("GET /app/.*")).isEqualTo(asked);
        scenario.advance(Duration.ofMinutes(1));
        isCompleted();
    }

    @Nested
    class WithTwoReplicas {

        @RegisterExtension
        final Scenario two = Scenario.replicatedWithRounds();

        @Test
        void oneOfThemTakesItIn() {
            var shop = two.project().atGitHub();
            two.pullRequest(12).from("task/fix-login").mergeUnannounced();
            two.failToDeliver(shop.pullRequestEvent(12, "closed"));
            two.advance(RECOVERY);
            two.task("fix-login").isCompletedBy("dave", 12);
            two.check(12).concludes("success");
            assertThat(two.gitHub().count(DETAILS)).isEqualTo(1);
            assertThat(two.counted("reeve_recovered_deliveries_total")).isEqualTo(1);
        }
    }
}
