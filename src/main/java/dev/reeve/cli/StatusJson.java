package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.model.Incident;
import dev.reeve.model.Signal;
import dev.reeve.model.SnapshotHead;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A queue for programs; {@code docs/status.schema.json} is its schema. All tasks are in the snapshot file, whose schema is another. */
final class StatusJson {

    private StatusJson() {}

    static void write(JsonGenerator json, StatusView view, Instant now) throws IOException {
        var head = view.head();
        json.writeStartObject();
        json.writeNumberField("schema", 1);
        head(json, head, now);
        json.writeObjectFieldStart("counts");
        for (var count : head.counts().entrySet()) {
            json.writeNumberField(count.getKey().id(), count.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("signals");
        for (var signal : head.signals()) {
            signal(json, signal);
        }
        json.writeEndArray();
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
        json.writeEndObject();
    }

    private static void head(JsonGenerator json, SnapshotHead head, Instant now) throws IOException {
        json.writeStringField("owner", head.owner().value());
        json.writeStringField("host", head.host());
        json.writeNumberField("cycle", head.cycle());
        json.writeStringField("generated_at", head.generatedAt().toString());
        json.writeNumberField("age_seconds", Duration.between(head.generatedAt(), now).toSeconds());
        json.writeNumberField("duration_ms", head.took().toMillis());
        json.writeNumberField("live_workers", head.liveWorkers());
        json.writeNumberField("in_review", head.inReview());
        json.writeStringField("paused_until", head.pausedUntil() == null ? null : head.pausedUntil().toString());
        json.writeStringField("lookup_failure", head.lookupFailure());
    }

    private static void incident(JsonGenerator json, Incident incident) throws IOException {
        json.writeStartObject();
        json.writeStringField("slug", incident.slug().value());
        json.writeStringField("lead", incident.lead().kind().id());
        json.writeStringField("severity", incident.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("remedy", incident.remedy());
        json.writeArrayFieldStart("signals");
        for (var signal : incident.signals()) {
            signal(json, signal);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void signal(JsonGenerator json, Signal signal) throws IOException {
        json.writeStartObject();
        fields(json, signal);
        json.writeEndObject();
    }

    /** What every signal has. */
    static void fields(JsonGenerator json, Signal signal) throws IOException {
        json.writeStringField("kind", signal.kind().id());
        json.writeStringField("severity", signal.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("message", signal.message());
        if (signal.place() != null) {
            json.writeStringField("place", signal.place().toString());
        }
    }

    private static void row(JsonGenerator json, StatusView.Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("slug", row.slug().value());
        json.writeStringField("bucket", row.bucket().id());
        json.writeStringField("priority", row.priority() == null ? null : row.priority().id());
        json.writeStringField("reason", row.reason());
        json.writeEndObject();
    }
}
