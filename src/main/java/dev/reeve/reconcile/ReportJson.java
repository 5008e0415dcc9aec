package dev.reeve.reconcile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.reconcile.ReconcileReport.Change;
import dev.reeve.reconcile.ReconcileReport.Failure;
import dev.reeve.reconcile.ReconcileReport.Note;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A reconcile report for programs; {@code docs/reconcile.schema.json} is its schema. */
public final class ReportJson {

    private ReportJson() {}

    public static void write(JsonGenerator json, ReconcileReport report) throws IOException {
        json.writeStartObject();
        members(json, report);
        json.writeEndObject();
    }

    /** The members of a report. */
    public static void members(JsonGenerator json, ReconcileReport report) throws IOException {
        json.writeNumberField("schema", 1);
        json.writeBooleanField("dry_run", report.mode() == ReconcileReport.Mode.DRY_RUN);
        json.writeNumberField("examined", report.examined());
        each(json, "changes", report.changes(), ReportJson::change);
        each(json, "notes", report.notes(), ReportJson::note);
        SignalJson.array(json, "signals", report.signals());
        each(json, "failures", report.failures(), ReportJson::failure);
    }

    private interface Item<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    private static <T> void each(JsonGenerator json, String name, List<T> items, Item<T> item) throws IOException {
        json.writeArrayFieldStart(name);
        for (var one : items) {
            json.writeStartObject();
            item.write(json, one);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void change(JsonGenerator json, Change change) throws IOException {
        json.writeStringField("verb", change.verb());
        json.writeStringField("slug", change.slug().value());
        json.writeStringField("detail", change.detail());
        JsonFields.optional(json, "commit", change.commit());
        JsonFields.optional(json, "file", change.file());
        if (change.pullRequest() != null) {
            json.writeNumberField("pull_request", change.pullRequest());
        }
    }

    private static void note(JsonGenerator json, Note note) throws IOException {
        json.writeStringField("kind", note.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringField("slug", note.slug().value());
        json.writeStringField("reason", note.reason());
    }

    private static void failure(JsonGenerator json, Failure failure) throws IOException {
        json.writeStringField("step", failure.step());
        JsonFields.optional(json, "slug", failure.slug());
        json.writeStringField("message", failure.message());
    }
}
