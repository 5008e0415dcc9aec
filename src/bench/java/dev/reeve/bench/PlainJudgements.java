package dev.reeve.bench;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.Bucket;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Judgement;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.SnapshotHead;
import dev.reeve.model.TaskSummary;
import dev.reeve.store.Catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** What a heartbeat would make of tasks that nobody works on, without its judging: something to write a snapshot of. */
final class PlainJudgements {

    private PlainJudgements() {}

    static List<Judgement> of(Catalog catalog) {
        var judgements = new ArrayList<Judgement>(catalog.entries().size());
        for (var entry : catalog.entries().values()) {
            if (entry instanceof CatalogEntry.Valid(var task)) {
                judgements.add(of(entry, task));
            }
        }
        judgements.sort(Comparator.comparing(Judgement::bucket));
        return judgements;
    }

    private static Judgement of(CatalogEntry entry, TaskSummary task) {
        var needs = task.dependsOn()
                .stream()
                .map(slug -> new BeatFacts.Dependency(slug, BeatFacts.Dependency.State.COMPLETED, task.modified()))
                .toList();
        var facts = new BeatFacts(entry, Optional.empty(), new PullRequestLookup.None(), Optional.empty(), needs);
        return switch (task.status()) {
            case READY -> new Judgement(facts, Bucket.READY, "it is ready and all it depends on is completed",
                    new Judgement.Dispatchability.Dispatchable(task.modified()), Optional.empty());
            case IN_PROGRESS, BLOCKED -> waiting(facts, Bucket.WAITING, "it is blocked");
            case NOT_STARTED -> waiting(facts, Bucket.BACKLOG, "it is planned");
            case COMPLETED, CANCELLED -> waiting(facts, Bucket.DONE, "it is completed");
        };
    }

    private static Judgement waiting(BeatFacts facts, Bucket bucket, String reason) {
        return new Judgement(facts, bucket, reason, new Judgement.Dispatchability.NotDispatchable(reason),
                Optional.empty());
    }

    static SnapshotHead head(List<Judgement> tasks, Instant now) {
        var counts = new EnumMap<Bucket, Integer>(Bucket.class);
        tasks.forEach(task -> counts.merge(task.bucket(), 1, Integer::sum));
        return new SnapshotHead(new OwnerKey("dave"), "bench", 1, now, Duration.ZERO, Duration.ofMinutes(3), counts, 0,
                0, new SnapshotHead.Limits(4, 6), null, null, null, List.of(), List.of());
    }
}
