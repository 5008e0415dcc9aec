package dev.reeve.reconcile;

import dev.reeve.git.Checkout;
import dev.reeve.git.Entry;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The default branch as an operator's checkout has fetched it.
 *
 * @param hints where a task's file is in the working tree: on the default branch it is most likely in the same place, which is looked at before the whole tree is
 */
public record CheckoutTip(Checkout checkout, BranchName branch, Optional<Sha> commit, TasksRoot tasks,
        Function<Slug, Optional<TaskPath>> hints) implements Tip {

    @Override
    public Optional<TaskPath> find(Slug slug) {
        return commit.flatMap(at -> hints.apply(slug)
                .filter(path -> isFile(at, path))
                .or(() -> checkout.find(at, tasks.path(), List.of(slug)).stream().findFirst()));
    }

    private boolean isFile(Sha at, TaskPath path) {
        return checkout.read(at, List.of(path)).get(path) instanceof Entry.RegularFile;
    }

    @Override
    public List<TaskPath> all() {
        return commit.map(at -> checkout.tasks(at, tasks.path()).all()).orElse(List.of());
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
