package dev.reeve.reconcile;

import dev.reeve.store.TaskContent;
import dev.reeve.store.TaskWrite;
import dev.reeve.store.WorkingTree;

import java.io.IOException;
import java.util.List;

/** Writes task files in the operator's working tree and leaves the commit to them. */
public final class WorkingTreeWriter implements TaskWriter {

    private final WorkingTree tree;

    /** Writes into this working tree. */
    public WorkingTreeWriter(WorkingTree tree) {
        this.tree = tree;
    }

    @Override
    public List<Written> write(List<Rewrite> rewrites) {
        return rewrites.stream().map(this::write).toList();
    }

    private Written write(Rewrite rewrite) {
        try {
            var path = tree.find(rewrite.slug()).stream().findFirst();
            if (path.isEmpty()) {
                return new Written.NotNeeded("its file is gone");
            }
            return switch (tree.read(path.get())) {
                case TaskContent.Absent() -> new Written.NotNeeded("its file is gone");
                case TaskContent.Refused(var fault) -> new Written.Failed(fault.toString(), Again.NEEDS_A_PERSON);
                case TaskContent.Present present -> write(rewrite, path.get(), present.bytes());
            };
        } catch (IOException e) {
            return new Written.Failed("it could not be written: " + e.getMessage(), Again.MAY_HELP);
        }
    }

    private Written write(Rewrite rewrite, dev.reeve.model.TaskPath path, byte[] content) throws IOException {
        return switch (rewrite.on(path, content)) {
            case Rewrite.Result.NotNeeded(var reason) -> new Written.NotNeeded(reason);
            case Rewrite.Result.Refused(var fault) -> new Written.Failed(fault.toString(), Again.NEEDS_A_PERSON);
            case Rewrite.Result.Write write -> switch (tree.write(path, content, write.content())) {
                case TaskWrite.Written() -> new Written.InWorkingTree(path);
                case TaskWrite.Changed() ->
                    new Written.Failed(path + " was changed by somebody else in this moment; run it again",
                            Again.MAY_HELP);
                case TaskWrite.Refused(var fault) -> new Written.Failed(fault.toString(), Again.NEEDS_A_PERSON);
            };
        };
    }
}
