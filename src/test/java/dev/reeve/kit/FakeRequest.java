package dev.reeve.kit;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request as it came.
 *
 * @param path below the API's address
 * @param query decoded
 * @param headers by lower-case name
 * @param body as JSON; null when there was none
 */
public record FakeRequest(String method, String path, Map<String, String> query, Map<String, String> headers,
        @Nullable JsonNode body) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    int number(String parameter, int otherwise) {
        return Optional.ofNullable(query.get(parameter)).map(Integer::valueOf).orElse(otherwise);
    }

    /** {@code GET /repos/acme/shop/pulls/12}, without the query. */
    public String line() {
        return method + " " + path;
    }

    /** Where another page of the same is, as a header says it. */
    String link(int page) {
        var parameters = new LinkedHashMap<>(query);
        parameters.put("page", Integer.toString(page));
        var text = parameters.entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return "<http://" + headers.get("host") + FakeGitHub.PREFIX + path + "?" + text + ">; rel=\"next\"";
    }

    /** Whether it changes something that others see; asking for a token does not. */
    boolean isWrite() {
        return !method.equals("GET") && !path.endsWith("/access_tokens");
    }
}
