package dev.reeve.setup;

import dev.reeve.durable.ConfinedFolder;
import dev.reeve.model.TasksRoot;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The folder of the task files, with nothing in it but what makes git keep it. */
final class TasksFolder {

    private final Path root;

    TasksFolder(Path root) {
        this.root = root;
    }

    Deed complete(TasksRoot tasks, Site site) {
        var subject = tasks + "/";
        return Deed.of(subject, () -> {
            var folder = root.resolve(tasks.path().value());
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return Deed.kept(subject, "the folder of the tasks is there");
            }
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileSystemException(subject, null,
                        "is no folder but a file or a link, which is not followed: put a folder in its place");
            }
            if (site.mode() == Site.Mode.ACT) {
                site.write(ConfinedFolder.made(root, Path.of(tasks.path().value())).resolve(".gitkeep"), new byte[0]);
            }
            return Deed.created(subject, "make the first task with: reeve task new SLUG --title TITLE");
        });
    }
}
