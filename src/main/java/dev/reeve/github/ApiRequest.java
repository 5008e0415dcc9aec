package dev.reeve.github;

import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;

/**
 * One request to the API.
 *
 * @param path below the API's address, beginning with {@code /}, encoded, with its query
 * @param body the JSON that is sent; null for none
 * @param needs the permission without which GitHub refuses it
 */
record ApiRequest(Method method, String path, @Nullable String body, Permission needs, Repeat repeat) {

    /** The methods in use. */
    enum Method {
        GET, POST, PATCH
    }

    /** Whether asking a second time, not knowing what became of the first, does no harm. */
    enum Repeat {
        HARMLESS, NEVER
    }

    /** {@code GET /repos/acme/shop/pulls/12}: for messages, so without the body. */
    @Override
    public String toString() {
        return method + " " + Text.plain(path, 300);
    }
}
