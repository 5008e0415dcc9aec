package dev.reeve.kit;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Optional;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What GitHub finds wrong with the body of a check run. */
final class FakeCheckSchema {

    private static final Set<String> PROPERTIES = Set.of("name", "head_sha", "external_id", "details_url", "status",
            "conclusion", "started_at", "completed_at", "output", "actions");
    private static final Set<String> CONCLUSIONS = Set.of("success", "failure", "neutral", "cancelled", "timed_out",
            "action_required", "skipped");
    private static final Set<String> ANNOTATION = Set.of("path", "start_line", "end_line", "annotation_level",
            "message", "title", "raw_details", "start_column", "end_column");
    private static final int TEXT = 65_535;
    private static final int KB_64 = 65_536;

    private FakeCheckSchema() {}

    /** The first fault, or nothing. */
    static Optional<String> fault(JsonNode body, String method) {
        if (!body.isObject() || !names(body, PROPERTIES)) {
            return Optional.of("Invalid property in the request.");
        }
        if (method.equals("POST") && (!isText(body.path("name"), 255) || !isText(body.path("head_sha"), 64))) {
            return Optional.of("\"name\" and \"head_sha\" weren't supplied.");
        }
        if (body.has("conclusion") && !CONCLUSIONS.contains(body.path("conclusion").asText())) {
            return Optional.of("For 'allOf/0/conclusion', this is not a member.");
        }
        if (!areActions(body.path("actions"))) {
            return Optional.of("No more than 3 actions of 20, 40 and 20 characters are allowed.");
        }
        return body.has("output") ? outputFault(body.path("output")) : Optional.empty();
    }

    private static Optional<String> outputFault(JsonNode output) {
        if (!isText(output.path("summary"), TEXT) || (output.has("text") && !isText(output.path("text"), TEXT))) {
            return Optional.of("summary exceeds a maximum bytesize of 65535");
        }
        if (!isText(output.path("title"), 255)) {
            return Optional.of("title is too long (maximum is 255 characters)");
        }
        var annotations = output.path("annotations");
        if (annotations.size() > 50) {
            return Optional.of("No more than 50 items are allowed; " + annotations.size() + " were supplied.");
        }
        for (var annotation : annotations) {
            if (!isAnnotation(annotation)) {
                return Optional.of("Invalid annotation.");
            }
        }
        return Optional.empty();
    }

    private static boolean areActions(JsonNode actions) {
        boolean fit = actions.size() <= 3;
        for (var action : actions) {
            fit &= isText(action.path("label"), 20) && isText(action.path("description"), 40)
                    && isText(action.path("identifier"), 20);
        }
        return fit;
    }

    private static boolean isAnnotation(JsonNode annotation) {
        return names(annotation, ANNOTATION) && isText(annotation.path("path"), 4096)
                && annotation.path("start_line").asInt() >= 1
                && annotation.path("end_line").asInt() >= annotation.path("start_line").asInt()
                && Set.of("notice", "warning", "failure").contains(annotation.path("annotation_level").asText())
                && isText(annotation.path("message"), KB_64) && isTextOrAbsent(annotation.path("title"), 255)
                && isTextOrAbsent(annotation.path("raw_details"), KB_64);
    }

    private static boolean names(JsonNode object, Set<String> known) {
        return object.properties().stream().allMatch(entry -> known.contains(entry.getKey()));
    }

    private static boolean isTextOrAbsent(JsonNode node, int longest) {
        return node.isMissingNode() || isText(node, longest);
    }

    /** GitHub says characters and counts bytes. */
    private static boolean isText(JsonNode node, int longest) {
        return node.isTextual() && node.textValue().getBytes(UTF_8).length <= longest && node.textValue()
                .codePoints()
                .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
}
