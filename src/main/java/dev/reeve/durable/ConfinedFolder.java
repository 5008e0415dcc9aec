package dev.reeve.durable;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Folders below a root that can't be led out of it: a repository may hold a symbolic link where we expect a folder
 * of our own, and nothing must be read or written through it.
 */
public final class ConfinedFolder {

    private ConfinedFolder() {}

    /**
     * The real path of a folder below {@code root}, or nothing when there is none.
     *
     * @param relative where it is below the root
     * @throws FileSystemException when it leads out of the root, is no folder, or can't be looked at: then it isn't
     *         known that there is none
     */
    public static Optional<Path> existing(Path root, Path relative) throws IOException {
        var real = root.toRealPath();
        try {
            return Optional.of(confined(real, real.resolve(relative)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * The real path of a folder below {@code root}, made durably with the folders on the way to it where they are
     * missing.
     *
     * @throws FileSystemException when it leads out of the root, or is no folder; nothing is made outside
     */
    public static Path made(Path root, Path relative) throws IOException {
        var real = root.toRealPath();
        var folder = real;
        for (var part : relative) {
            var next = folder.resolve(part);
            if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                // Another process may make it in the same moment, which is as good.
                Files.createDirectories(next);
                AtomicFile.force(folder);
            }
            folder = confined(real, next);
        }
        return folder;
    }

    private static Path confined(Path realRoot, Path folder) throws IOException {
        var real = folder.toRealPath();
        if (!real.startsWith(realRoot) || !Files.isDirectory(real)) {
            throw new FileSystemException(folder.toString(), null,
                    "is no folder inside " + realRoot + "; it is left alone. Put a folder in its place");
        }
        return real;
    }
}
