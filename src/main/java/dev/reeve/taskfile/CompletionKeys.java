package dev.reeve.taskfile;

import dev.reeve.model.Completion;
import dev.reeve.model.TaskStatus;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The keys that a task's completion sets. */
public final class CompletionKeys {

    private CompletionKeys() {}

    /** The changes that write the completion, in the order in which a file gets them. Dates and times are strings. */
    public static SequencedMap<String, Value> of(Completion completion) {
        var changes = new LinkedHashMap<String, Value>();
        changes.put("status", Value.of(TaskStatus.COMPLETED.id()));
        changes.put("completed_by", Value.of(completion.completedBy().value()));
        changes.put("completed_at", Value.of(completion.completedAt().toString()));
        changes.put("pr_number", Value.of(completion.prNumber()));
        changes.put("pr_url", Value.of(completion.prUrl()));
        changes.put("pr_merged_at", Value.of(completion.prMergedAt().truncatedTo(ChronoUnit.SECONDS).toString()));
        changes.put("merge_commit", Value.of(completion.mergeCommit().value()));
        return changes;
    }
}
