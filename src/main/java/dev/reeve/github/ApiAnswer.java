package dev.reeve.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What GitHub answered, not yet judged.
 *
 * @param link the header that says where the next page is
 * @param body the text as it came, already within the size that is accepted
 */
record ApiAnswer(int status, HttpHeaders headers, Optional<String> link, String body) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The body as JSON with the request it answers, for reading its fields strictly. */
    Fields fields(ApiRequest request) {
        try {
            return new Fields(JSON.readTree(body), "", request);
        } catch (JsonProcessingException e) {
            throw GitHubFailure.malformed(request, "it is no JSON");
        }
    }

    /** GitHub's {@code message}, for refusals; empty when there is none. */
    String message() {
        try {
            JsonNode message = JSON.readTree(body).path("message");
            return message.isTextual() ? message.textValue() : "";
        } catch (JsonProcessingException _) {
            return "";
        }
    }

    /** Whether GitHub says that there is another page. */
    boolean hasNextPage() {
        return link.filter(value -> value.contains("rel=\"next\"")).isPresent();
    }

    /** A header's first value. */
    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** A header that is a count or a number of seconds, at most ten digits; another value counts as absent. */
    Optional<Long> number(String name) {
        return header(name).filter(value -> value.matches("[0-9]{1,10}")).map(Long::valueOf);
    }

    /** GitHub's time when it answered, to the second. */
    Optional<Instant> date() {
        try {
            return header("Date")
                    .map(value -> ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** Without the body, which may hold a token. */
    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length() + " characters";
    }
}
