package dev.reeve.web;

import dev.reeve.inbox.Checkpoint;
import dev.reeve.model.Outcome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators can't have, and what they are told then; and what is recorded of them. */
class ApiBoundsTest {

    private final ApiStory story = ApiStory.withToken();

    @AfterEach
    void close() {
        story.close();
    }

    /** Two who don't read what they asked for, and one more. */
    @Test
    void fewLargeBodiesAreSentAtOnce() throws Exception {
        long id = story.deliver("a", 12, "x".repeat(15 * 1024 * 1024));
        try (var one = slowly(id); var other = slowly(id)) {
            assertThat(List.of(one, other)).allMatch(Socket::isConnected);
            await(id, 503);
            assertThat(story.get("/api/v1/deliveries/" + id).status()).isEqualTo(200);
        }
        await(id, 200);
    }

    /** Asks for a body until it is answered so; what is answered is read and not looked at. */
    private void await(long id, int status) {
        try (var client = HttpClient.newHttpClient()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> client.send(story.request("/api/v1/deliveries/" + id + "?body=1").build(),
                            HttpResponse.BodyHandlers.discarding()).statusCode() == status);
        }
    }

    private Socket slowly(long id) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), story.port());
        socket.getOutputStream()
                .write(("GET /api/v1/deliveries/" + id + "?body=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + ApiStory.TOKEN + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void thatOnlySomeCouldBeRedeliveredIsSaid() {
        story.deliver("dead1", 2);
        story.deliver("dead2", 3);
        story.work(new Outcome.GiveUp("hopeless"));
        var writes = new AtomicInteger();
        story.checkpoint = step -> {
            if (step.equals(Checkpoint.WRITTEN) && writes.incrementAndGet() > 1) {
                throw new IllegalStateException("the disk is full");
            }
        };

        var detail = story.post("/api/v1/redeliver", "{\"failed\":true}").problem(503);

        assertThat(detail).contains("no more than 1 were redelivered").doesNotContain("nothing was done");
        story.checkpoint = Checkpoint.NONE;
        assertThat(story.claim()).hasSize(1);
    }

    @Test
    void whatIsDeadCanBeDiscardedAndItIsSaidByWhom() {
        story.deliver("a", 1);
        assertThat(story.post("/api/v1/queue/acme/shop/pull/1/discard", "").problem(422)).contains("this is due");
        story.work(new Outcome.GiveUp("hopeless"));

        assertThat(story.post("/api/v1/queue/acme/shop/pull/1/discard", "").json().path("error").asText())
                .isEqualTo("hopeless");

        assertThat(story.get("/api/v1/queue").json().path("work")).isEmpty();
        assertThat(story.get("/api/v1/forced").json().at("/forced/0/how").asText())
                .isEqualTo("POST /queue/…/discard");
        assertThat(story.post("/api/v1/queue/acme/shop/pull/1/discard", "").problem(404)).contains("no open work");
    }

    @Test
    void whichCommandCallsIsRecordedAsWhatTheCallerSays() {
        story.deliver("a", 1);
        var _ = story.send(story.request("/api/v1/deliveries/a/redeliver")
                .header("Content-Type", "application/json")
                .header("X-Reeve-Command", "reeve redeliver")
                .POST(HttpRequest.BodyPublishers.ofString("")));
        assertThat(story.get("/api/v1/forced").json().at("/forced/0/how").asText())
                .isEqualTo("POST /deliveries/…/redeliver (reeve redeliver)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReconcileOfWhatIsNotInstalledIsRefused(boolean dryRun) {
        var body = "{\"repository\":\"nobody/nothing\",\"all\":true,\"dry_run\":" + dryRun + "}";
        assertThat(story.post("/api/v1/reconcile", body).problem(404)).contains("nobody/nothing", "install it there");
        assertThat(story.claim()).isEmpty();
        assertThat(story.get("/api/v1/forced").json().path("forced")).isEmpty();
    }

    @Test
    void aReconcileOfAnAttachedCheckoutIsWantedWhereverTheAppIsInstalled() {
        assertThat(story.post("/api/v1/reconcile", "{\"repository\":\"acme/attached\",\"all\":true}").status())
                .isEqualTo(202);
        assertThat(story.claim()).hasSize(1);
    }
}
