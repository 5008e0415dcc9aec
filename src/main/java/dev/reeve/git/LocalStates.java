package dev.reeve.git;

import dev.reeve.model.LocalState;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What an operator has changed.
 *
 * <p>What is staged can only be known from the index, which git reads whole: 15 ms where it has 100,000 entries, 2 ms
 * where it has 100. Missing a staged change could cost an operator their work, so that is paid, but only once for all
 * files; the search for untracked files, which would cost as much again, is replaced by a look at the paths alone.
 */
final class LocalStates {

    /** More paths than these are not named to git, which then tells all that changed: it compares each file with each name. */
    private static final int FEW = 50;

    private final Supplier<Command> git;
    private final Path root;
    private final Supplier<Optional<Sha>> head;
    private final Trees trees;

    LocalStates(Supplier<Command> git, Path root, Supplier<Optional<Sha>> head, Trees trees) {
        this.git = git;
        this.root = root;
        this.head = head;
        this.trees = trees;
    }

    Map<TaskPath, LocalState> of(Collection<TaskPath> paths) {
        if (paths.isEmpty()) {
            return Map.of();
        }
        var changed = changed(paths);
        var quiet = paths.stream().filter(path -> exists(path) && !changed.contains(path.value())).toList();
        var atHead = head.get().map(commit -> trees.regularFiles(commit, quiet)).orElse(Set.of());
        var states = new LinkedHashMap<TaskPath, LocalState>();
        for (var path : paths) {
            states.put(path, state(path, changed, atHead));
        }
        return states;
    }

    private LocalState state(TaskPath path, Set<String> changed, Set<TaskPath> atHead) {
        if (!exists(path)) {
            return LocalState.MISSING;
        }
        if (changed.contains(path.value())) {
            return LocalState.MODIFIED;
        }
        return atHead.contains(path) ? LocalState.UNCHANGED : LocalState.UNTRACKED;
    }

    private boolean exists(TaskPath path) {
        return Files.exists(root.resolve(path.value()), LinkOption.NOFOLLOW_LINKS);
    }

    private Set<String> changed(Collection<TaskPath> paths) {
        var command = new ArrayList<>(List.of("status", "--porcelain", "-z", "--no-renames", "--untracked-files=no",
                "--ignore-submodules=all", "--"));
        if (paths.size() <= FEW) {
            paths.forEach(path -> command.add(path.value()));
        }
        var changed = new HashSet<String>();
        git.get().run(command).fields().stream().filter(field -> field.length() > 3).forEach(field -> {
            changed.add(field.substring(3));
        });
        return changed;
    }
}
