package dev.reeve.reconcile;

import dev.reeve.model.TaskPath;
import dev.reeve.taskfile.LineDiff;

import java.util.List;

/** What a pass would do, and what task files would look like after it. Nothing was written. */
public record Rehearsed(ReconcileReport report, List<FileEdit> edits) {

    /** What would be written into one task file. */
    public record FileEdit(TaskPath path, LineDiff diff) {}

    /** Makes it immutable. */
    public Rehearsed {
        edits = List.copyOf(edits);
    }
}
