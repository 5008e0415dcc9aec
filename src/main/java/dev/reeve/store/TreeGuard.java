package dev.reeve.store;

import dev.reeve.model.TaskPath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Looks at each folder on the way to a file before the file is touched: a repository's content must lead neither out
 * of the tree by a symbolic link nor into a submodule, whose files are not this repository's.
 *
 * @param root of the checkout
 */
record TreeGuard(Path root) {

    /** Where a path leads. */
    sealed interface Way {}

    /** To this file, if there is one; it may itself be a link. */
    record Free(Path file) implements Way {}

    /** To nothing: a folder is missing. */
    record Nowhere() implements Way {}

    /** Out of what we may touch. */
    record Barred(String why) implements Way {}

    Way way(TaskPath path) throws IOException {
        try {
            var file = root.resolve(path.value());
            for (var folder = root; !folder.equals(file.getParent());) {
                folder = folder.resolve(file.getName(folder.getNameCount()));
                var attributes = Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isSymbolicLink()) {
                    return new Barred("is behind a symbolic link, which is not followed");
                }
                if (!attributes.isDirectory()) {
                    return new Nowhere();
                }
                if (isRepository(folder)) {
                    return new Barred("is in a submodule or a repository of its own");
                }
            }
            return new Free(file);
        } catch (NoSuchFileException e) {
            return new Nowhere();
        } catch (InvalidPathException e) {
            return new Barred("can't be named in this system's character set; set LC_ALL=C.UTF-8");
        }
    }

    /** Whether a folder below the root is a submodule, a clone or a worktree. */
    static boolean isRepository(Path folder) {
        return Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS);
    }

    /** The path of a file below the root; nothing when its name is none that a task's path may have, or is no text. */
    Optional<TaskPath> path(Path file) {
        try {
            // A name that is no text decodes to another one, which must not be taken for it.
            return TaskPath.parse(root.relativize(file).toString())
                    .filter(path -> root.resolve(path.value()).equals(file));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
