package dev.reeve.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * As much of GitHub's REST API as one merged pull request needs: the installation, its token, the pull request, its files, check runs.
 * It believes whoever asks; nothing outside this machine can reach it.
 *
 * <p><b>Threading.</b> The server answers requests one after another; what they change is guarded by this object.
 */
final class StandInGitHub implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final InstantSource clock;
    private final String repository;
    private final ObjectNode pullRequest;
    private final List<String> changedFiles;
    private final List<ObjectNode> checkRuns = new ArrayList<>();

    /** @param pullRequest as GitHub's API gives it */
    StandInGitHub(String repository, ObjectNode pullRequest, List<String> changedFiles, InstantSource clock)
            throws IOException {
        this.repository = repository;
        this.pullRequest = pullRequest;
        this.changedFiles = changedFiles;
        this.clock = clock;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where its API is. */
    URI api() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The check run as it stands, once there is one. */
    synchronized Optional<JsonNode> checkRun() {
        return checkRuns.isEmpty() ? Optional.empty() : Optional.of(checkRuns.getLast().deepCopy());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = JSON.readTree(exchange.getRequestBody());
            var answer = route(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
            var bytes = JSON.writeValueAsBytes(answer.orElse(JSON.createObjectNode().put("message", "Not Found")));
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(answer.isEmpty() ? 404 : status(exchange), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static int status(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("POST") ? 201 : 200;
    }

    private synchronized Optional<JsonNode> route(String method, String path, JsonNode body) {
        var mine = "/repos/" + repository;
        var pull = mine + "/pulls/" + pullRequest.get("number").asInt();
        return switch (method + " " + path) {
            case String s when s.equals("GET " + mine + "/installation") -> Optional.of(installation());
            case "GET /app/installations", "GET /app/hook/deliveries" -> Optional.of(JSON.createArrayNode());
            case String s when s.startsWith("POST /app/installations/") -> Optional.of(token());
            case String s when s.equals("GET " + mine) ->
                Optional.of(JSON.createObjectNode()
                        .put("id", 1)
                        .put("full_name", repository)
                        .put("default_branch", "main"));
            case String s when s.equals("GET " + pull) -> Optional.of(pullRequest);
            case String s when s.equals("GET " + mine + "/pulls") ->
                Optional.of(JSON.createArrayNode().add(pullRequest));
            case String s when s.equals("GET " + pull + "/files") -> Optional.of(files());
            case String s when s.matches("GET " + mine + "/commits/[0-9a-f]+/check-runs") -> Optional.of(runs());
            case String s when s.equals("POST " + mine + "/check-runs") -> Optional.of(create(body));
            case String s when s.startsWith("PATCH " + mine + "/check-runs/") -> update(path, body);
            default -> Optional.empty();
        };
    }

    private static ObjectNode installation() {
        var installation = JSON.createObjectNode().put("id", 1).put("app_id", 1);
        installation.putNull("suspended_at").set("permissions", permissions());
        return installation;
    }

    private static ObjectNode permissions() {
        return JSON.createObjectNode()
                .put("checks", "write")
                .put("contents", "write")
                .put("pull_requests", "read")
                .put("metadata", "read");
    }

    private ObjectNode token() {
        return JSON.createObjectNode()
                .put("token", "ghs_demo")
                .put("expires_at",
                        clock.instant().plus(Duration.ofHours(1)).toString())
                .set("permissions", permissions());
    }

    private ArrayNode files() {
        var files = JSON.createArrayNode();
        changedFiles.forEach(name -> files.addObject().put("filename", name).put("status", "modified"));
        return files;
    }

    private ObjectNode runs() {
        var runs = JSON.createArrayNode();
        checkRuns.forEach(runs::add);
        return JSON.createObjectNode().put("total_count", runs.size()).set("check_runs", runs);
    }

    private ObjectNode create(JsonNode body) {
        var run = body.<ObjectNode>deepCopy().put("id", checkRuns.size() + 1);
        run.putObject("app").put("id", 1);
        run.withObjectProperty("output").put("annotations_count", 0);
        checkRuns.add(run);
        return run;
    }

    private Optional<JsonNode> update(String path, JsonNode body) {
        var id = path.substring(path.lastIndexOf('/') + 1);
        var found = checkRuns.stream().filter(run -> run.get("id").asText().equals(id)).findFirst();
        found.ifPresent(run -> {
            run.setAll((ObjectNode) body.deepCopy());
            run.withObjectProperty("output").put("annotations_count", 0);
        });
        return found.map(run -> run);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
