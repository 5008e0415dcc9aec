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
import java.util.Optional;
import java.util.function.Function;

/**
 * The task files in a folder, as copies of tasks. A single slug is found by the tree's index; once a walk has told where everything is, that says it, so
 * that slugs that aren't there cost no walk each.
 */
final class TaskCopies {

    private final WorkingTree tree;
    private final Path root;
    private @Nullable Walked walked;

    TaskCopies(WorkingTree tree, Path root) {
        this.tree = tree;
        this.root = root;
    }

    WorkingTree tree() {
        return tree;
    }

    /**
     * What a walk has told.
     *
     * @param where the paths where a slug's task may be
     * @param unread what could not be looked into: a task that isn't anywhere else may be there
     */
    private record Walked(Function<Slug, List<TaskPath>> where, List<String> unread) {

        List<TaskPath> find(Slug slug) throws IOException {
            var paths = where.apply(slug);
            if (paths.isEmpty() && !unread.isEmpty()) {
                throw WorkingTree.mayBeIn(unread.getFirst(), slug);
            }
            return paths;
        }
    }

    /** A task's file; without path it is absent. */
    record File(Optional<TaskPath> path, TaskCopy copy) {}

    File find(Slug slug) throws IOException {
        var candidates = walked == null ? tree.find(slug) : walked.find(slug);
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
        given(listing);
        return listing;
    }

    void given(TaskListing listing) {
        var bySlug = new HashMap<Slug, List<TaskPath>>();
        listing.paths()
                .forEach(path -> path.slug()
                        .ifPresent(slug -> bySlug.computeIfAbsent(slug, _ -> new ArrayList<>(1)).add(path)));
        given(slug -> bySlug.getOrDefault(slug, List.of()), listing.unread());
    }

    void given(Function<Slug, List<TaskPath>> where, List<String> unread) {
        walked = new Walked(where, unread);
    }
}
