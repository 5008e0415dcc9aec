package dev.reeve.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reeve.kit.FakeDelivery;
import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators force, to its end. */
class OperatorsTest {

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    private JsonNode post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(scenario.server().resolve("/api/v1/" + path))
                .header("Content-Type", "application/json")
                .header("X-Reeve-Operator", "dave@vm")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(request, 2);
    }

    private JsonNode get(String path) throws Exception {
        return send(HttpRequest.newBuilder(scenario.server().resolve("/api/v1/" + path)), 2);
    }

    private static JsonNode send(HttpRequest.Builder request, int kind) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode() / 100).as(response.body()).isEqualTo(kind);
            return new ObjectMapper().readTree(response.body());
        }
    }

    @Test
    void aDryRunTellsWhatItWouldWriteAndWritesNothing() throws Exception {
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        var before = scenario.project().refs();

        for (var what : new String[]{"\"task\":\"fix-login\"", "\"pull_request\":12", "\"all\":true"}) {
            var told = post("reconcile", "{\"repository\":\"acme/shop\",\"dry_run\":true," + what + "}");
            assertThat(told.at("/changes/0/verb").asText()).as(what).isEqualTo("completed");
            assertThat(told.at("/changes/0/pull_request").asInt()).isEqualTo(12);
            assertThat(told.at("/files/0/path").asText()).isEqualTo("tasks/fix-login.md");
            var diff = told.at("/files/0/diff").findValuesAsText("text");
            assertThat(diff).anyMatch(line -> line.startsWith("status: ready"))
                    .anyMatch(line -> line.startsWith("status: completed"));
        }
        scenario.settle();
        assertThat(scenario.project().refs()).isEqualTo(before);
        scenario.task("fix-login").isUntouched();
        assertThat(get("queue").at("/counts/due").asInt()).isZero();
        assertThat(get("forced").path("forced")).isEmpty();
    }

    @Test
    void aForcedReconcileCompletesWhatWasMissed() throws Exception {
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();

        post("reconcile", "{\"repository\":\"acme/shop\",\"pull_request\":12}");
        scenario.settle();

        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
        assertThat(get("forced").at("/forced/0/by").asText()).isEqualTo("this machine (dave@vm)");
    }

    @Test
    void whoPressesAButtonOrWantsARunAnewIsOnRecordAsWell() throws Exception {
        var shop = scenario.project().atGitHub();
        shop.people().may("bob", "write");
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        var run = scenario.check(12).run();

        scenario.deliver(shop.checkEvents().pressed(run, "reconcile", "bob"));
        scenario.settle();
        scenario.deliver(shop.checkEvents().rerequested(run, "mallory"));
        scenario.settle();

        var forced = get("forced").path("forced");
        assertThat(forced).hasSize(2);
        assertThat(forced.findValuesAsText("by")).containsExactly("mallory", "bob");
        assertThat(forced.findValuesAsText("how")).containsExactly("re-run of " + run.id(), "button reconcile");
        assertThat(forced.at("/1/subject").asText()).isEqualTo("pull/12");
    }

    /** The pull request is still open, so nothing but the button says what is wanted. */
    @Test
    void aButtonsDeliveryThatIsProcessedAgainIsStillThatOfTheButton() throws Exception {
        var shop = scenario.project().atGitHub();
        shop.people().may("bob", "write");
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        var pressed = shop.checkEvents().pressed(scenario.check(12).run(), "reconcile", "bob");
        scenario.deliver(pressed);
        scenario.settle();

        post("deliveries/" + pressed.guid() + "/redeliver", "{}");
        scenario.settle();
        assertThat(scenario.waiting()).isZero();
        scenario.redeliver();
        scenario.settle();

        assertThat(scenario.waiting()).isZero();
        assertThat(get("forced").path("forced").findValuesAsText("by"))
                .containsExactly("somebody at GitHub", "this machine (dave@vm)", "bob");
    }

    @Test
    void anOpenPullRequestThatIsForcedGetsItsCheckRunAtOnce() throws Exception {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();

        post("reconcile", "{\"repository\":\"acme/shop\",\"pull_request\":12}");
        scenario.settle();

        assertThat(scenario.waiting()).isZero();
        scenario.check(12).concludes("success");
    }

    @Test
    void whatHasNoInstallationIsToldWithItsReason() throws Exception {
        var request = HttpRequest.newBuilder(scenario.server().resolve("/api/v1/reconcile"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers
                        .ofString("{\"repository\":\"nobody/nothing\",\"all\":true,\"dry_run\":true}"));
        assertThat(send(request, 4).path("detail").asText()).contains("nobody/nothing");
        assertThat(scenario.dataFolder().resolve("clones/nobody")).doesNotExist();
    }

    @Test
    void everyMetricSaysWhatItIs() throws Exception {
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.check(12).concludes("success");

        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(scenario.server().resolve("/metrics")).build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofLines()).body())
                    .anyMatch(line -> line.startsWith("# HELP reeve_webhook_signatures_total "))
                    .noneMatch(line -> line.matches("# HELP \\S+ *"));
        }
    }

    @Test
    void aDryRunOfAPullRequestThatIsNotThereIsTheCallersMistake() throws Exception {
        var request = HttpRequest.newBuilder(scenario.server().resolve("/api/v1/reconcile"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers
                        .ofString("{\"repository\":\"acme/shop\",\"pull_request\":4242,\"dry_run\":true}"));
        assertThat(send(request, 4).path("detail").asText()).contains("/pulls/4242");
    }

    /** A payload whose work can never succeed, beside good ones of its own repository and of another. */
    @Test
    void aPoisonousDeliveryHoldsUpNothing() throws Exception {
        scenario.project("acme/other");
        scenario.deliver(new FakeDelivery("pull_request", "poison", """
                {"action":"closed","number":404,"pull_request":{"number":404},
                 "repository":{"full_name":"acme/shop","default_branch":"main"},"installation":{"id":1}}"""));
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.project("acme/other").pullRequest(3).from("task/add-search").merge();
        scenario.settle();

        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.project("acme/other").task("add-search").isCompletedBy("dave", 3);
        scenario.check(12).concludes("success");
        scenario.project("acme/other").check(3).concludes("success");
        var poison = get("deliveries/poison");
        for (int tries = 0; tries < 12 && !poison.path("status").asText().equals("dead"); tries++) {
            scenario.advance(Duration.ofMinutes(30));
            poison = get("deliveries/poison");
        }
        scenario.expectError("(?s).*acme/shop pull/404 .* is given up until .*");
        assertThat(poison.path("status").asText()).isEqualTo("dead");
        assertThat(poison.at("/work/0/error").asText()).isNotEmpty();
        assertThat(scenario.deadLetter().subject()).isEqualTo("pull/404");
    }
}
