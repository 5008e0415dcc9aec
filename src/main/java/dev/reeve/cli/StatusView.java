package dev.reeve.cli;

import dev.reeve.app.LocalAgent;
import dev.reeve.model.Bucket;
import dev.reeve.model.Judgement;
import dev.reeve.model.Priority;
import dev.reeve.model.Slug;
import dev.reeve.model.SnapshotHead;
import dev.reeve.model.SnapshotTask;
import dev.reeve.model.TaskSummary;
import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A queue as an operator is shown it.
 *
 * @param rows the first few tasks of each bucket
 */
record StatusView(SnapshotHead head, List<Row> rows) {

    /** So many tasks of a bucket are shown; the rest is counted. */
    static final int SHOWN = 10;

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
                seen.beat()
                        .tasks()
                        .stream()
                        .filter(task -> taken.merge(task.bucket(), 1, Integer::sum) <= SHOWN)
                        .map(StatusView::row)
                        .toList());
    }

    /** What a snapshot says. */
    static List<Row> rows(Map<Bucket, List<SnapshotTask>> tasks) {
        return tasks.values()
                .stream()
                .flatMap(List::stream)
                .map(task -> new Row(task.slug(), task.bucket(),
                        task.intent() == null ? null : task.intent().priority(), task.reason()))
                .toList();
    }

    private static Row row(Judgement task) {
        return new Row(task.facts().slug(), task.bucket(),
                task.facts().task().asTask().map(TaskSummary::priority).orElse(null), task.reason());
    }
}
