package dev.reeve.intake;

import dev.reeve.inbox.Arrival;
import dev.reeve.model.Sha;
import dev.reeve.model.Trigger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RoutingTest {

    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);
    private static final String ZERO = "0".repeat(40);

    private static List<Arrival> route(String event, String json) throws RefusedException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        var headers = Webhooks.headers(event, body);
        var envelope = Envelope.read(name -> headers.getOrDefault(name, List.of()), body.length);
        return Routing.arrivals(WebhookEvent.read(envelope, body));
    }

    private static List<String> keys(String event, String json) throws RefusedException {
        return route(event, json).stream().map(arrival -> arrival.key().toString()).toList();
    }

    @ParameterizedTest
    @CsvSource({"closed,pull/7", "opened,check/7", "reopened,check/7", "synchronize,check/7", "edited,check/7",
            "ready_for_review,check/7"})
    void aPullRequestIsReconciledWhenClosedAndCheckedBefore(String action, String subject) throws Exception {
        assertThat(keys("pull_request", Webhooks.pullRequest(action, 7))).containsExactly("Acme/Shop " + subject);
    }

    @ParameterizedTest
    @CsvSource({"labeled", "assigned", "converted_to_draft", "auto_merge_enabled"})
    void otherPullRequestActionsNeedNothing(String action) throws Exception {
        assertThat(keys("pull_request", Webhooks.pullRequest(action, 7))).isEmpty();
    }

    @Test
    void theTriggerNamesItsCauseAndItsDelivery() throws Exception {
        assertThat(route("pull_request", Webhooks.pullRequest("closed", 7))).extracting(Arrival::trigger)
                .containsExactly(new Trigger("pull_request closed", Webhooks.GUID, null, null));
    }

    @Test
    void aPushToTheDefaultBranchCarriesItsRange() throws Exception {
        assertThat(keys("push", Webhooks.push("refs/heads/main", A, B, ""))).containsExactly("Acme/Shop push");
        assertThat(route("push", Webhooks.push("refs/heads/main", A, B, "\"forced\":false,\"created\":false,")))
                .extracting(
                        Arrival::trigger)
                .containsExactly(
                        new Trigger("push", Webhooks.GUID, null, new Trigger.PushRange(new Sha(A), new Sha(B))));
    }

    @Test
    void aPushWhoseRangeSaysNothingConcernsEverything() throws Exception {
        assertThat(keys("push", Webhooks.push("refs/heads/main", A, B, "\"forced\":true,")))
                .containsExactly("Acme/Shop all");
        assertThat(keys("push", Webhooks.push("refs/heads/main", A, B, "\"created\":true,")))
                .containsExactly("Acme/Shop all");
        assertThat(keys("push", Webhooks.push("refs/heads/main", ZERO, B, ""))).containsExactly("Acme/Shop all");
    }

    @Test
    void deletionsAndOtherRefsNeedNothing() throws Exception {
        assertThat(keys("push", Webhooks.push("refs/heads/main", A, ZERO, ""))).isEmpty();
        assertThat(keys("push", Webhooks.push("refs/heads/main", A, B, "\"deleted\":true,"))).isEmpty();
        for (var ref : List.of("refs/heads/main2", "refs/heads/x/main", "refs/tags/main", "main", "refs/heads/Main",
                "refs/heads/main ", "refs/heads/gh-readonly-queue/main/pr-1")) {
            assertThat(keys("push", Webhooks.push(ref, A, B, ""))).isEmpty();
        }
    }

    private static String named(String list, int count) {
        return "\"" + list + "\":[" + IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":" + i + ",\"owner\":{\"full_name\":\"no/one\"},\"full_name\":\"acme/r" + i
                        + "\"}")
                .collect(Collectors.joining(",")) + "]";
    }

    private static String installation(String action, String more) {
        return "{\"action\":\"" + action
                + "\",\"installation\":{\"id\":5,\"repositories\":[{\"full_name\":\"no/one\"}]}"
                + (more.isEmpty() ? "" : "," + more) + "}";
    }

    @ParameterizedTest
    @CsvSource({"installation,created,repositories", "installation,deleted,repositories",
            "installation,suspend,repositories",
            "installation,unsuspend,repositories", "installation,new_permissions_accepted,repositories",
            "installation_repositories,added,repositories_added",
            "installation_repositories,removed,repositories_removed"})
    void eachRepositoryOfAnInstallationIsLookedAt(String event, String action, String list) throws Exception {
        assertThat(keys(event, installation(action, named(list, 2)))).containsExactly("acme/r0 repository",
                "acme/r1 repository");
    }

    @Test
    void anInstallationIsListedWhenThePayloadDoesNotNameAllOfIt() throws Exception {
        assertThat(keys("installation", installation("created", ""))).containsExactly("installation/5 installation");
        assertThat(keys("installation", installation("created", named("repositories", 100)))).hasSize(100);
        assertThat(keys("installation", installation("created", named("repositories", 101)))).hasSize(101)
                .endsWith("installation/5 installation");
        assertThat(keys("installation",
                installation("created", "\"repositories\":[{\"id\":1},7,null,{\"full_name\":\"a/../b\"}]")))
                .containsExactly("installation/5 installation");
        assertThat(keys("installation", installation("created", "\"repositories\":\"all\"")))
                .containsExactly("installation/5 installation");
    }

    @Test
    void whatIsAmbiguousInAListIsRefused() {
        for (var list : List.of("[{\"full_name\":\"a/b\",\"full_name\":\"c/d\"}]", "[{\"full_name\":7}]",
                "[{\"full_name\":\"" + "x".repeat(2_000) + "\"}]", "[{\"full_name\":\"a/b\"}],\"repositories\":[]")) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> keys("installation", installation("created", "\"repositories\":" + list)));
        }
    }

    @ParameterizedTest
    @CsvSource({"renamed", "transferred", "archived", "unarchived", "deleted"})
    void aRepositoryThatIsAnotherNowIsLookedAt(String action) throws Exception {
        assertThat(keys("repository", "{\"action\":\"" + action + "\",\"repository\":{\"full_name\":\"a/b\"}}"))
                .containsExactly("a/b repository");
    }

    @Test
    void ofWhatIsEditedOnlyTheDefaultBranchMatters() throws Exception {
        var edited = "{\"action\":\"edited\",\"repository\":{\"full_name\":\"a/b\"},\"changes\":{%s}}";
        assertThat(keys("repository", edited.formatted("\"default_branch\":{\"from\":\"main\"}")))
                .containsExactly("a/b repository");
        assertThat(keys("repository", edited.formatted("\"description\":{\"from\":\"old\"}"))).isEmpty();
        assertThat(keys("repository", "{\"action\":\"privatized\",\"repository\":{\"full_name\":\"a/b\"}}")).isEmpty();
        assertThat(keys("installation_repositories", installation("unheard_of", named("repositories_added", 1))))
                .isEmpty();
    }

    @Property(tries = 500)
    void noBodyMakesTheReaderThrowAnythingButARefusal(@ForAll @Size(max = 200) byte[] body) {
        reads("push", body);
        reads("pull_request", body);
        reads("installation", body);
    }

    @Property(tries = 500)
    void noSpoiltInstallationMakesTheReaderThrowAnythingButARefusal(@ForAll int position, @ForAll byte value) {
        var body = installation("created", named("repositories", 3)).getBytes(StandardCharsets.UTF_8);
        body[Math.floorMod(position, body.length)] = value;
        reads("installation", body);
    }

    @Property(tries = 500)
    void noSpoiltPayloadMakesTheReaderThrowAnythingButARefusal(@ForAll int position, @ForAll byte value) {
        var body = Webhooks.pullRequest("closed", 7).getBytes(StandardCharsets.UTF_8);
        body[Math.floorMod(position, body.length)] = value;
        reads("pull_request", body);
    }

    /** True when it was read, false when it was refused; anything else fails the property. */
    private static boolean reads(String event, byte[] body) {
        try {
            var envelope = new Envelope(Envelope.Body.JSON, 1, Webhooks.GUID, event,
                    Signature.parse(Webhooks.signature("x", body)));
            assertThat(Routing.arrivals(WebhookEvent.read(envelope, body))).hasSizeLessThanOrEqualTo(4);
            return true;
        } catch (RefusedException _) {
            return false;
        }
    }
}
