package dev.reeve.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reeve.kit.GitRepositories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of GitHub's API as merged pull requests need, answered at once, so that what is measured is the server. Task {@code task-N} has pull request N. */
final class BenchGitHub {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String repository;
    private final Map<Integer, ObjectNode> pulls = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> runs = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final HttpServer server;

    BenchGitHub(String repository) {
        this.repository = repository;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Merges a pull request on the remote; gives the webhook's payload. */
    byte[] merge(GitRepositories.Remote remote, int number) {
        var merge = remote.commit("main").file("src/code-" + number, "code\n").push("Merge pull request #" + number);
        var pull = JSON.createObjectNode()
                .put("number", number)
                .put("state", "closed")
                .put("merged", true)
                .put("title", "Work " + number)
                .put("draft", false)
                .put("merged_at", "2026-03-27T10:00:00Z")
                .put("merge_commit_sha", merge.value())
                .put("updated_at", "2026-03-27T10:00:00Z")
                .put("created_at", "2026-03-27T09:00:00Z")
                .put("html_url", "https://github.com/" + repository + "/pull/" + number);
        pull.putNull("body");
        pull.putObject("user").put("login", "dave");
        pull.putObject("base")
                .put("ref", "main")
                .put("sha", merge.value())
                .putObject("repo")
                .put("id", 1)
                .put("full_name", repository);
        pull.putObject("head")
                .put("ref", "task/task-" + number)
                .put("sha", merge.value())
                .putObject("repo")
                .put("id", 1)
                .put("full_name", repository);
        pulls.put(number, pull);
        var payload = JSON.createObjectNode().put("action", "closed").put("number", number);
        payload.set("pull_request", pull);
        payload.putObject("repository").put("full_name", repository).put("default_branch", "main");
        payload.putObject("installation").put("id", 1);
        return payload.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = JSON.readTree(exchange.getRequestBody());
            var answer = route(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
            var bytes = JSON.writeValueAsBytes(answer.orElse(JSON.createObjectNode().put("message", "Not Found")));
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(
                    answer.isEmpty() ? 404 : exchange.getRequestMethod().equals("POST") ? 201 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Optional<JsonNode> route(String method, String path, JsonNode body) {
        var mine = "/repos/" + repository;
        if (path.equals(mine + "/installation")) {
            return Optional.of(withPermissions(
                    JSON.createObjectNode().put("id", 1).put("app_id", 1).putNull("suspended_at")));
        }
        if (path.startsWith("/app/installations/")) {
            return Optional.of(withPermissions(
                    JSON.createObjectNode().put("token", "ghs_benchmark").put("expires_at", "2099-01-01T00:00:00Z")));
        }
        if (path.equals(mine)) {
            return Optional.of(JSON.createObjectNode()
                    .put("id", 1)
                    .put("name", "shop")
                    .put("full_name", repository)
                    .put("default_branch", "main"));
        }
        if (path.matches(mine + "/pulls/[0-9]+")) {
            return Optional.ofNullable(pulls.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1))));
        }
        if (path.endsWith("/files") || path.equals(mine + "/pulls")) {
            return Optional.of(JSON.createArrayNode());
        }
        if (path.endsWith("/check-runs") && method.equals("GET")) {
            return Optional.of(JSON.createObjectNode().put("total_count", 0).set("check_runs", JSON.createArrayNode()));
        }
        if (path.startsWith(mine + "/check-runs")) {
            var run = body.<ObjectNode>deepCopy().put("id", ids.incrementAndGet());
            run.putObject("app").put("id", 1);
            run.withObjectProperty("output").put("annotations_count", 0);
            runs.put(run.get("id").asText(), run);
            return Optional.of(run);
        }
        return Optional.empty();
    }

    private static ObjectNode withPermissions(ObjectNode node) {
        node.putObject("permissions")
                .put("checks", "write")
                .put("contents", "write")
                .put("pull_requests", "read")
                .put("metadata", "read");
        return node;
    }
}
