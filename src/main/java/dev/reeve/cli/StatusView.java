package dev.reeve.cli;

import dev.reeve.app.LocalAgent;
import dev.reeve.model.Bucket;
import dev.reeve.model.Judgement;
import dev.reeve.model.Priority;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.SnapshotHead;
import dev.reeve.model.SnapshotTask;
import dev.reeve.model.TaskSummary;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A queue as an operator is shown it.
 *
 * @param signals those that are about no single task
 * @param rows the first few tasks of the buckets that are listed
 */
record StatusView(SnapshotHead head, List<Signal> signals, List<Row> rows) {

    /** So many tasks of a bucket are shown; the rest is counted. */
    static final int SHOWN = 10;
    /** Whose tasks are listed. Those that need attention are listed as incidents. */
    static final Set<Bucket> LISTED = Collections
            .unmodifiableSet(EnumSet.of(Bucket.ACTIVE, Bucket.WAITING, Bucket.READY));
    /** So many intervals without a heartbeat mean that none will come. */
    private static final int LATE = 3;

    /**
     * A task.
     *
     * @param priority null where its file can't be read
     */
    record Row(Slug slug, Bucket bucket, @Nullable Priority priority, String reason) {}

    /** What a cycle has just seen. */
    static StatusView of(LocalAgent.Cycle.Seen seen) {
        Map<Bucket, Integer> taken = new EnumMap<>(Bucket.class);
        return new StatusView(seen.head(),
                Stream.concat(seen.head().signals().stream(), seen.signals().stream()).toList(),
                seen.beat()
                        .tasks()
                        .stream()
                        .filter(task -> LISTED.contains(task.bucket())
                                && taken.merge(task.bucket(), 1, Integer::sum) <= SHOWN)
                        .map(StatusView::row)
                        .toList());
    }

    /** What a snapshot says. */
    static StatusView of(SnapshotHead head, Map<Bucket, List<SnapshotTask>> tasks) {
        return new StatusView(head, head.signals(), tasks.values()
                .stream()
                .flatMap(List::stream)
                .map(task -> new Row(task.slug(), task.bucket(),
                        task.intent() == null ? null : task.intent().priority(), task.reason()))
                .toList());
    }

    /** Whether a heartbeat is so long overdue that nobody seems to beat any more. */
    boolean isLate(Instant now) {
        return Duration.between(head.generatedAt(), now).compareTo(head.interval().multipliedBy(LATE)) > 0;
    }

    private static Row row(Judgement task) {
        return new Row(task.facts().slug(), task.bucket(),
                task.facts().task().asTask().map(TaskSummary::priority).orElse(null), task.reason());
    }
}
