package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.model.Incident;
import dev.reeve.model.SnapshotHead;
import dev.reeve.reconcile.SignalJson;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A queue for programs; {@code docs/status.schema.json} is its schema. What isn't there is left out. All tasks are in the snapshot file, whose schema is
 * another.
 */
final class StatusJson {

    private StatusJson() {}

    static void write(JsonGenerator json, StatusView view, Instant now) throws IOException {
        json.writeStartObject();
        members(json, view, now);
        json.writeEndObject();
    }

    /** All of it but the braces. */
    static void members(JsonGenerator json, StatusView view, Instant now) throws IOException {
        var head = view.head();
        json.writeNumberField("schema", 1);
        head(json, head);
        json.writeNumberField("age_seconds", Duration.between(head.generatedAt(), now).toSeconds());
        json.writeBooleanField("late", view.isLate(now));
        numbers(json, head);
        gitHub(json, head);
        SignalJson.array(json, "signals", view.signals());
        json.writeArrayFieldStart("incidents");
        for (var incident : head.incidents()) {
            incident(json, incident);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("tasks");
        for (var row : view.rows()) {
            row(json, row);
        }
        json.writeEndArray();
    }

    private static void head(JsonGenerator json, SnapshotHead head) throws IOException {
        json.writeStringField("owner", head.owner().value());
        json.writeStringField("host", head.host());
        json.writeNumberField("cycle", head.cycle());
        json.writeStringField("generated_at", head.generatedAt().toString());
        json.writeNumberField("interval_ms", head.interval().toMillis());
        json.writeNumberField("duration_ms", head.took().toMillis());
    }

    private static void numbers(JsonGenerator json, SnapshotHead head) throws IOException {
        json.writeObjectFieldStart("counts");
        for (var count : head.counts().entrySet()) {
            json.writeNumberField(count.getKey().id(), count.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("live_workers", head.liveWorkers());
        json.writeNumberField("in_review", head.inReview());
        json.writeObjectFieldStart("limits");
        json.writeNumberField("workers", head.limits().workers());
        json.writeNumberField("in_review", head.limits().inReview());
        json.writeEndObject();
        OutputFormat.optional(json, "paused_until", head.pausedUntil());
    }

    private static void gitHub(JsonGenerator json, SnapshotHead head) throws IOException {
        json.writeObjectFieldStart("github");
        OutputFormat.optional(json, "asked_at", head.askedAt());
        OutputFormat.optional(json, "failure", head.lookupFailure());
        json.writeEndObject();
    }

    private static void incident(JsonGenerator json, Incident incident) throws IOException {
        json.writeStartObject();
        json.writeStringField("slug", incident.slug().value());
        json.writeStringField("lead", incident.lead().kind().id());
        json.writeStringField("severity", incident.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("remedy", incident.remedy());
        SignalJson.array(json, "signals", incident.signals());
        json.writeEndObject();
    }

    private static void row(JsonGenerator json, StatusView.Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("slug", row.slug().value());
        json.writeStringField("bucket", row.bucket().id());
        OutputFormat.optional(json, "priority", row.priority() == null ? null : row.priority().id());
        json.writeStringField("reason", row.reason());
        json.writeEndObject();
    }
}
