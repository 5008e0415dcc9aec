package dev.reeve.git;

import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the task files are at one commit: the regular {@code .md} files beneath the folder of the tasks, without
 * {@code logs/}, {@code templates/} and what begins with {@code .} or {@code _}, on any level. A file whose name is no
 * slug is among them, so that it can be reported; one whose path is not UTF-8 or holds control characters is not, because
 * no path can name it.
 *
 * <p>About 150 bytes a task. It is derived from git in well under a second, so it is not stored.
 *
 * <p><i>Threading:</i> immutable.
 */
public final class TaskIndex {

    /** By file name first, so that a slug is found by halving. */
    private static final Comparator<TaskPath> ORDER = Comparator.comparing(TaskPath::fileName)
            .thenComparing(TaskPath::value);

    private final Sha commit;
    private final TaskPath root;
    private final TaskPath[] paths;

    private TaskIndex(Sha commit, TaskPath root, TaskPath[] paths) {
        this.commit = commit;
        this.root = root;
        this.paths = paths;
    }

    static TaskIndex of(Sha commit, TaskPath root, Stream<TaskPath> regularFiles) {
        return new TaskIndex(commit, root,
                regularFiles.filter(path -> isTask(root, path)).sorted(ORDER).toArray(TaskPath[]::new));
    }

    /** The index at another commit, given how it differs from this one. */
    TaskIndex at(Sha other, Set<TaskPath> gone, Collection<TaskPath> come) {
        if (gone.isEmpty() && come.isEmpty()) {
            return new TaskIndex(other, root, paths);
        }
        var kept = Arrays.stream(paths).filter(path -> !gone.contains(path));
        return new TaskIndex(other, root, merged(kept.toArray(TaskPath[]::new), come));
    }

    private TaskPath[] merged(TaskPath[] kept, Collection<TaskPath> come) {
        var added = come.stream().filter(path -> isTask(root, path)).toArray(TaskPath[]::new);
        var all = Arrays.copyOf(kept, kept.length + added.length);
        System.arraycopy(added, 0, all, kept.length, added.length);
        Arrays.sort(all, ORDER);
        return all;
    }

    /** The commit that it is about. */
    public Sha commit() {
        return commit;
    }

    /** The folder of the tasks. */
    public TaskPath root() {
        return root;
    }

    /** All task files, ordered by file name. */
    public List<TaskPath> all() {
        return List.of(paths);
    }

    /** The files of this slug: one, none, or several when the slug is used twice. */
    public List<TaskPath> find(Slug slug) {
        var name = slug + ".md";
        int low = 0;
        int high = paths.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (paths[middle].fileName().compareTo(name) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Arrays.stream(paths, low, paths.length).takeWhile(path -> path.fileName().equals(name)).toList();
    }

    /** Whether a regular file at this path is a task's, going by its path alone. */
    static boolean isTask(TaskPath root, TaskPath path) {
        var prefix = root.value() + "/";
        if (!path.value().startsWith(prefix) || !path.value().endsWith(".md")) {
            return false;
        }
        var parts = path.value().substring(prefix.length()).split("/");
        return Arrays.stream(parts).noneMatch(part -> part.startsWith(".") || part.startsWith("_"))
                && Arrays.stream(parts, 0, parts.length - 1)
                        .noneMatch(part -> part.equals("logs") || part.equals("templates"));
    }
}
