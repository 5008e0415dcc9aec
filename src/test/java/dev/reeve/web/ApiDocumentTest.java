package dev.reeve.web;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

class ApiDocumentTest {

    @Test
    void everyCallIsDescribedAndNoOther() {
        try (var story = ApiStory.withToken()) {
            var described = new ArrayList<String>();
            ApiDocument.ROOT.path("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .fieldNames()
                            .forEachRemaining(method -> described
                                    .add("/paths/" + path.getKey().replace("/", "~1") + "/" + method)));
            assertThat(story.api.endpoints()).extracting(ApiDocument::of)
                    .containsExactlyInAnyOrderElementsOf(described);
        }
    }

    @Test
    void aCallsPartsInItsPathAreDescribed() {
        try (var story = ApiStory.withToken()) {
            for (var endpoint : story.api.endpoints()) {
                var parts = java.util.regex.Pattern.compile("\\{([a-z]+)}")
                        .matcher(ApiDocument.path(endpoint))
                        .results()
                        .map(found -> found.group(1))
                        .toList();
                assertThat(parameters(ApiDocument.ROOT.at(ApiDocument.of(endpoint)), "path")).isEqualTo(parts);
            }
        }
    }

    /** A parameter that nobody knows is refused with the names of those that there are. */
    @Test
    void theParametersThatACallKnowsAreThoseDescribed() {
        try (var story = ApiStory.withToken()) {
            long id = story.deliver("a", 1);
            for (var endpoint : story.api.endpoints()) {
                var path = endpoint.path()
                        .replace("{id}", String.valueOf(id))
                        .replaceAll("\\{[a-z]+}", "x")
                        .replace("<subject>", "pull/1") + "?x=1";
                if (!path.contains("openapi")) {
                    var problem = switch (endpoint.method()) {
                        case GET -> story.get(path).problem(400);
                        case POST -> story.post(path, "{}").problem(400);
                    };
                    var known = parameters(ApiDocument.ROOT.at(ApiDocument.of(endpoint)), "query");
                    assertThat(List.of(problem.replaceFirst(".*: ?", "").split(", ")))
                            .containsExactlyInAnyOrderElementsOf(known.isEmpty() ? List.of("") : known);
                }
            }
        }
    }

    private static List<String> parameters(JsonNode call, String where) {
        return StreamSupport.stream(call.path("parameters").spliterator(), false)
                .filter(parameter -> parameter.path("in").asText().equals(where))
                .map(parameter -> parameter.path("name").asText())
                .toList();
    }

    @Test
    void theServerHandsItOut() {
        try (var story = ApiStory.withToken()) {
            assertThat(story.get("/api/v1/openapi.json").json()).isEqualTo(ApiDocument.ROOT);
        }
    }
}
