package dev.reeve.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks JSON against a schema, as far as the schemas in {@code docs} go; a keyword that it doesn't know is a fault of the schema. */
public final class JsonSchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KNOWN = Set.of("$schema", "$defs", "$ref", "title", "description", "type",
            "required", "additionalProperties", "properties", "items", "const", "enum", "pattern", "minimum");

    private final JsonNode schema;
    private final List<String> faults = new ArrayList<>();

    private JsonSchema(JsonNode schema) {
        this.schema = schema;
    }

    /** What is wrong with a document; nothing when it fits. */
    public static List<String> faults(Path schema, String document) {
        try {
            return faults(JSON.readTree(schema.toFile()), "", document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is wrong with a document.
     *
     * @param root what references start from
     * @param rule where in it the schema is, as a JSON pointer
     */
    public static List<String> faults(JsonNode root, String rule, String document) {
        try {
            var check = new JsonSchema(root);
            check.check(root.at(rule), JSON.readTree(document), "$");
            return check.faults;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(JsonNode rule, JsonNode value, String at) {
        rule.fieldNames()
                .forEachRemaining(keyword -> require(KNOWN.contains(keyword), at, "unknown keyword " + keyword));
        if (rule.has("$ref")) {
            check(schema.at(rule.get("$ref").asText().substring(1)), value, at);
        }
        require(!rule.has("type") || isOfType(rule.get("type").asText(), value), at, "no " + rule.path("type"));
        require(!rule.has("const") || rule.get("const").equals(value), at, "not " + rule.path("const"));
        require(!rule.has("enum") || contains(rule.get("enum"), value), at, value + " is none of " + rule.path("enum"));
        require(!rule.has("pattern") || value.asText().matches(rule.get("pattern").asText()), at, "no match: " + value);
        require(!rule.has("minimum") || value.asLong() >= rule.get("minimum").asLong(), at, "too small: " + value);
        rule.path("required").forEach(name -> require(value.has(name.asText()), at, "without " + name));
        if (rule.has("properties")) {
            value.properties().forEach(field -> {
                var property = rule.get("properties").get(field.getKey());
                require(property != null, at, "unexpected " + field.getKey());
                if (property != null) {
                    check(property, field.getValue(), at + "." + field.getKey());
                }
            });
        }
        if (rule.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(rule.get("items"), value.get(i), at + "[" + i + "]");
            }
        }
    }

    private static boolean isOfType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            default -> false;
        };
    }

    private static boolean contains(JsonNode array, JsonNode value) {
        for (var one : array) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private void require(boolean holds, String at, String otherwise) {
        if (!holds) {
            faults.add(at + ": " + otherwise);
        }
    }
}
