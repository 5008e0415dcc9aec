package dev.reeve.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Annotation;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static dev.reeve.github.CheckLimits.ANNOTATIONS_A_REQUEST;

/**
 * Writing check runs. What is there is read first: a run that says the same already is left alone, one that says
 * something else is updated, and none is made.
 *
 * <p>GitHub only ever adds annotations to a run. So a run that has some is not updated but replaced by a new one of
 * the same name, which GitHub shows in its stead. Whether its annotations are the wanted ones is told by a mark that the
 * summary carries as a comment, since reading them back would be another request for each fifty.
 */
final class CheckRuns {

    private static final int PER_PAGE = 20;

    private final RepositoryName repository;
    private final ApiCalls calls;

    CheckRuns(RepositoryName repository, ApiCalls calls) {
        this.repository = repository;
        this.calls = calls;
    }

    /** A run as GitHub has it. */
    private record Existing(long id, String conclusion, String title, String summary, String text, int annotations) {

        boolean says(CheckOutput wanted) {
            return conclusion.equals(wanted.conclusion()) && title.equals(wanted.title())
                    && summary.equals(wanted.summary()) && text.equals(wanted.text())
                    && annotations == wanted.annotations().size();
        }
    }

    long put(Sha head, String name, String externalId, CheckReport report) {
        var wanted = CheckOutput.of(report);
        var existing = find(head, name, externalId);
        if (existing.isPresent() && existing.get().says(wanted)) {
            return existing.get().id();
        }
        if (existing.isPresent() && existing.get().annotations() == 0) {
            return update(existing.get().id(), name, externalId, wanted, 0);
        }
        return create(head, name, externalId, wanted);
    }

    private Optional<Existing> find(Sha head, String name, String externalId) {
        var path = "/commits/" + head + "/check-runs?filter=all&per_page=" + PER_PAGE + "&check_name="
                + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return calls.call(ApiRequest.get("/repos/" + repository + path, Permission.CHECKS_WRITE))
                .each("check_runs")
                .filter(run -> run.optionalText("external_id").filter(externalId::equals).isPresent())
                .filter(run -> run.text("name").equals(name) && run.sha("head_sha").equals(head))
                .filter(run -> run.optionalObject("app").filter(calls.access()::mayUpdateRunsOf).isPresent())
                .map(CheckRuns::read)
                .max(Comparator.comparingLong(Existing::id));
    }

    private static Existing read(Fields run) {
        var output = run.object("output");
        return new Existing(run.id("id"), run.optionalText("conclusion").orElse(""),
                output.optionalText("title").orElse(""), output.optionalText("summary").orElse(""),
                output.optionalText("text").orElse(""), output.number("annotations_count"));
    }

    private long create(Sha head, String name, String externalId, CheckOutput wanted) {
        var body = body(name, externalId, wanted, 0).put("head_sha", head.value());
        var made = calls.call(
                ApiRequest.post("/repos/" + repository + "/check-runs", body, Permission.CHECKS_WRITE)).id("id");
        return wanted.annotations().size() > ANNOTATIONS_A_REQUEST
                ? update(made, name, externalId, wanted, ANNOTATIONS_A_REQUEST)
                : made;
    }

    /** Sends the annotations from the given one on, in as many requests as they need. */
    private long update(long id, String name, String externalId, CheckOutput wanted, int from) {
        int next = from;
        do {
            calls.call(ApiRequest.patch("/repos/" + repository + "/check-runs/" + id,
                    body(name, externalId, wanted, next), Permission.CHECKS_WRITE));
            next += ANNOTATIONS_A_REQUEST;
        } while (next < wanted.annotations().size());
        return id;
    }

    private static ObjectNode body(String name, String externalId, CheckOutput wanted, int from) {
        var body = JsonNodeFactory.instance.objectNode()
                .put("name", name)
                .put("external_id", externalId)
                .put("status", "completed")
                .put("conclusion", wanted.conclusion());
        var output = body.putObject("output").put("title", wanted.title()).put("summary", wanted.summary());
        // An absent text would leave the old one, so an empty one is sent.
        output.put("text", wanted.text());
        annotate(output, wanted.annotations().stream().skip(from).limit(ANNOTATIONS_A_REQUEST).toList());
        return body;
    }

    private static void annotate(ObjectNode output, List<Annotation> annotations) {
        if (annotations.isEmpty()) {
            return;
        }
        var array = output.putArray("annotations");
        annotations.forEach(annotation -> array.addObject()
                .put("path", annotation.path().value())
                .put("start_line", annotation.line())
                .put("end_line", annotation.line())
                .put("annotation_level", annotation.level().name().toLowerCase(Locale.ROOT))
                .put("title", annotation.title())
                .put("message", annotation.message()));
    }
}
