package dev.reeve.setup;

import dev.reeve.durable.AtomicFile;
import dev.reeve.durable.Checkpoint;
import dev.reeve.durable.LockFile;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * Where it is built: reads and writes files as a whole, and in a dry run reads them only.
 *
 * @param gitFolder the git folder that all worktrees share, which holds the lock
 */
public record Site(Path gitFolder, Mode mode) {

    private static final int LARGEST = 4 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Whether anything may be changed. */
    public enum Mode {
        ACT, DRY_RUN
    }

    /**
     * The bytes of a file; nothing where there is none.
     *
     * @throws FileSystemException when it is a link, no file, or has more than 4 MiB
     */
    static Optional<byte[]> read(Path file) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                throw new FileSystemException(file.toString(), null,
                        "is a symbolic link, which is not followed: put a file in its place");
            }
            if (!attributes.isRegularFile() || attributes.size() > LARGEST) {
                throw new FileSystemException(file.toString(), null,
                        attributes.isRegularFile() ? "has more than 4 MiB" : "is no file: move it away");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Makes a file hold these bytes; it keeps its permissions. */
    void write(Path file, byte[] bytes) throws IOException {
        changing(held -> AtomicFile.replace(held, file, bytes));
    }

    /** Makes a program of these bytes, its folder with it; everybody may run it. */
    void writeProgram(Path file, byte[] bytes) throws IOException {
        changing(held -> {
            Files.createDirectories(file.resolveSibling("."));
            AtomicFile.replace(held, file, bytes, PosixFilePermissions.fromString("rwxr-xr-x"));
        });
    }

    /** Gives a file, or the link that it is, a second name. */
    void copyName(Path file, Path second) throws IOException {
        changing(_ -> {
            if (Files.isSymbolicLink(file)) {
                Files.createSymbolicLink(second, Files.readSymbolicLink(file));
            } else {
                Files.createLink(second, file);
            }
        });
    }

    /** Puts a file, as it is, in the place of another one. */
    void putInPlace(Path file, Path of) throws IOException {
        changing(_ -> {
            Files.move(file, of, StandardCopyOption.ATOMIC_MOVE);
            // Two names of the same file: such a rename does nothing.
            Files.deleteIfExists(file);
        });
    }

    /** Takes a file away. */
    void delete(Path file) throws IOException {
        changing(_ -> Files.deleteIfExists(file));
    }

    private interface Change {
        void make(LockFile.Held held) throws IOException;
    }

    private void changing(Change change) throws IOException {
        if (mode == Mode.DRY_RUN) {
            return;
        }
        try (var held = new LockFile(gitFolder.resolve("reeve-setup.lock"), PATIENCE, Checkpoint.NONE).hold()) {
            change.make(held);
        }
    }
}
