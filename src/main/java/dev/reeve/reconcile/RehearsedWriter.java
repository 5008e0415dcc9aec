package dev.reeve.reconcile;

import dev.reeve.model.TaskPath;
import dev.reeve.reconcile.Rehearsed.FileEdit;
import dev.reeve.taskfile.LineDiff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the edits that a writer would make on this tip, in memory, and tells what they change. */
final class RehearsedWriter {

    private final Tip tip;
    private final Map<TaskPath, byte[]> before = new LinkedHashMap<>();
    private final Map<TaskPath, byte[]> after = new LinkedHashMap<>();

    RehearsedWriter(Tip tip) {
        this.tip = tip;
    }

    List<FileEdit> edits(List<Rewrite> rewrites) {
        rewrites.forEach(rewrite -> tip.find(rewrite.slug()).ifPresent(path -> apply(rewrite, path)));
        var edits = new ArrayList<FileEdit>();
        after.forEach((path, content) -> edits
                .add(new FileEdit(path, LineDiff.between(before.getOrDefault(path, new byte[0]), content))));
        return edits;
    }

    private void apply(Rewrite rewrite, TaskPath path) {
        tip.read(List.of(path)).forEach(before::putIfAbsent);
        var content = after.getOrDefault(path, before.get(path));
        if (content != null && rewrite.on(path, content) instanceof Rewrite.Result.Write write) {
            after.put(path, write.content());
        }
    }
}
