package dev.reeve.store;

import dev.reeve.model.Bucket;
import dev.reeve.model.Incident;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Place;
import dev.reeve.model.Signal;
import dev.reeve.model.SnapshotHead;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes what a snapshot says of a queue of the members before its tasks. What a newer Reeve of the same schema adds is passed over; what is missing counts as nothing. */
final class SnapshotReader {

    private final SnapshotFields fields;

    private SnapshotReader(Json.Obj members) {
        this.fields = new SnapshotFields(members);
    }

    /** @param shown how messages name the file */
    static SnapshotReading head(String shown, Json.Obj members, OwnerKey owner) {
        var fields = new SnapshotFields(members);
        if (members.get("schema") == null) {
            return new SnapshotReading.Foreign();
        }
        long schema = fields.number("schema", -1);
        if (schema > SnapshotWriter.SCHEMA) {
            return new SnapshotReading.Untouchable(
                    Snapshots.fault(Place.of(shown), "was written by a newer Reeve (schema " + schema
                            + ", this one knows " + SnapshotWriter.SCHEMA
                            + "); it is left as it is. Upgrade this Reeve"));
        }
        var generated = fields.time("generated_at");
        if (schema < 1 || generated == null || !owner.value().equals(fields.text("owner"))) {
            return new SnapshotReading.Corrupt(Snapshots.fault(Place.of(shown),
                    "is no snapshot of " + owner
                            + ": \"schema\", \"owner\" or \"generated_at\" is not what it should be"));
        }
        return new SnapshotReading.Known(new SnapshotReader(members).head(owner, generated));
    }

    private SnapshotHead head(OwnerKey owner, Instant generated) {
        var limits = fields.object("limits");
        var github = fields.object("github");
        return new SnapshotHead(owner, fields.text("host", ""), fields.number("cycle", 0), generated,
                Duration.ofMillis(fields.number("duration_ms", 0)), Duration.ofMillis(fields.number("interval_ms", 0)),
                counts(), fields.integer("live_workers"), fields.integer("in_review"),
                new SnapshotHead.Limits(limits.integer("workers"), limits.integer("in_review")),
                fields.time("paused_until"), github.time("asked_at"), github.text("failure"), signals(fields),
                incidents());
    }

    private Map<Bucket, Integer> counts() {
        var said = fields.object("counts");
        var counts = new EnumMap<Bucket, Integer>(Bucket.class);
        for (var bucket : Bucket.values()) {
            counts.put(bucket, said.integer(bucket.id()));
        }
        return counts;
    }

    private List<Incident> incidents() {
        var incidents = new ArrayList<Incident>();
        for (var row : fields.objects("incidents")) {
            var signals = signals(row);
            row.slug("slug")
                    .filter(_ -> !signals.isEmpty())
                    .ifPresent(slug -> incidents.add(new Incident(slug, signals, row.text("remedy", ""))));
        }
        return incidents;
    }

    private static List<Signal> signals(SnapshotFields of) {
        var signals = new ArrayList<Signal>();
        for (var row : of.objects("signals")) {
            SnapshotFields.kind(row.text("kind", ""))
                    .ifPresent(kind -> signals.add(new Signal(kind, row.severity("severity").orElse(kind.severity()),
                            row.slug("slug").orElse(null), row.text("message", ""), row.place())));
        }
        return signals;
    }
}
