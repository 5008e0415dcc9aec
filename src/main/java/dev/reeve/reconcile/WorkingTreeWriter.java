package dev.reeve.reconcile;

import dev.reeve.git.Checkout;
import dev.reeve.model.LocalState;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.store.TaskContent;
import dev.reeve.store.TaskWrite;
import dev.reeve.store.WorkingTree;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes task files in the operator's working tree and leaves the commit to them.
 *
 * <p>A pass may take minutes, and meanwhile the operator works: so each file is read, then asked about whether it is as {@code HEAD} has it, and
 * replaced only if it still holds what was read.
 */
public final class WorkingTreeWriter implements TaskWriter {

    private final WorkingTree tree;
    private final Checkout checkout;

    /**
     * @param tree the task files of the working tree
     * @param checkout the checkout that they are in
     */
    public WorkingTreeWriter(WorkingTree tree, Checkout checkout) {
        this.tree = tree;
        this.checkout = checkout;
    }

    private sealed interface Found {

        record There(TaskPath path, TaskContent.Present content) implements Found {}

        record NotThere(Written result) implements Found {}
    }

    @Override
    public List<Written> write(List<Rewrite> rewrites) {
        var found = new LinkedHashMap<Slug, Found>();
        rewrites.forEach(rewrite -> found.computeIfAbsent(rewrite.slug(), this::find));
        var paths = found.values()
                .stream()
                .filter(Found.There.class::isInstance)
                .map(file -> ((Found.There) file).path())
                .toList();
        var states = checkout.localStates(paths);
        return rewrites.stream().map(rewrite -> switch (found.get(rewrite.slug())) {
            case Found.There(var path, var content) -> write(rewrite, path, content, states);
            case Found.NotThere(var result) -> result;
            case null -> throw new IllegalStateException("each of them was looked for");
        }).toList();
    }

    private Found find(Slug slug) {
        try {
            var path = tree.find(slug).stream().findFirst();
            if (path.isEmpty()) {
                return new Found.NotThere(new Written.NotNeeded("its file is gone"));
            }
            return switch (tree.read(path.get())) {
                case TaskContent.Absent() -> new Found.NotThere(new Written.NotNeeded("its file is gone"));
                case TaskContent.Refused(var fault) ->
                    new Found.NotThere(new Written.Failed(fault.toString(), Again.NEEDS_A_PERSON));
                case TaskContent.Present present -> new Found.There(path.get(), present);
            };
        } catch (IOException e) {
            return new Found.NotThere(failed(e));
        }
    }

    private Written write(Rewrite rewrite, TaskPath path, TaskContent.Present content,
            Map<TaskPath, LocalState> states) {
        if (states.get(path) != LocalState.UNCHANGED) {
            return changed(path);
        }
        try {
            return switch (rewrite.on(path, content.bytes())) {
                case Rewrite.Result.NotNeeded(var reason) -> new Written.NotNeeded(reason);
                case Rewrite.Result.Refused(var fault) -> new Written.Failed(fault.toString(), Again.NEEDS_A_PERSON);
                case Rewrite.Result.Write write -> switch (tree.write(path, content.bytes(), write.content())) {
                    case TaskWrite.Written() -> new Written.InWorkingTree(path);
                    case TaskWrite.Changed() -> changed(path);
                    case TaskWrite.Refused(var fault) -> new Written.Failed(fault.toString(), Again.NEEDS_A_PERSON);
                };
            };
        } catch (IOException e) {
            return failed(e);
        }
    }

    private static Written changed(TaskPath path) {
        return new Written.Failed(path + " was changed by somebody else in this moment; run it again", Again.MAY_HELP);
    }

    private static Written failed(IOException e) {
        return new Written.Failed("it could not be written: " + e.getMessage(), Again.MAY_HELP);
    }
}
