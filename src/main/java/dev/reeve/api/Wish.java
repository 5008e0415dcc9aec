package dev.reeve.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The body of a call: one JSON object of few members, each read as what it must be. */
final class Wish {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final int LONGEST = 300;

    private final JsonNode object;

    private Wish(JsonNode object) {
        this.object = object;
    }

    /** @param known the members that there may be */
    static Wish of(Call call, String... known) {
        var bytes = call.body().bytes();
        var object = bytes.length == 0 ? JSON.createObjectNode() : parsed(bytes);
        if (!object.isObject()) {
            throw new RefusedCall(400, "the body must be a JSON object");
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!List.of(known).contains(name)) {
                throw RefusedCall.senseless("the body has an unknown member; there are: " + String.join(", ", known));
            }
        });
        return new Wish(object);
    }

    private static JsonNode parsed(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new RefusedCall(400, "the body is no valid JSON" + (at == null ? ""
                    : ": line " + at.getLineNr() + ", column " + at.getColumnNr()));
        } catch (IOException e) {
            throw new RefusedCall(400, "the body can't be read");
        }
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(member(name)).map(value -> {
            if (!value.isTextual() || value.textValue().length() > LONGEST) {
                throw RefusedCall.senseless(name + " must be a text of at most " + LONGEST + " characters");
            }
            return value.textValue();
        });
    }

    /** True only where it says so. */
    boolean isTrue(String name) {
        var value = member(name);
        if (value != null && !value.isBoolean()) {
            throw RefusedCall.senseless(name + " must be true or false");
        }
        return value != null && value.booleanValue();
    }

    Optional<Integer> number(String name) {
        return Optional.ofNullable(member(name)).map(value -> {
            if (!value.isInt() || value.intValue() < 1 || value.intValue() > 999_999_999) {
                throw RefusedCall.senseless(name + " must be a number from 1 to 999999999");
            }
            return value.intValue();
        });
    }

    private @Nullable JsonNode member(String name) {
        return has(name) ? object.get(name) : null;
    }
}
