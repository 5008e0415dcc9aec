package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A snapshot as whoever reads the file sees it. */
record Seen(JsonNode json) {

    static Seen in(String text) {
        try {
            return new Seen(new ObjectMapper().readTree(text));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String field) {
        return json.path(field).asText();
    }

    int count(String bucket) {
        return json.path("counts").path(bucket).asInt();
    }

    JsonNode task(String slug) {
        return all("tasks").filter(task -> task.path("slug").asText().equals(slug))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task " + slug + " in " + json.path("tasks")));
    }

    String bucket(String slug) {
        return task(slug).path("bucket").asText();
    }

    boolean dispatchable(String slug) {
        return task(slug).has("dispatchable_since");
    }

    /** The kinds of a task's signals, the leading one first; none where it has no incident. */
    List<String> signals(String slug) {
        return signalsOf(slug).map(signal -> signal.path("kind").asText()).toList();
    }

    /** What a signal of a task says; empty where it has none of that kind. */
    String says(String slug, String kind) {
        return signalsOf(slug).filter(signal -> signal.path("kind").asText().equals(kind))
                .map(signal -> signal.path("severity").asText() + ": " + signal.path("message").asText())
                .findFirst()
                .orElse("");
    }

    /** Where the cause of a task's incident is, {@code file:line:column}. */
    String place(String slug) {
        var lead = signalsOf(slug).findFirst().orElseThrow();
        return lead.path("file").asText() + ":" + lead.path("line").asText() + ":" + lead.path("column").asText();
    }

    /** What can be done about a task's incident; empty where it has none. */
    String remedy(String slug) {
        return incident(slug).map(incident -> incident.path("remedy").asText()).findFirst().orElse("");
    }

    private Stream<JsonNode> incident(String slug) {
        return all("incidents").filter(incident -> incident.path("slug").asText().equals(slug));
    }

    private Stream<JsonNode> signalsOf(String slug) {
        return incident(slug)
                .flatMap(incident -> StreamSupport.stream(incident.path("signals").spliterator(), false));
    }

    /** The kinds of the signals that are about no single task. */
    List<String> signals() {
        return all("signals").map(signal -> signal.path("kind").asText()).toList();
    }

    private Stream<JsonNode> all(String field) {
        return StreamSupport.stream(json.path(field).spliterator(), false);
    }
}
