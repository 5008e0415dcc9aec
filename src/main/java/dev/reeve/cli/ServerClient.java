package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reeve.app.Host;
import dev.reeve.config.OperatorConfiguration;
import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a server's API. What it answers is as little trusted as anything from outside: bounded, and escaped when it is printed. */
final class ServerClient {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;
    private static final int LONGEST = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OperatorConfiguration operator;
    private final String command;

    ServerClient(OperatorConfiguration operator, String command) {
        this.operator = operator;
        this.command = command;
    }

    /** A path with parameters after it; those without a value are left out. */
    static final class Query {
        private final String path;
        private final List<String> parameters = new ArrayList<>();

        Query(String path) {
            this.path = path;
        }

        Query with(String name, @Nullable Object value) {
            if (value != null) {
                parameters.add(name + "=" + encoded(value.toString()));
            }
            return this;
        }

        String text() {
            return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
        }
    }

    /** A text as a part of a path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** An object to fill and post. */
    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** @param path below the API's */
    JsonNode get(String path) {
        return ask(request(path).GET());
    }

    JsonNode post(String path, ObjectNode body) {
        return ask(request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** The answer, as it is printed for programs. */
    static String pretty(JsonNode answer) {
        try {
            return escaped(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** JSON itself escapes only what is below a blank; the rest of what moves a cursor or turns text around can only stand in its strings. */
    private static String escaped(String json) {
        var out = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (c < 0x7f || Text.isShown(c)) {
                out.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    out.append("\\u%04x".formatted((int) unit));
                }
            }
        });
        return out.toString();
    }

    private HttpRequest.Builder request(String path) {
        var builder = HttpRequest.newBuilder(URI.create(operator.server() + "/api/v1" + path))
                .timeout(PATIENCE)
                .header("X-Reeve-Command", command)
                .header("X-Reeve-Operator", header(System.getProperty("user.name", "?") + "@" + Host.name()));
        operator.token().ifPresent(token -> builder.header("Authorization", "Bearer " + token.reveal()));
        return builder;
    }

    private static String header(String text) {
        return text.replaceAll("[^\\x21-\\x7e]", "?");
    }

    private JsonNode ask(HttpRequest.Builder builder) {
        try (var client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            var response = client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var in = response.body()) {
                return answer(response.statusCode(), in.readNBytes(LARGEST_ANSWER));
            }
        } catch (ConnectException e) {
            throw Refusal.failed("no server answers at " + operator.server()
                    + ": start it with reeve serve, or name another with --server URL");
        } catch (HttpTimeoutException e) {
            throw Refusal.failed("the server at " + operator.server() + " doesn't answer in time");
        } catch (IOException e) {
            throw Refusal.failed("the server at " + operator.server() + " can't be asked: "
                    + Text.plain(String.valueOf(e.getMessage()), LONGEST));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.failed("interrupted");
        }
    }

    private JsonNode answer(int status, byte[] body) {
        var json = parsed(body);
        if (status / 100 == 2 && json.isObject()) {
            return json;
        }
        var detail = Text.plain(json.path("detail")
                .asText("what answers at " + operator.server() + " does so with status " + status
                        + " and no word of Reeve's: is it a Reeve server of this version? --server URL names another"),
                LONGEST);
        throw switch (status) {
            case 401 -> Refusal.usage("the server at " + operator.server() + (operator.token().isPresent()
                    ? " has another admin token: set REEVE_ADMIN_TOKEN or REEVE_ADMIN_TOKEN_FILE to that"
                    : " asks for its admin token: set REEVE_ADMIN_TOKEN or REEVE_ADMIN_TOKEN_FILE"));
            case 400, 403, 422 -> Refusal.usage(detail);
            default -> Refusal.failed(detail);
        };
    }

    private static JsonNode parsed(byte[] body) {
        try {
            var json = JSON.readTree(body);
            return json == null ? JSON.missingNode() : json;
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
