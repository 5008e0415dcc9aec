package dev.reeve.store;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.model.Bucket;
import dev.reeve.model.Incident;
import dev.reeve.model.Judgement;
import dev.reeve.model.Place;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.SnapshotHead;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** Writes a snapshot: what it says of the queue, then a row for each task. What is null or empty is left out. */
final class SnapshotWriter {

    static final int SCHEMA = 1;

    private final SnapshotMembers members;
    private final JsonGenerator json;

    private SnapshotWriter(JsonGenerator json) {
        this.json = json;
        this.members = new SnapshotMembers(json);
    }

    static void write(OutputStream out, SnapshotHead head, Collection<Judgement> tasks, KeptRows kept)
            throws IOException {
        try (var rows = kept.make(); var json = JsonText.generator(out, RowPrinter.ofDocument())) {
            var writer = new SnapshotWriter(json);
            json.writeStartObject();
            writer.head(head);
            writer.incidents(head, tasks);
            json.writeArrayFieldStart("tasks");
            for (var task : tasks) {
                // The generator writes what is between the rows; it must be out before a row is.
                json.writeRawValue("");
                json.flush();
                out.write(rows.row(task));
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void head(SnapshotHead head) throws IOException {
        json.writeNumberField("schema", SCHEMA);
        members.text("owner", head.owner().value());
        members.text("host", head.host());
        json.writeNumberField("cycle", head.cycle());
        members.time("generated_at", head.generatedAt());
        json.writeNumberField("duration_ms", head.took().toMillis());
        json.writeNumberField("interval_ms", head.interval().toMillis());
        json.writeObjectFieldStart("counts");
        for (var bucket : Bucket.values()) {
            json.writeNumberField(bucket.id(), head.counts().getOrDefault(bucket, 0));
        }
        json.writeEndObject();
        json.writeNumberField("live_workers", head.liveWorkers());
        json.writeNumberField("in_review", head.inReview());
        json.writeObjectFieldStart("limits");
        json.writeNumberField("workers", head.limits().workers());
        json.writeNumberField("in_review", head.limits().inReview());
        json.writeEndObject();
        members.time("paused_until", head.pausedUntil());
        json.writeObjectFieldStart("github");
        members.time("asked_at", head.askedAt());
        members.text("failure", head.lookupFailure());
        json.writeEndObject();
        json.writeArrayFieldStart("signals");
        for (var signal : head.signals()) {
            signal(signal);
        }
        json.writeEndArray();
    }

    private void incidents(SnapshotHead head, Collection<Judgement> tasks) throws IOException {
        var buckets = buckets(head, tasks);
        json.writeArrayFieldStart("incidents");
        for (var incident : head.incidents()) {
            json.writeStartObject();
            members.text("slug", incident.slug().value());
            var bucket = buckets.get(incident.slug());
            members.text("bucket", bucket == null ? null : bucket.id());
            members.text("lead", incident.lead().kind().id());
            members.text("severity", members.id(incident.severity()));
            members.text("remedy", incident.remedy());
            json.writeArrayFieldStart("signals");
            for (var signal : incident.signals()) {
                signal(signal);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Those of the tasks that have an incident. */
    private static Map<Slug, Bucket> buckets(SnapshotHead head, Collection<Judgement> tasks) {
        var buckets = new HashMap<Slug, Bucket>();
        if (!head.incidents().isEmpty()) {
            var slugs = new HashSet<Slug>();
            head.incidents().stream().map(Incident::slug).forEach(slugs::add);
            for (var task : tasks) {
                if (slugs.contains(task.facts().slug())) {
                    buckets.put(task.facts().slug(), task.bucket());
                }
            }
        }
        return buckets;
    }

    private void signal(Signal signal) throws IOException {
        json.writeStartObject();
        members.text("kind", signal.kind().id());
        members.text("severity", members.id(signal.severity()));
        members.text("slug", signal.slug() == null ? null : signal.slug().value());
        members.text("message", signal.message());
        Place place = signal.place();
        if (place != null) {
            members.text("file", place.file());
            json.writeNumberField("line", place.line());
            json.writeNumberField("column", place.column());
        }
        json.writeEndObject();
    }
}
