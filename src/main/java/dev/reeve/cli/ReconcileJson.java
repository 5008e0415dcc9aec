package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.model.Signal;
import dev.reeve.reconcile.ReconcileReport;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Locale;

/** A reconcile report for programs; {@code docs/reconcile.schema.json} is its schema. */
final class ReconcileJson {

    private ReconcileJson() {}

    static void write(JsonGenerator json, ReconcileReport report) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", 1);
        json.writeBooleanField("dry_run", report.mode() == ReconcileReport.Mode.DRY_RUN);
        json.writeNumberField("examined", report.examined());
        json.writeArrayFieldStart("changes");
        for (var change : report.changes()) {
            json.writeStartObject();
            json.writeStringField("verb", change.verb());
            json.writeStringField("slug", change.slug().value());
            json.writeStringField("detail", change.detail());
            optional(json, "commit", change.commit());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (var note : report.notes()) {
            json.writeStartObject();
            json.writeStringField("kind", note.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("slug", note.slug().value());
            json.writeStringField("reason", note.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("signals");
        for (var signal : report.signals()) {
            signal(json, signal);
        }
        json.writeEndArray();
        failures(json, report);
        json.writeEndObject();
    }

    private static void signal(JsonGenerator json, Signal signal) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", signal.kind().id());
        json.writeStringField("severity", signal.severity().name().toLowerCase(Locale.ROOT));
        optional(json, "slug", signal.slug());
        json.writeStringField("message", signal.message());
        optional(json, "place", signal.place());
        json.writeEndObject();
    }

    private static void failures(JsonGenerator json, ReconcileReport report) throws IOException {
        json.writeArrayFieldStart("failures");
        for (var failure : report.failures()) {
            json.writeStartObject();
            json.writeStringField("step", failure.step());
            optional(json, "slug", failure.slug());
            json.writeStringField("message", failure.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void optional(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }
}
