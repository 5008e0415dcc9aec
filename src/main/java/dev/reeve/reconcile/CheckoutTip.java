package dev.reeve.reconcile;

import dev.reeve.git.Checkout;
import dev.reeve.git.Entry;
import dev.reeve.git.TaskIndex;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The default branch as an operator's checkout has fetched it.
 *
 * <p><b>Threading.</b> For one pass.
 */
public final class CheckoutTip implements Tip {

    /** For more slugs than these the whole tree is listed, once; it takes as long as some ten searches for one. */
    private static final int FEW = 10;

    private final Checkout checkout;
    private final BranchName branch;
    private final Optional<Sha> commit;
    private final TasksRoot tasks;
    private final Function<Slug, Optional<TaskPath>> hints;
    private @Nullable TaskIndex index;

    /**
     * @param hints where a task's file is in the working tree: on the default branch it is most likely in the same place, which is looked at before
     *        the whole tree is
     */
    public CheckoutTip(Checkout checkout, BranchName branch, Optional<Sha> commit, TasksRoot tasks,
            Function<Slug, Optional<TaskPath>> hints) {
        this.checkout = checkout;
        this.branch = branch;
        this.commit = commit;
        this.tasks = tasks;
        this.hints = hints;
    }

    @Override
    public BranchName branch() {
        return branch;
    }

    @Override
    public Optional<Sha> commit() {
        return commit;
    }

    @Override
    public Optional<TaskPath> find(Slug slug) {
        return commit.flatMap(at -> index == null ? search(at, slug) : index.find(slug).stream().findFirst());
    }

    private Optional<TaskPath> search(Sha at, Slug slug) {
        return hints.apply(slug)
                .filter(path -> isFile(at, path))
                .or(() -> checkout.find(at, tasks.path(), List.of(slug)).stream().findFirst());
    }

    private boolean isFile(Sha at, TaskPath path) {
        return checkout.read(at, List.of(path)).get(path) instanceof Entry.RegularFile;
    }

    @Override
    public Map<Slug, TaskPath> find(Collection<Slug> slugs) {
        if (slugs.size() > FEW) {
            listed();
        }
        return Tip.super.find(slugs);
    }

    @Override
    public List<TaskPath> all() {
        return listed().map(TaskIndex::all).orElse(List.of());
    }

    private Optional<TaskIndex> listed() {
        if (index == null) {
            index = commit.map(at -> checkout.tasks(at, tasks.path())).orElse(null);
        }
        return Optional.ofNullable(index);
    }

    @Override
    public Map<TaskPath, byte[]> read(Collection<TaskPath> paths) {
        var contents = new LinkedHashMap<TaskPath, byte[]>();
        commit.map(at -> checkout.read(at, paths)).orElse(Map.of()).values().forEach(entry -> {
            if (entry instanceof Entry.RegularFile file) {
                contents.put(file.path(), file.content());
            }
        });
        return contents;
    }

    @Override
    public boolean contains(Sha other) {
        return commit.filter(at -> checkout.isAncestor(other, at)).isPresent();
    }
}
