package dev.reeve.github;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reeve.github.DeliveryLog.Entry;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.kit.FakeDelivery;
import dev.reeve.kit.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryLogTest extends GitHubTestCase {

    private DeliveryLog log() {
        return app.deliveries();
    }

    private FakeDelivery event() {
        return shop.repositoryEvent("edited");
    }

    @Test
    void anEntrySaysWhatWasDeliveredAndHow() {
        var event = event();
        github.deliveries().add(event, 502).add(event, 202);
        var entries = log().page(null).entries();
        assertThat(entries).extracting(Entry::succeeded).containsExactly(true, false);
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.guid()).isEqualTo(event.guid());
            assertThat(entry.event()).isEqualTo("repository");
            assertThat(entry.deliveredAt()).isEqualTo(clock.instant());
            assertThat(entry.repository()).isEqualTo(shop.id());
            assertThat(entry.installation()).isEqualTo(5000);
        });
    }

    @Test
    void theLogIsReadPageByPageTheNewestFirst() {
        IntStream.range(0, 250).forEach(_ -> github.deliveries().add(event(), 202));
        var ids = new ArrayList<Long>();
        var page = log().page(null);
        page.entries().forEach(entry -> ids.add(entry.id()));
        while (page.next().isPresent()) {
            page = log().page(page.next().get());
            page.entries().forEach(entry -> ids.add(entry.id()));
        }
        assertThat(ids).hasSize(250)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((one, other) -> Long.compare(other, one));
        assertThat(github.count("GET /app/hook/deliveries")).isEqualTo(3);
    }

    @Test
    void anUnchangedPageCostsNothing() {
        github.deliveries().add(event(), 202);
        assertThat(log().page(null)).isEqualTo(log().page(null));
        assertThat(github.requests().getLast().status()).isEqualTo(304);
    }

    @Test
    void whatWasSentIsThereByteForByteAsFarAsJsonGoes() {
        var event = event();
        github.deliveries().add(event, 502);
        var sent = log().sent(log().page(null).entries().getFirst().id());
        assertThat(sent.hook()).isEqualTo(OptionalLong.of(471100));
        assertThat(sent.payload()).map(json -> new String(json, StandardCharsets.UTF_8)).contains(event.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "\"cut\"", "7"})
    void aPayloadThatIsNoneIsMissing(String payload) throws Exception {
        var instead = JsonNodeFactory.instance.objectNode();
        instead.putObject("request").set("payload", new ObjectMapper().readTree(payload));
        github.deliveries().addShowing(event(), instead);
        var sent = log().sent(log().page(null).entries().getFirst().id());
        assertThat(sent.payload()).isEmpty();
        assertThat(sent.hook()).isEmpty();
    }

    @Test
    void anEntryThatCanNotBeUnderstoodIsLeftOut() {
        github.next("GET /app/hook/deliveries", Trouble.body(200,
                """
                        [{"id": "7", "guid": "a"}, 8, null, {"id": 9, "guid": "b", "delivered_at": "yesterday", "event": "push"},
                         {"id": 10, "guid": "c", "delivered_at": "2026-03-27T12:00:00Z", "status_code": "OK", "event": "push"}]"""));
        var page = log().page(null);
        assertThat(page.malformed()).isEqualTo(4);
        assertThat(page.entries())
                .isEqualTo(List.of(new Entry(10, "c", clock.instant(), false, "", "push", null, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<https://evil.example/app/hook/deliveries?cursor=v1_7>; rel=\"prev\"", "nonsense"})
    void aLinkToNoNextPageIsTheEnd(String link) {
        github.next("GET /app/hook/deliveries", Trouble.body("[]", "Link", link));
        assertThat(log().page(null).next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<x?cursor=a b>; rel=\"next\"", "<x?cursor=../../x>; rel=\"next\"",
            "<x?page=2>; rel=\"next\""})
    void aNextPageWithoutACursorIsNotTakenForTheEnd(String link) {
        github.next("GET /app/hook/deliveries", Trouble.body("[]", "Link", link));
        assertFails(() -> log().page(null), "cursor").isEqualTo(new Kind.Malformed());
    }

    @Test
    void aDeliveryThatIsGoneOrTooLargeSaysSo() {
        assertFails(() -> log().sent(1), "/app/hook/deliveries/1").isEqualTo(new Kind.NotFound());
        github.next("GET /app/hook/deliveries/2", Trouble.body(200, "\"" + "x".repeat(9_000_000) + "\""));
        assertFails(() -> log().sent(2), "larger than").isEqualTo(new Kind.Malformed());
    }

    @Test
    void aLimitOfTheAppIsKeptTo() {
        github.next("GET /app/hook/deliveries", Trouble.secondaryLimit(Duration.ofMinutes(3)));
        assertFails(() -> log().page(null), "rate limit").isInstanceOf(Kind.RateLimited.class);
        long asked = github.requests().size();
        assertFails(() -> log().page(null), "rate limit").isInstanceOf(Kind.RateLimited.class);
        assertThat(github.requests()).hasSize((int) asked);
    }
}
