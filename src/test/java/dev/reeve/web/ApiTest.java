package dev.reeve.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.DeliveryFilter;
import dev.reeve.inbox.Forcing;
import dev.reeve.model.Outcome;
import dev.reeve.model.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import static dev.reeve.web.ApiStory.key;
import static org.assertj.core.api.Assertions.assertThat;

/** What operators see and force. */
class ApiTest {

    private static final String BY_DAVE = "admin token (dave@vm)";

    private final ApiStory story = ApiStory.withToken();

    @AfterEach
    void close() {
        story.close();
    }

    private static List<String> each(JsonNode array, String member) {
        return StreamSupport.stream(array.spliterator(), false).map(one -> one.path(member).asText()).toList();
    }

    private List<String> statuses(String query) {
        return each(story.get("/api/v1/deliveries" + query).json().path("deliveries"), "status");
    }

    @Test
    void aDeliverySaysWhatBecameOfIt() {
        long id = story.deliver("a", 12);
        story.deliverStar("b");
        assertThat(statuses("")).containsExactly("nothing_to_do", "waiting");

        story.work(new Outcome.Failed("GitHub is down"));
        assertThat(statuses("?event=pull_request")).containsExactly("waiting");
        story.clock.advance(Duration.ofSeconds(5));
        var running = story.claim();
        assertThat(statuses("?status=running")).containsExactly("running");
        running.forEach(claim -> story.inbox.queue()
                .finish(claim, new Outcome.Done(),
                        List.of(new Arrival(key("task/fix-login"), new Trigger("PR #12", "a", 12, null))))
                .join());
        assertThat(statuses("?status=waiting")).containsExactly("waiting");
        story.work(new Outcome.GiveUp("somebody has to look"));

        var dead = story.get("/api/v1/deliveries/" + id).json();
        assertThat(dead.path("status").asText()).isEqualTo("dead");
        assertThat(dead.at("/work/0/error").asText()).isEqualTo("somebody has to look");
        assertThat(dead.at("/done/0/subject").asText()).isEqualTo("pull/12");
        assertThat(dead.at("/done/0/attempts").asInt()).isEqualTo(2);
        assertThat(dead.at("/done/0/last_error").asText()).isEqualTo("GitHub is down");

        story.post("/api/v1/queue/acme/shop/task/fix-login/replay", "");
        story.work(new Outcome.Done());
        assertThat(story.get("/api/v1/deliveries/a").json().path("status").asText()).isEqualTo("done");
        assertThat(statuses("?status=done&repository=ACME/shop")).hasSize(1);
        assertThat(statuses("?status=dead")).isEmpty();
    }

    @Test
    void deliveriesArePagedNewestFirst() {
        for (int number = 1; number <= 5; number++) {
            story.deliver("g" + number, number);
            story.clock.advance(Duration.ofMinutes(1));
        }
        var first = story.get("/api/v1/deliveries?limit=2").json();
        assertThat(each(first.path("deliveries"), "guid")).containsExactly("g5", "g4");
        var second = story.get("/api/v1/deliveries?limit=2&before=" + first.path("next").asText()).json();
        assertThat(each(second.path("deliveries"), "guid")).containsExactly("g3", "g2");
        assertThat(each(story.get("/api/v1/deliveries?since=150s").json().path("deliveries"), "guid"))
                .containsExactly("g5", "g4");
        assertThat(story.get("/api/v1/deliveries?since=150s").json().has("next")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliveries", "queue", "forced"})
    void aPageThatHoldsAllOfThemIsTheLast(String list) {
        for (int number = 1; number <= 3; number++) {
            story.deliver("g" + number, number);
            story.deliver("g" + number, number);
        }
        assertThat(story.get("/api/v1/" + list + "?limit=2").json().has("next")).isTrue();
        assertThat(story.get("/api/v1/" + list + "?limit=3").json().has("next")).isFalse();
    }

    @Test
    void aBodyIsShownOnlyWhenItIsAskedFor() {
        long id = story.deliver("a", 12);

        assertThat(story.get("/api/v1/deliveries/" + id).json().has("body")).isFalse();
        assertThat(story.get("/api/v1/deliveries/" + id + "?body=1").json().at("/body/pull_request/number").asInt())
                .isEqualTo(12);
    }

    @Test
    void aRedeliveredDeliveryIsProcessedAgainAndItIsSaidWhoForcedIt() {
        long id = story.deliver("a", 12);
        story.work(new Outcome.Done());
        assertThat(story.claim()).isEmpty();

        var answer = story.post("/api/v1/deliveries/" + id + "/redeliver", "{}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().at("/work/0/url").asText()).isEqualTo("/api/v1/queue/Acme/Shop/pull/12");
        var claim = story.claim();
        assertThat(claim).extracting(Claim::key).containsExactly(key("pull/12"));
        assertThat(claim.getFirst().triggers()).extracting(Trigger::cause)
                .containsExactly("forced by " + BY_DAVE + ": POST /deliveries/…/redeliver");
        assertThat(each(story.get("/api/v1/deliveries/" + id).json().path("forced"), "by")).containsExactly(BY_DAVE);
        assertThat(each(story.get("/api/v1/forced").json().path("forced"), "guid")).containsExactly("a");
    }

    @Test
    void aRedeliveryAtGitHubIsOnRecordToo() {
        long id = story.deliver("a", 12);
        story.deliver("a", 12);

        assertThat(each(story.get("/api/v1/deliveries/" + id).json().path("forced"), "how"))
                .containsExactly("redelivery");
    }

    @Test
    void whatNeedsNothingDoneIsRedeliveredInVain() {
        long id = story.deliverStar("b");

        assertThat(story.post("/api/v1/deliveries/" + id + "/redeliver", "").json().path("work")).isEmpty();
        assertThat(story.get("/api/v1/forced").json().path("forced")).isEmpty();
    }

    @Test
    void failedDeliveriesAreRedeliveredTogether() {
        story.deliver("done", 1);
        story.work(new Outcome.Done());
        story.deliver("dead1", 2);
        story.deliver("dead2", 3);
        story.work(new Outcome.GiveUp("hopeless"));

        var answer = story.post("/api/v1/redeliver", "{\"failed\":true,\"by\":\"carol\"}").json();

        assertThat(answer.path("redelivered").asInt()).isEqualTo(2);
        assertThat(story.claim()).extracting(Claim::key).containsExactlyInAnyOrder(key("pull/2"), key("pull/3"));
        assertThat(each(story.get("/api/v1/forced").json().path("forced"), "by"))
                .containsOnly("admin token (carol)");
    }

    @Test
    void deliveriesOfALateTimeAreRedeliveredTogether() {
        story.deliver("old", 1);
        story.clock.advance(Duration.ofHours(2));
        story.deliver("new", 2);
        story.deliverStar("star");
        story.work(new Outcome.Done());

        var answer = story.post("/api/v1/redeliver", "{\"since\":\"1h\"}").json();

        assertThat(answer.path("redelivered").asInt()).isEqualTo(1);
        assertThat(answer.path("nothing_to_do").asInt()).isEqualTo(1);
        assertThat(story.claim()).extracting(Claim::key).containsExactly(key("pull/2"));
    }

    @Test
    void theQueueSaysWhyHowOftenAndWhenNext() {
        story.deliver("a", 1);
        story.deliver("b", 2);
        story.work(new Outcome.Failed("no\nluck"));
        story.deliver("c", 3);

        var queue = story.get("/api/v1/queue").json();
        assertThat(each(queue.path("work"), "state")).containsExactly("due", "waiting", "waiting");
        assertThat(queue.at("/counts/waiting").asInt()).isEqualTo(2);
        var waiting = story.get("/api/v1/queue/acme/shop/pull/1").json();
        assertThat(waiting.path("error").asText()).isEqualTo("no\\u{a}luck");
        assertThat(waiting.path("failures").asInt()).isEqualTo(1);
        assertThat(waiting.path("next").asText()).isEqualTo(story.clock.instant().plusSeconds(1).toString());
        assertThat(waiting.at("/triggers/0/guid").asText()).isEqualTo("a");
        assertThat(each(story.get("/api/v1/queue?state=due&limit=1").json().path("work"), "subject"))
                .containsExactly("pull/3");
    }

    @Test
    void deadWorkIsReplayedOneByOneOrAsAWhole() {
        story.deliver("a", 1);
        story.deliver("b", 2);
        story.deliver("c", 3);
        story.work(new Outcome.GiveUp("hopeless"));

        assertThat(each(story.post("/api/v1/queue/acme/shop/pull/2/replay", "{}").json().path("work"), "subject"))
                .containsExactly("pull/2");
        assertThat(story.claim()).extracting(Claim::attempt).containsExactly(1);
        assertThat(each(story.post("/api/v1/queue/acme/shop/replay", "{}").json().path("work"), "subject"))
                .containsExactlyInAnyOrder("pull/1", "pull/3");
        assertThat(story.claim()).hasSize(2);
        assertThat(story.post("/api/v1/queue/acme/other/replay", "{}").json().path("work")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"repository":"acme/shop","task":"fix-login"} | task/fix-login
            {"repository":"acme/shop","pull_request":7}   | pull/7
            {"repository":"acme/shop","all":true}         | all
            """)
    void aReconcileIsWantedNow(String body, String subject) {
        var answer = story.post("/api/v1/reconcile", body);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(story.claim()).extracting(Claim::key).containsExactly(key(subject));
        assertThat(story.inbox.overview().forced(null, null, 9)).singleElement()
                .satisfies(forced -> assertThat(forced.by()).isEqualTo(new Forcing(BY_DAVE, "POST /reconcile")));
    }

    @Test
    void aDryRunWantsNothing() {
        var answer = story.post("/api/v1/reconcile", "{\"repository\":\"acme/shop\",\"all\":true,\"dry_run\":true}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(story.claim()).isEmpty();
        assertThat(story.get("/api/v1/forced").json().path("forced")).isEmpty();
    }

    @Test
    void aDryRunMayTakeLongerThanAConnectionMayBeSilent() {
        try (var impatient = new ApiStory(new AdminToken(ApiStory.TOKEN), OperatorAccess.Reach.OTHERS,
                Duration.ofSeconds(1))) {
            var usual = impatient.rehearsal;
            impatient.rehearsal = (repository, subject) -> {
                java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(2_500).toNanos());
                return usual.apply(repository, subject);
            };
            assertThat(impatient.post("/api/v1/reconcile",
                    "{\"repository\":\"acme/shop\",\"all\":true,\"dry_run\":true}").status()).isEqualTo(200);
        }
    }

    @Test
    void aNameThatIsNoNameIsShownAsText() {
        var answer = story.post("/api/v1/reconcile",
                "{\"repository\":\"acme/shop\",\"all\":true,\"by\":\"eve\\u001b[2J\\nroot\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(each(story.get("/api/v1/forced").json().path("forced"), "by"))
                .containsExactly("admin token (eve\\u{1b}[2J\\u{a}root)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                       | 400 | line 1
            []                                                      | 400 | object
            {} {}                                                   | 400 | JSON
            {"repository":"acme/shop","repository":"a/b"}           | 400 | JSON
            {"task":"x"}                                            | 422 | repository
            {"repository":"acme"}                                   | 422 | OWNER/NAME
            {"repository":"acme/shop"}                              | 422 | exactly one
            {"repository":"acme/shop","task":"a","all":true}        | 422 | exactly one
            {"repository":"acme/shop","task":"../etc"}              | 422 | slug
            {"repository":"acme/shop","task":7}                     | 422 | text
            {"repository":"acme/shop","pull_request":0}             | 422 | number
            {"repository":"acme/shop","pull_request":"1"}           | 422 | number
            {"repository":"acme/shop","all":"yes"}                  | 422 | true or false
            {"repository":"acme/shop","all":true,"dryrun":true}     | 422 | dry_run
            """)
    void aBodyThatMakesNoSenseIsRefused(String body, int status, String says) {
        assertThat(story.post("/api/v1/reconcile", body).problem(status)).contains(says);
        assertThat(story.claim()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /deliveries?state=dead     | 400 | status
            /deliveries?status=lost    | 400 | nothing_to_do
            /deliveries?limit=501      | 400 | 500
            /deliveries?limit=1&limit=2| 400 | more than once
            /deliveries?since=soon     | 400 | ago
            /deliveries?since=%2B999999999-01-01T00:00:00Z | 400 | ago
            /deliveries?since=-999999999-01-01T00:00:00Z   | 400 | ago
            /deliveries?before=0       | 400 | id
            /deliveries/7              | 404 | 8 days
            /deliveries/no-such-guid   | 404 | GUID
            /queue/acme/shop/pull/1    | 404 | reconcile
            /queue/acme/shop/moon/1    | 404 | task/SLUG
            /queue/acme/.git/all       | 404 | OWNER/NAME
            """)
    void aQuestionThatMakesNoSenseIsRefused(String path, int status, String says) {
        assertThat(story.get("/api/v1" + path).problem(status)).contains(says);
    }

    @Test
    void whatIsNotThereAndWrongMethodsAreProblemsToo() {
        assertThat(story.get("/api/v1/nothing").problem(404)).contains("openapi.json");
        assertThat(story.get("/api/v1/reconcile").problem(405)).contains("method");
        assertThat(story.get("/nothing").text()).isEqualTo("there is nothing here\n");
    }

    @Test
    void redeliverSaysWhich() {
        assertThat(story.post("/api/v1/redeliver", "{}").problem(422)).contains("either");
        assertThat(story.post("/api/v1/redeliver", "{\"failed\":true,\"since\":\"1h\"}").problem(422))
                .contains("either");
        assertThat(story.inbox.overview().deliveries(DeliveryFilter.in(dev.reeve.inbox.DeliveryState.DEAD), 9))
                .isEmpty();
    }

    @Test
    void aFaultOfOurOwnSaysNothingOfItself() {
        story.rehearsal = (_, _) -> {
            throw new IllegalStateException("secret thing");
        };
        var detail = story.post("/api/v1/reconcile", "{\"repository\":\"acme/shop\",\"all\":true,\"dry_run\":true}");

        assertThat(detail.status()).isEqualTo(500);
        assertThat(detail.text()).doesNotContain("secret");
    }
}
