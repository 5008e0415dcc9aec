package dev.reeve.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reeve.model.Sha;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A JSON object or array in an answer, read strictly: each method gives the field as the type that it must have, or
 * fails as {@link GitHubFailure.Kind.Malformed} with the field's path. Numbers and words are never converted into
 * each other. For an optional field, absent and null are the same, another type is still a fault.
 *
 * @param path where this is in the answer, for messages
 * @param request what was answered, for messages
 */
record Fields(JsonNode node, String path, ApiRequest request) {

    Fields object(String name) {
        var field = at(name);
        field.require(field.node.isObject(), "no object");
        return field;
    }

    Optional<Fields> optionalObject(String name) {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    String text(String name) {
        var field = at(name);
        field.require(field.node.isTextual(), "no text");
        return field.node.textValue();
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** A whole number, zero or more, that fits an {@code int}, as pull requests have. */
    int number(String name) {
        var field = at(name);
        field.require(field.node.isIntegralNumber() && field.node.canConvertToInt() && field.node.intValue() >= 0,
                "no number that fits");
        return field.node.intValue();
    }

    /** GitHub's id of a thing. */
    long id(String name) {
        var field = at(name);
        field.require(field.node.isIntegralNumber() && field.node.canConvertToLong() && field.node.longValue() > 0,
                "no id");
        return field.node.longValue();
    }

    /** True or false; absent is false. */
    boolean flag(String name) {
        var field = at(name);
        field.require(!has(name) || field.node.isBoolean(), "neither true nor false");
        return field.node.booleanValue();
    }

    /** True, false, or not known: absent and null are the same. */
    Optional<Boolean> optionalFlag(String name) {
        return has(name) ? Optional.of(flag(name)) : Optional.empty();
    }

    Sha sha(String name) {
        var field = at(name);
        return Sha.parse(text(name)).orElseThrow(() -> field.malformed("no object name"));
    }

    Optional<Sha> optionalSha(String name) {
        return has(name) ? Optional.of(sha(name)) : Optional.empty();
    }

    Instant time(String name) {
        try {
            return OffsetDateTime.parse(text(name)).toInstant();
        } catch (DateTimeParseException _) {
            throw at(name).malformed("no time");
        }
    }

    Optional<Instant> optionalTime(String name) {
        return has(name) ? Optional.of(time(name)) : Optional.empty();
    }

    /** One of a few words. */
    void oneOf(String name, String... words) {
        var field = at(name);
        field.require(List.of(words).contains(text(name)), "none of " + String.join(", ", words));
    }

    /** An address of a page. */
    void webAddress(String name) {
        var field = at(name);
        field.require(text(name).matches("https?://[\\x21-\\x7e]{1,2000}"), "no address of a page");
    }

    /** That every field of this object is a text. */
    void requireTexts() {
        node.properties().forEach(entry -> text(entry.getKey()));
    }

    /** The fields of this object, all of them texts. */
    Map<String, String> texts() {
        return node.properties()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> text(entry.getKey())));
    }

    /** The texts of the array that the field is; absent is none. */
    List<String> words(String name) {
        return has(name) ? each(name).map(word -> {
            word.require(word.node.isTextual(), "no text");
            return word.node.textValue();
        }).toList() : List.of();
    }

    /** The elements of the array that the field is. */
    Stream<Fields> each(String name) {
        return at(name).each();
    }

    /** The elements of the array that this is. */
    Stream<Fields> each() {
        require(node.isArray(), "no array");
        return IntStream.range(0, node.size()).mapToObj(i -> new Fields(node.path(i), path + "[" + i + "]", request));
    }

    GitHubFailure malformed(String what) {
        return GitHubFailure.malformed(request, (path.isEmpty() ? "it" : path) + " is " + what);
    }

    private boolean has(String name) {
        return node.hasNonNull(name);
    }

    private Fields at(String name) {
        return new Fields(node.path(name), path.isEmpty() ? name : path + "." + name, request);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw malformed(otherwise);
        }
    }
}
