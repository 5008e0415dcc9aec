package dev.reeve.intake;

import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Forcing;
import dev.reeve.model.Press;
import dev.reeve.model.Trigger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which work follows from events about checks, queues and reviews. */
class CheckRoutingTest {

    private static final String A = "a".repeat(40);
    private static final String REST = "\"sender\":{\"login\":\"bob\"},"
            + "\"repository\":{\"full_name\":\"Acme/Shop\",\"default_branch\":\"main\"},\"installation\":{\"id\":5}}";

    private static List<Arrival> route(String event, String json) throws RefusedException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        var headers = Webhooks.headers(event, body);
        var envelope = Envelope.read(name -> headers.getOrDefault(name, List.of()), body.length);
        return Routing.arrivals(WebhookEvent.read(envelope, body));
    }

    private static String run(String action, String externalId, String button) {
        return "{\"action\":\"" + action + "\",\"check_run\":{\"id\":77,\"head_sha\":\"" + A
                + "\",\"external_id\":" + externalId + ",\"check_suite\":{\"id\":3,\"head_sha\":7}},"
                + "\"requested_action\":{\"identifier\":\"" + button + "\"}," + REST;
    }

    private static String suite(String action, String branch) {
        return "{\"action\":\"" + action + "\",\"check_suite\":{\"id\":3,\"head_sha\":\"" + A
                + "\",\"head_branch\":" + branch + ",\"app\":{\"id\":15368},\"pull_requests\":[{}]}," + REST;
    }

    private static String only(List<Arrival> arrivals) {
        assertThat(arrivals).hasSize(1);
        return arrivals.getFirst().key().subject().key() + ": " + arrivals.getFirst().trigger().cause();
    }

    @Test
    void aRunThatIsWantedAnewLeadsToItsCommit() throws Exception {
        assertThat(only(route("check_run", run("rerequested", "null", "x"))))
                .isEqualTo("commit/" + A + ": forced by bob: re-run of 77");
        assertThat(only(route("check_suite", suite("rerequested", "null"))))
                .isEqualTo("commit/" + A + ": forced by bob: re-run");
    }

    @ParameterizedTest
    @CsvSource({"reconcile,pull/12: forced by bob: button reconcile",
            "reconcile-all,all: forced by bob: button reconcile-all"})
    void aButtonLeadsToWhatItIsFor(String button, String wanted) throws Exception {
        assertThat(only(route("check_run", run("requested_action", "\"reeve/pull/12\"", button)))).isEqualTo(wanted);
    }

    @Test
    void whoAskedForItIsForTheRecordAndTheWorkReadsItFromTheCause() throws Exception {
        var button = route("check_run", run("requested_action", "\"reeve/pull/12\"", "reconcile")).getFirst();
        assertThat(button.forcing()).isEqualTo(new Forcing("bob", "button reconcile"));
        assertThat(Press.in(button.trigger())).hasValue(new Press("bob", Press.Kind.RECONCILE, null));
        assertThat(Forcing.isCauseOf(button.trigger())).isTrue();
        var rerun = route("check_run", run("rerequested", "null", "x")).getFirst();
        assertThat(rerun.forcing()).isEqualTo(new Forcing("bob", "re-run of 77"));
        assertThat(Press.in(rerun.trigger())).hasValue(new Press("bob", Press.Kind.RERUN, 77L));
    }

    @Test
    void whatWasPressedIsReadFromTheCauseAlsoWhenItIsForcedOnceMore() throws Exception {
        var button = route("check_run", run("requested_action", "\"reeve/pull/12\"", "reconcile")).getFirst();
        var again = button.forced(new Forcing("admin token", "reeve redeliver"));
        assertThat(again.forcing()).isEqualTo(new Forcing("admin token", "reeve redeliver"));
        assertThat(Press.in(again.trigger())).hasValue(new Press("bob", Press.Kind.RECONCILE, null));
    }

    @Test
    void buttonsAndRunsThatAreNotOursLeadToNothing() throws Exception {
        assertThat(route("check_run", run("requested_action", "\"reeve/pull/12\"", "delete"))).isEmpty();
        assertThat(route("check_run", run("requested_action", "\"lint/12\"", "reconcile"))).isEmpty();
        assertThat(route("check_run", run("requested_action", "\"" + "x".repeat(5_000) + "\"", "reconcile"))).isEmpty();
        assertThat(route("check_run", run("created", "{}", "reconcile"))).isEmpty();
        assertThat(route("check_run", run("completed", "null", "reconcile"))).isEmpty();
    }

    @Test
    void suitesLeadToTheirCommitUnlessItCanBeNoHead() throws Exception {
        assertThat(only(route("check_suite", suite("requested", "\"topic\"")))).startsWith("commit/" + A);
        assertThat(only(route("check_suite", suite("requested", "null")))).startsWith("commit/" + A);
        assertThat(route("check_suite", suite("requested", "\"main\""))).isEmpty();
        assertThat(route("check_suite", suite("requested", "\"gh-readonly-queue/main/pr-1-x\""))).isEmpty();
        assertThat(only(route("check_suite", suite("completed", "\"main\""))))
                .isEqualTo("commit/" + A + ": check_suite completed of app 15368");
    }

    @Test
    void aQueueLeadsToItsHeadAndNamesThePullRequest() throws Exception {
        var json = "{\"action\":\"checks_requested\",\"merge_group\":{\"head_sha\":\"" + A
                + "\",\"head_ref\":\"refs/heads/gh-readonly-queue/main/pr-104-" + A + "\"}," + REST;
        assertThat(route("merge_group", json)).singleElement().satisfies(arrival -> {
            assertThat(arrival.key().subject().key()).isEqualTo("group/" + A);
            assertThat(arrival.trigger())
                    .isEqualTo(new Trigger("merge_group checks_requested", Webhooks.GUID, 104, null));
        });
        assertThat(route("merge_group", json.replace("checks_requested", "destroyed"))).isEmpty();
        assertThat(route("merge_group", json.replace("pr-104", "pr-x")).getFirst().trigger().pullRequest()).isNull();
    }

    @Test
    void statusesAndReviewsLeadToWhatTheyAreAbout() throws Exception {
        var status = "{\"sha\":\"" + A + "\",\"state\":\"failure\"," + REST;
        assertThat(only(route("status", status))).isEqualTo("commit/" + A + ": status");
        assertThat(route("status", status.replace("failure", "pending"))).isEmpty();
        for (var action : List.of("submitted", "edited", "dismissed")) {
            assertThat(only(route("pull_request_review", Webhooks.pullRequest(action, 7)))).startsWith("check/7");
        }
        assertThat(route("pull_request_review", Webhooks.pullRequest("opened", 7))).isEmpty();
    }

    @Test
    void whatLacksItsCommitIsRefused() {
        assertThatThrownBy(() -> route("check_suite", suite("completed", "null").replace(A, "main")))
                .isInstanceOf(RefusedException.class);
    }

    @Property(tries = 500)
    void noSpoiltPayloadMakesTheReaderThrowAnythingButARefusal(@ForAll int position, @ForAll byte value) {
        for (var json : List.of(run("requested_action", "\"reeve/pull/12\"", "reconcile"),
                suite("completed", "null"))) {
            var body = json.getBytes(StandardCharsets.UTF_8);
            body[Math.floorMod(position, body.length)] = value;
            var event = json.contains("check_run") ? "check_run" : "check_suite";
            try {
                var envelope = new Envelope(Envelope.Body.JSON, 1, Webhooks.GUID, event,
                        Signature.parse(Webhooks.signature("x", body)));
                assertThat(Routing.arrivals(WebhookEvent.read(envelope, body))).hasSizeLessThanOrEqualTo(1);
            } catch (RefusedException _) {
                // A refusal is what is allowed.
            }
        }
    }
}
