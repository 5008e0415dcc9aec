package dev.reeve.git;

import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Asks git where task files are. */
final class TaskListing {

    private final Supplier<Command> git;

    TaskListing(Supplier<Command> git) {
        this.git = git;
    }

    /** All of them, from the whole tree beneath the root. */
    TaskIndex index(Sha commit, TaskPath root) {
        var fields = git.get().run("ls-tree", "-r", "-z", "--full-tree", commit.value(), "--", root + "/").fields();
        return TaskIndex.of(commit, root, fields.stream().flatMap(TaskListing::regularFile));
    }

    private static Stream<TaskPath> regularFile(String field) {
        return FileMode.parse(field.substring(0, 6)).isPresent()
                ? path(field.substring(field.indexOf('\t') + 1))
                : Stream.of();
    }

    /** The index at another commit: only the folders that differ are read. */
    TaskIndex moved(TaskIndex index, Sha commit) {
        var fields = git.get()
                .run("diff-tree", "-r", "-z", "--raw", "--no-renames", index.commit().value(), commit.value(), "--",
                        index.root() + "/")
                .fields();
        var gone = new HashSet<TaskPath>();
        var come = new ArrayList<TaskPath>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            boolean before = FileMode.parse(fields.get(i).substring(1, 7)).isPresent();
            boolean after = FileMode.parse(fields.get(i).substring(8, 14)).isPresent();
            if (before != after) {
                path(fields.get(i + 1)).forEach(before ? gone::add : come::add);
            }
        }
        return index.at(commit, gone, come);
    }

    /**
     * The files of some slugs, for who asks once and has no index: git compares the tree with the empty one and lets
     * through what matches.
     */
    List<TaskPath> find(Sha commit, TaskPath root, Collection<Slug> slugs) {
        var arguments = new ArrayList<>(List.of("diff-tree", "-r", "-z", "--raw", "--no-renames", emptyTree(commit),
                commit.value(), "--"));
        var folder = root.value().replaceAll("[*?\\[]", "\\\\$0");
        slugs.forEach(slug -> arguments.add(":(top,glob)" + folder + "/**/" + slug + ".md"));
        if (slugs.isEmpty()) {
            return List.of();
        }
        var fields = git.get().wildcards().run(arguments).fields();
        var found = new ArrayList<TaskPath>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (FileMode.parse(fields.get(i).substring(8, 14)).isPresent()) {
                path(fields.get(i + 1)).filter(path -> TaskIndex.isTask(root, path)).forEach(found::add);
            }
        }
        return found;
    }

    /** Git knows these two trees even where they were never stored. */
    private static String emptyTree(Sha commit) {
        return commit.value().length() == 40
                ? "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
                : "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";
    }

    private static Stream<TaskPath> path(String text) {
        return text.indexOf('\ufffd') >= 0 ? Stream.of() : TaskPath.parse(text).stream();
    }
}
