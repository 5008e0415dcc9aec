package dev.reeve.web;

import dev.reeve.inbox.Databases;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.Samples;
import dev.reeve.intake.Intake;
import dev.reeve.intake.WebhookSecrets;
import dev.reeve.intake.Webhooks;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The server as a socket sees it: what GitHub sends, and what somebody hostile does. */
class WebServerTest {

    private static final Duration IMPATIENT = Duration.ofMillis(500);
    private static final String BODY = Webhooks.pullRequest("closed", 12);
    private static final String END_OF_HEADERS = "\r\n\r\n";

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Inbox inbox = Inbox.open(Samples.settings(Databases.SQLITE.fresh(), InstantSource.system()));
    private WebServer server = start(WebSettings.USUAL_PATIENCE, WebSettings.USUAL_BODY_MEMORY);
    private int port = server.port();

    private void restart(Duration patience, int bodyMemory) {
        server.close();
        server = start(patience, bodyMemory);
        port = server.port();
    }

    private WebServer start(Duration patience, int bodyMemory) {
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var intake = new Intake(inbox, new WebhookSecrets(List.of(Webhooks.SECRET)), InstantSource.system(), metrics);
        var settings = new WebSettings("127.0.0.1", 0, new AdminToken("let-me-in"), bodyMemory, patience);
        return WebServer.start(settings, intake, new Readiness(inbox, running::get, InstantSource.system()), metrics);
    }

    @AfterEach
    void close() {
        server.close();
        inbox.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Sends the text and reads until the server hangs up. */
    private String exchange(String text) throws IOException {
        try (var socket = connect()) {
            write(socket, text);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + List.of(headers).stream().map(header -> header + "\r\n").collect(Collectors.joining()) + "\r\n";
    }

    private static String head(Map<String, List<String>> headers, String framing) {
        return headers.entrySet()
                .stream()
                .map(header -> header.getKey() + ": " + header.getValue().getFirst() + "\r\n")
                .collect(Collectors.joining("", "POST /webhooks/github HTTP/1.1\r\nHost: x\r\nConnection: close\r\n",
                        framing + END_OF_HEADERS));
    }

    private static String signed(String framing, String body) {
        return head(Webhooks.headers("pull_request", body.getBytes(StandardCharsets.UTF_8)), framing);
    }

    private static String delivery(String body) {
        return signed("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length, body) + body;
    }

    private static int status(String response) {
        return response.isEmpty() ? 0 : Integer.parseInt(response.substring(9, 12));
    }

    private static String content(String response) {
        return response.substring(response.indexOf(END_OF_HEADERS) + END_OF_HEADERS.length());
    }

    private boolean nothingStored() {
        return inbox.overview().delivery(Webhooks.GUID).isEmpty();
    }

    @Test
    void aDeliveryIsAnsweredWithItsNumberAfterItIsStored() throws Exception {
        var first = exchange(delivery(BODY));

        assertThat(status(first)).isEqualTo(202);
        assertThat(content(first)).isEqualTo("{\"delivery\":1,\"attempt\":1}");
        assertThat(nothingStored()).isFalse();
        assertThat(content(exchange(delivery(BODY)))).isEqualTo("{\"delivery\":1,\"attempt\":2}");
    }

    @Test
    void aChunkedDeliveryIsTheSame() throws Exception {
        var bytes = BODY.getBytes(StandardCharsets.UTF_8).length;
        var chunked = signed("Transfer-Encoding: chunked", BODY) + Integer.toHexString(bytes) + "\r\n" + BODY
                + "\r\n0\r\n\r\n";

        assertThat(status(exchange(chunked))).isEqualTo(202);
    }

    @Test
    void deliveriesOnOneConnectionAreAnsweredOneByOne() throws Exception {
        var kept = delivery(BODY).replace("Connection: close", "Connection: keep-alive");

        assertThat(exchange(kept + kept + delivery(BODY)).split("HTTP/1.1 202", -1)).hasSize(4);
    }

    @Test
    void noAnswerNamesSoftwareOrTellsItsInsides() throws Exception {
        for (var request : List.of(delivery(BODY), delivery("{"), get("/nothing"), get("/healthz"), "rubbish\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
                get("/healthz", "X: " + "x".repeat(20_000)))) {
            assertThat(exchange(request)).doesNotContainIgnoringCase("jetty", "javalin", "exception", "java.", "<html",
                    "\tat ");
        }
    }

    @Test
    void aWrongSignatureOrABrokenBodyIsRefusedInPlainWords() throws Exception {
        var wrong = exchange(delivery(BODY).replace("octocat", "hacker1"));
        assertThat(status(wrong)).isEqualTo(401);
        assertThat(content(wrong)).isEqualTo("the signature matches none of the webhook secrets\n");
        assertThat(status(exchange(delivery("{\"a\":")))).isEqualTo(400);
        assertThat(status(exchange(delivery(BODY).replace("application/json", "text/html")))).isEqualTo(415);
        assertThat(nothingStored()).isTrue();
    }

    @Test
    void aLargeBodyIsRefusedByItsAnnouncement() throws Exception {
        assertThat(status(exchange(signed("Content-Length: 26214401", BODY)))).isEqualTo(413);
    }

    @Test
    void aLargeChunkedBodyIsRefusedOnceItIsTooLarge() throws Exception {
        try (var socket = connect()) {
            write(socket, signed("Transfer-Encoding: chunked", BODY));
            var answer = CompletableFuture.supplyAsync(() -> firstLine(socket));
            var chunk = "100000\r\n" + "x".repeat(0x100000) + "\r\n";
            for (int megabytes = 0; megabytes < 40 && !answer.isDone(); megabytes++) {
                try {
                    write(socket, chunk);
                } catch (IOException _) {
                    break; // the server has hung up, as it may
                }
            }
            assertThat(answer.join()).contains("413");
        }
    }

    private static String firstLine(Socket socket) {
        try {
            var line = new byte[64];
            int read = socket.getInputStream().readNBytes(line, 0, line.length);
            return new String(line, 0, read, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "413 may be lost when the connection is reset while sending: " + e.getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: -1", "Content-Length: x", "Content-Length: 99999999999999999999",
            "Content-Length: 5, 6",
            "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 2\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked, gzip", "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding : chunked", " Content-Length: 2"})
    void ambiguousFramingIsRefusedSoThatNothingCanBeSmuggled(String framing) throws Exception {
        var smuggled = "0\r\n\r\n" + delivery(BODY);

        var answer = exchange(signed(framing, BODY) + smuggled);
        assertThat(status(answer)).isIn(400, 413, 501);
        assertThat(answer.split("HTTP/1.1 ", -1)).as("one answer").hasSize(2);
        assertThat(nothingStored()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "-5\r\nabcde\r\n", "FFFFFFFFFFFFFFFFF\r\n", "5\r\nabcdefgh\r\n"})
    void aBrokenChunkIsRefused(String chunk) throws Exception {
        assertThat(status(exchange(signed("Transfer-Encoding: chunked", BODY) + chunk))).isIn(400, 0);
        assertThat(nothingStored()).isTrue();
    }

    @Test
    void whoSendsTooSlowlyIsHungUpOnAndTheOthersAreServed() throws Exception {
        restart(IMPATIENT, WebSettings.USUAL_BODY_MEMORY);
        try (var slowHead = connect(); var slowBody = connect()) {
            write(slowHead, "POST /webhooks/github HTTP/1.1\r\nHost:");
            write(slowBody, delivery(BODY).substring(0, delivery(BODY).length() - 5));
            assertThat(status(exchange(delivery(BODY)))).isEqualTo(202);
            assertThat(slowHead.getInputStream().readAllBytes().length).isLessThan(500);
            assertThat(status(new String(slowBody.getInputStream().readAllBytes(), StandardCharsets.UTF_8))).isIn(0,
                    400, 408);
        }
    }

    @Test
    void whoTricklesABodyIsHungUpOnThoughNeverSilent() throws Exception {
        restart(IMPATIENT, WebSettings.USUAL_BODY_MEMORY);
        try (var socket = connect()) {
            write(socket, signed("Content-Length: 100000", BODY));
            var answer = CompletableFuture.supplyAsync(() -> firstLine(socket));
            await().pollInterval(Duration.ofMillis(100)).atMost(Duration.ofSeconds(5)).until(() -> {
                try {
                    write(socket, "x");
                } catch (java.net.SocketException _) {
                    // It has hung up; what it said before is read all the same.
                }
                return answer.isDone();
            });
            assertThat(answer.join()).contains("408");
        }
    }

    @Test
    void bodiesTogetherTakeNoMoreMemoryThanAllowedAndGiveItBack() throws Exception {
        restart(WebSettings.USUAL_PATIENCE, 100_000);
        var padded = delivery(BODY + " ".repeat(10_000));
        try (var one = connect(); var two = connect()) {
            write(one, signed("Content-Length: 48000", BODY) + "x");
            write(two, signed("Content-Length: 48000", BODY) + "x");
            await().until(() -> status(exchange(padded)) == 503);
            assertThat(exchange(padded)).contains("Retry-After: 5").contains("too many deliveries are being received");
        }
        await().until(() -> status(exchange(padded)) == 202);
    }

    @Test
    void anOverlongHeaderIsRefused() throws Exception {
        assertThat(status(exchange(get("/healthz", "X: " + "x".repeat(20_000))))).isEqualTo(431);
        assertThat(status(exchange("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))).isIn(414, 431);
    }

    @Test
    void unknownPathsAndMethodsAreToldSoInPlainWords() throws Exception {
        assertThat(content(exchange(get("/nothing/here")))).isEqualTo("there is nothing here\n");
        assertThat(status(exchange(get("/webhooks/github")))).isEqualTo(405);
        assertThat(status(exchange(get("/webhooks/github/../../healthz")))).isIn(200, 400, 404);
        assertThat(status(exchange(get("/healthz").replace("GET", "BREW")))).isIn(404, 405, 501);
    }

    @Test
    void itIsAliveAndReadyWhileWorkIsRunAndTheDatabaseCanBeWritten() throws Exception {
        assertThat(content(exchange(get("/healthz")))).isEqualTo("alive\n");
        assertThat(status(exchange(get("/readyz")))).isEqualTo(200);
        running.set(false);
        await().pollInterval(Duration.ofMillis(100)).until(() -> status(exchange(get("/readyz"))) == 503);
        inbox.close();
        await().pollInterval(Duration.ofMillis(100))
                .until(() -> content(exchange(get("/readyz")))
                        .equals("work is not being run\nthe database can't be written\n"));
        assertThat(status(exchange(get("/healthz")))).isEqualTo(200);
        var refused = exchange(delivery(BODY));
        assertThat(status(refused)).isEqualTo(503);
        assertThat(refused).contains("Retry-After: 5");
    }

    @Test
    void metricsAreForWhoShowsTheToken() throws Exception {
        exchange(delivery(BODY));
        assertThat(status(exchange(get("/metrics")))).isEqualTo(401);
        assertThat(status(exchange(get("/metrics", "Authorization: Bearer let-me-in2")))).isEqualTo(401);
        assertThat(status(exchange(get("/metrics", "Authorization: Basic let-me-in")))).isEqualTo(401);
        var metrics = exchange(get("/metrics", "Authorization: Bearer let-me-in"));
        assertThat(metrics)
                .contains("reeve_webhooks_total{action=\"closed\",event=\"pull_request\",status=\"202\"} 1.0");
    }

    @Test
    void aStopAnswersWhatIsUnderWay() throws Exception {
        var whole = delivery(BODY);
        try (var socket = connect()) {
            write(socket, whole.substring(0, whole.length() - 5));
            await().pollInterval(Duration.ofMillis(20)).until(() -> status(exchange(get("/healthz"))) == 200);
            var stop = Thread.ofVirtual().start(server::close);
            await().pollInterval(Duration.ofMillis(20)).ignoreExceptions().until(this::isDeaf);
            write(socket, whole.substring(whole.length() - 5));
            assertThat(firstLine(socket)).contains("202");
            stop.join();
        }
        assertThat(nothingStored()).isFalse();
    }

    private boolean isDeaf() {
        try {
            return status(exchange(get("/healthz"))) != 200;
        } catch (IOException _) {
            return true;
        }
    }
}
