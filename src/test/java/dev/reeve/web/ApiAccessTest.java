package dev.reeve.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may call the API, and how. */
class ApiAccessTest {

    private static final String ALL = "{\"repository\":\"acme/shop\",\"all\":true}";

    private static String exchange(ApiStory story, String head, String body) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), story.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((head + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String queue(String host, String... headers) {
        return "GET /api/v1/queue HTTP/1.1\r\nHost: " + host + "\r\n"
                + String.join("", java.util.Arrays.stream(headers).map(header -> header + "\r\n").toList());
    }

    @Test
    void whereATokenIsSetItIsAskedForEvenFromThisMachine() throws Exception {
        try (var story = ApiStory.withToken()) {
            assertThat(exchange(story, queue("localhost"), "")).startsWith("HTTP/1.1 401")
                    .contains("WWW-Authenticate: Bearer");
            assertThat(exchange(story, queue("localhost", "Authorization: Bearer wrong"), ""))
                    .startsWith("HTTP/1.1 401");
            assertThat(exchange(story, queue("reeve.example.com", "Authorization: Bearer " + ApiStory.TOKEN,
                    "X-Forwarded-For: 203.0.113.1"), "")).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:8080", "[::1]:8080"})
    void withoutATokenThisMachineMayCall(String host) throws Exception {
        try (var story = ApiStory.withoutToken()) {
            assertThat(exchange(story, queue(host), "")).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080", "0.0.0.0"})
    void aNameOfAnothersMakingIsRefused(String host) throws Exception {
        try (var story = ApiStory.withoutToken()) {
            assertThat(exchange(story, queue(host), "")).startsWith("HTTP/1.1 403").contains("REEVE_ADMIN_TOKEN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For: 127.0.0.1", "x-forwarded-server: shop", "Forwarded: for=127.0.0.1",
            "Via: 1.1 proxy"})
    void whatCameThroughAProxyIsRefusedWithoutAToken(String header) throws Exception {
        try (var story = ApiStory.withoutToken()) {
            assertThat(exchange(story, queue("localhost", header), "")).startsWith("HTTP/1.1 403").contains("proxy");
        }
    }

    @Test
    void aServerWithAPublicAddressAsksForAToken() throws Exception {
        try (var story = new ApiStory(null, OperatorAccess.Reach.OTHERS, WebSettings.USUAL_PATIENCE)) {
            assertThat(exchange(story, queue("localhost"), "")).startsWith("HTTP/1.1 403").contains("public address");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void aFormOfAnotherSiteChangesNothing(String type) {
        try (var story = ApiStory.withoutToken()) {
            var answer = story.send(story.request("/api/v1/reconcile")
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(ALL)));
            assertThat(answer.problem(415)).contains("application/json");
            assertThat(story.claim()).isEmpty();
        }
    }

    @Test
    void aBodyIsBounded() {
        try (var story = ApiStory.withToken()) {
            assertThat(story.post("/api/v1/reconcile", " ".repeat(70_000) + ALL).problem(413)).contains("64 kB");
            assertThat(story.claim()).isEmpty();
        }
    }

    @Test
    void whoIsRefusedChangesNothing() {
        try (var story = ApiStory.withToken()) {
            var answer = story.send(HttpRequest
                    .newBuilder(java.net.URI.create("http://127.0.0.1:" + story.port() + "/api/v1/reconcile"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(ALL)));
            assertThat(answer.problem(401)).contains("Bearer");
            assertThat(story.claim()).isEmpty();
        }
    }
}
