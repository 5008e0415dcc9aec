package dev.reeve.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reeve.api.Endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The document that describes the API. */
final class ApiDocument {

    static final JsonNode ROOT = read();

    private ApiDocument() {}

    private static JsonNode read() {
        try (var in = ApiDocument.class.getResourceAsStream("/api/openapi.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String path(Endpoint endpoint) {
        return endpoint.path().replace('<', '{').replace('>', '}');
    }

    /** Where it describes a call, as a JSON pointer. */
    static String of(Endpoint endpoint) {
        return "/paths/" + path(endpoint).replace("/", "~1") + "/"
                + endpoint.method().name().toLowerCase(Locale.ROOT);
    }
}
