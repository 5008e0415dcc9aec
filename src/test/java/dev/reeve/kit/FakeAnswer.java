package dev.reeve.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is answered: status, headers, and the body's text. */
record FakeAnswer(int status, Map<String, String> headers, String body) {

    static FakeAnswer ok(JsonNode body) {
        return new FakeAnswer(200, Map.of(), body.toString());
    }

    static FakeAnswer created(JsonNode body) {
        return new FakeAnswer(201, Map.of(), body.toString());
    }

    /** A refusal with GitHub's words. */
    static FakeAnswer refused(int status, String message) {
        return new FakeAnswer(status, Map.of(), JsonNodeFactory.instance.objectNode()
                .put("message", message)
                .put("documentation_url", "https://docs.github.com/rest")
                .put("status", Integer.toString(status))
                .toString());
    }

    FakeAnswer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new FakeAnswer(status, more, body);
    }
}
