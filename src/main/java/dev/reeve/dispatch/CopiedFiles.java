package dev.reeve.dispatch;

import dev.reeve.model.TaskPath;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Files that git ignores and a worker needs, copied into its new worktree. Links are not followed, on either side. */
record CopiedFiles(Path from, Path to) {

    /** Those that are there; what the worktree has already stays as it is. */
    void copy(List<TaskPath> files) throws IOException {
        for (var file : files) {
            var source = from.resolve(file.value());
            var target = to.resolve(file.value());
            if (Files.exists(source, LinkOption.NOFOLLOW_LINKS) && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                copy(source, target);
            }
        }
    }

    private void copy(Path source, Path target) throws IOException {
        if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)
                || !source.toRealPath().startsWith(from.toRealPath())) {
            throw new FileSystemException(source.toString(), null, "is no file of this checkout: see worker.copy");
        }
        Files.createDirectories(target.resolveSibling("."));
        if (!target.resolveSibling(".").toRealPath().startsWith(to.toRealPath())) {
            throw new FileSystemException(target.toString(), null, "leads out of the worktree: see worker.copy");
        }
        Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }
}
