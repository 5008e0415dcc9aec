package dev.reeve.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;

/**
 * One request to the API.
 *
 * @param path below the API's address, beginning with {@code /}, encoded, with its query
 * @param body what is sent; null for none
 * @param needs the permission without which GitHub refuses it
 */
record ApiRequest(Method method, String path, @Nullable JsonNode body, Permission needs, Repeat repeat) {

    /** The methods in use. */
    enum Method {
        GET, POST, PATCH
    }

    /** Whether asking a second time, not knowing what became of the first, does no harm. */
    enum Repeat {
        HARMLESS, NEVER
    }

    static ApiRequest get(String path, Permission needs) {
        return new ApiRequest(Method.GET, path, null, needs, Repeat.HARMLESS);
    }

    static ApiRequest post(String path, JsonNode body, Permission needs) {
        return new ApiRequest(Method.POST, path, body, needs, Repeat.NEVER);
    }

    static ApiRequest patch(String path, JsonNode body, Permission needs) {
        return new ApiRequest(Method.PATCH, path, body, needs, Repeat.NEVER);
    }

    /** The same, for a write that may be sent again. */
    ApiRequest repeatable() {
        return new ApiRequest(method, path, body, needs, Repeat.HARMLESS);
    }

    /** {@code GET /repos/acme/shop/pulls/12}: for messages, so without the body. */
    @Override
    public String toString() {
        return method + " " + Text.plain(path, 300);
    }
}
