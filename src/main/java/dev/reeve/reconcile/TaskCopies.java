package dev.reeve.reconcile;

import dev.reeve.model.Slug;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskPath;
import dev.reeve.store.TaskContent;
import dev.reeve.store.TaskListing;
import dev.reeve.store.WorkingTree;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The task files in a folder, as copies of tasks. A single slug is found by the tree's index; once everything was listed, that list says where each
 * is, so that slugs that aren't there cost no walk each.
 */
final class TaskCopies {

    private final WorkingTree tree;
    private final Path root;
    private @Nullable Map<Slug, List<TaskPath>> listed;

    TaskCopies(WorkingTree tree, Path root) {
        this.tree = tree;
        this.root = root;
    }

    WorkingTree tree() {
        return tree;
    }

    /** A task's file; without path it is absent. */
    record File(Optional<TaskPath> path, TaskCopy copy) {}

    File find(Slug slug) throws IOException {
        var candidates = listed == null ? tree.find(slug) : listed.getOrDefault(slug, List.of());
        for (var path : candidates) {
            var copy = copy(path);
            if (!(copy instanceof TaskCopy.Absent)) {
                return new File(Optional.of(path), copy);
            }
        }
        return new File(Optional.empty(), new TaskCopy.Absent());
    }

    TaskCopy copy(TaskPath path) throws IOException {
        return switch (tree.read(path)) {
            case TaskContent.Absent() -> new TaskCopy.Absent();
            case TaskContent.Refused(var fault) -> new TaskCopy.Faulty(List.of(fault));
            case TaskContent.Present present -> Copies.of(path, present.bytes(), modified(root.resolve(path.value())));
        };
    }

    private static @Nullable Instant modified(Path file) throws IOException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant()
                : null;
    }

    TaskListing list() throws IOException {
        var listing = tree.all();
        var bySlug = new HashMap<Slug, List<TaskPath>>();
        listing.paths()
                .forEach(path -> path.slug()
                        .ifPresent(slug -> bySlug.computeIfAbsent(slug, _ -> new ArrayList<>(1)).add(path)));
        listed = bySlug;
        return listing;
    }
}
