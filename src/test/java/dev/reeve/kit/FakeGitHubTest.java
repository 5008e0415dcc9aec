package dev.reeve.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** That the stand-in refuses what GitHub refuses: a kind stand-in would let tests pass that should not. */
class FakeGitHubTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.atNoon();
    private final HttpClient http = HttpClient.newHttpClient();
    private FakeGitHub github;
    private FakeRepository shop;
    private Path bare;

    @BeforeEach
    void start() throws Exception {
        bare = folder.resolve("shop.git");
        git("", "init", "--quiet", "--bare", "--initial-branch=main", bare.toString());
        commit("main", "", "README.md");
        commit("task/fix-login", "from refs/heads/main^0\n", "login.js");
        github = FakeGitHub.start(clock).personalToken("ghp_x");
        shop = github.repository("acme/shop", bare);
    }

    @AfterEach
    void stop() {
        github.close();
        http.close();
    }

    private void commit(String branch, String from, String file) throws Exception {
        git("commit refs/heads/" + branch + "\ncommitter A <a@example.com> 1 +0000\ndata 1\nx\n" + from
                + "M 100644 inline " + file + "\ndata 2\n1\n\n", "fast-import", "--quiet");
    }

    private String git(String input, String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("git", "--git-dir", bare.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(github.apiUrl() + path))
                .header("Authorization", "Bearer ghp_x")
                .header("User-Agent", "test")
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .POST(BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aMergeIsARealMergeCommitOnTheBaseBranch() throws Exception {
        var head = shop.openPull(12).from("task/fix-login").headSha();
        var before = git("", "rev-parse", "main");

        var merge = shop.pull(12).merge();

        assertThat(git("", "rev-parse", "main", "main^1", "main^2").lines()).containsExactly(merge.value(), before,
                head.value());
        assertThat(git("", "ls-tree", "--name-only", "main").lines()).containsExactly("README.md", "login.js");
    }

    @Test
    void aSquashIsOneNewCommitAndTheHeadStaysWhatItWas() throws Exception {
        var head = shop.openPull(12).title("Fix login").from("task/fix-login").headSha();

        var squashed = shop.pull(12).squash();
        git("", "update-ref", "-d", "refs/heads/task/fix-login");

        assertThat(git("", "log", "-1", "--format=%H %s %P", "main"))
                .isEqualTo(squashed + " Fix login (#12) " + git("", "rev-parse", "main~1"));
        assertThat(shop.pull(12).headSha()).isEqualTo(head);
    }

    @Test
    void theEventOfAMergeIsSignedAndSaysWhatGitHubSays() throws Exception {
        shop.openPull(12).from("task/fix-login").merge();
        var heard = new CompletableFuture<String>();
        var hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            var body = exchange.getRequestBody().readAllBytes();
            heard.complete(exchange.getRequestHeaders().getFirst("X-GitHub-Event") + " "
                    + exchange.getRequestHeaders()
                            .getFirst("X-Hub-Signature-256")
                            .equals(FakeDelivery.signature("s", body)));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        hook.start();
        try {
            var delivery = shop.pullRequestEvent(12, "closed");
            var url = URI.create("http://127.0.0.1:" + hook.getAddress().getPort() + "/webhooks/github");
            assertThat(delivery.to(url, "s").statusCode()).isEqualTo(202);
            assertThat(heard.join()).isEqualTo("pull_request true");

            var payload = JSON.readTree(delivery.body());
            assertThat(payload.path("pull_request").path("merged").asBoolean()).isTrue();
            assertThat(payload.path("repository").path("full_name").asText()).isEqualTo("acme/shop");
            assertThat(payload.path("installation").path("id").asLong()).isEqualTo(shop.installation().id());
        } finally {
            hook.stop(0);
        }
    }

    @Test
    void aBodyIsSignedAsGitHubsDocumentationShows() {
        assertThat(
                FakeDelivery.signature("It's a Secret to Everybody", "Hello, World!".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    }

    @Test
    void aPushNamesItsCommitsAndWhetherItWasForced() throws Exception {
        var main = new Sha(git("", "rev-parse", "main"));
        var topic = new Sha(git("", "rev-parse", "task/fix-login"));

        assertThat(push(main, topic).path("commits")).singleElement()
                .satisfies(commit -> assertThat(commit.path("id").asText()).isEqualTo(topic.value()));
        assertThat(push(main, topic).path("forced").asBoolean()).isFalse();
        assertThat(push(topic, main).path("forced").asBoolean()).isTrue();
        assertThat(push(new Sha("0".repeat(40)), main).path("created").asBoolean()).isTrue();
        assertThat(push(main, new Sha("0".repeat(40))).path("deleted").asBoolean()).isTrue();
    }

    private JsonNode push(Sha before, Sha after) throws Exception {
        return JSON.readTree(shop.pushEvent("main", before, after).body());
    }

    @Test
    void checkRunsOutsideOfTheLimitsAreRefused() throws Exception {
        var head = git("", "rev-parse", "main");
        var good = "{\"name\":\"reeve\",\"head_sha\":\"" + head + "\",\"conclusion\":\"success\",\"output\":"
                + "{\"title\":\"t\",\"summary\":\"s\"%s}}";
        var annotation = "{\"path\":\"a\",\"start_line\":1,\"end_line\":1,\"annotation_level\":\"notice\",\"message\":\"m\"}";

        assertThat(status(good.formatted(""))).isEqualTo(201);
        assertThat(status(good.formatted(",\"annotations\":[" + annotation + "]"))).isEqualTo(201);
        for (var extra : List.of(",\"text\":\"" + "x".repeat(65_536) + "\"",
                ",\"annotations\":[" + (annotation + ",").repeat(50) + annotation + "]",
                ",\"annotations\":[" + annotation.replace("notice", "loud") + "]",
                ",\"annotations\":[" + annotation.replace("\"start_line\":1", "\"start_line\":0") + "]")) {
            assertThat(status(good.formatted(extra))).as(extra.substring(0, 20)).isEqualTo(422);
        }
        assertThat(status(good.formatted("").replace("success", "great"))).isEqualTo(422);
        assertThat(status(good.formatted("").replace(head, "1".repeat(40)))).isEqualTo(422);
        assertThat(status(good.formatted("").replace("conclusion", "verdict"))).isEqualTo(422);
        assertThat(github.writes()).hasSize(9).filteredOn(write -> write.status() == 422).hasSize(7);
        assertThat(github.violations()).isEmpty();
    }

    private int status(String body) throws Exception {
        return post("/repos/acme/shop/check-runs", body).statusCode();
    }

    @Test
    void whatACarefulClientDoesNotSendIsAViolation() throws Exception {
        http.send(HttpRequest.newBuilder(URI.create(github.apiUrl() + "/repos/acme/shop?per_page=101")).build(),
                BodyHandlers.ofString());
        post("/repos/acme/shop/issues", "{}");

        assertThat(github.violations()).anyMatch(one -> one.endsWith("header authorization"))
                .anyMatch(one -> one.endsWith("header x-github-api-version"))
                .anyMatch(one -> one.endsWith("per_page"))
                .anyMatch(one -> one.endsWith("/issues: no such address"));
        assertThat(github.writes()).singleElement().satisfies(write -> assertThat(write.status()).isEqualTo(404));
    }
}
