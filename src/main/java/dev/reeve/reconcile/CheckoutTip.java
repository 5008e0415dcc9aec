package dev.reeve.reconcile;

import dev.reeve.git.Checkout;
import dev.reeve.git.Entry;
import dev.reeve.git.TaskIndex;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
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

    /** For more slugs than these the whole tree is listed at once. */
    private static final int FEW = 64;

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
        return Optional.ofNullable(find(List.of(slug)).get(slug));
    }

    @Override
    public Map<Slug, TaskPath> find(Collection<Slug> slugs) {
        var paths = new LinkedHashMap<Slug, TaskPath>();
        if (index == null && slugs.size() <= FEW) {
            commit.ifPresent(at -> search(at, slugs, paths));
        } else {
            listed().ifPresent(all -> slugs.forEach(
                    slug -> all.find(slug).stream().findFirst().ifPresent(path -> paths.put(slug, path))));
        }
        return paths;
    }

    /** Where they are in the working tree, and the rest by one search through the tree. */
    private void search(Sha at, Collection<Slug> slugs, Map<Slug, TaskPath> paths) {
        var hinted = new LinkedHashMap<Slug, TaskPath>();
        slugs.forEach(slug -> hint(slug).ifPresent(path -> hinted.put(slug, path)));
        var there = checkout.regularFiles(at, hinted.values());
        hinted.forEach((slug, path) -> {
            if (there.contains(path)) {
                paths.put(slug, path);
            }
        });
        var rest = slugs.stream().filter(slug -> !paths.containsKey(slug)).toList();
        checkout.find(at, tasks.path(), rest)
                .forEach(path -> path.slug().ifPresent(slug -> paths.putIfAbsent(slug, path)));
    }

    private Optional<TaskPath> hint(Slug slug) {
        try {
            return hints.apply(slug);
        } catch (UncheckedIOException e) {
            // A working tree that can't be read says nothing about the commit; whoever asks for the working tree is told.
            return Optional.empty();
        }
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
    public TaskCopy at(Sha other, Slug slug) {
        var here = find(slug).map(path -> Copies.in(checkout.read(other, List.of(path))));
        return here.filter(copy -> !(copy instanceof TaskCopy.Absent))
                .orElseGet(() -> Copies.in(checkout.read(other, checkout.find(other, tasks.path(), List.of(slug)))));
    }

    @Override
    public boolean contains(Sha other) {
        return commit.filter(at -> checkout.isAncestor(other, at)).isPresent();
    }
}
