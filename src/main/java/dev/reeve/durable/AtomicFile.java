package dev.reeve.durable;

import dev.reeve.durable.LockFile.Held;
import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Changes files as a whole or not at all. A changed file is written beside the old one under a fixed name,
 * {@code .<name>.reeve-tmp}, and renamed over it. Since its writers hold one lock, a temporary file that is found there
 * was left by a process that died, and is removed.
 *
 * <p>Symbolic links are never written through: a link in place of the file is refused. That no folder above leads elsewhere is
 * for the caller to know.
 */
public final class AtomicFile {

    private static final Set<PosixFilePermission> NEW_FILE = PosixFilePermissions.fromString("rw-r--r--");
    private static final int BUFFER = 1 << 16;

    private AtomicFile() {}

    /** Writes a file's content; it is not all in memory at once. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes all of it.
         *
         * @param out buffered; not to be closed
         */
        void to(OutputStream out) throws IOException;
    }

    /**
     * Makes the file hold exactly these bytes. An existing file keeps its permissions, a new one is readable by all
     * as far as the umask allows. Its folder must exist.
     *
     * @throws FileSystemException when there is something else than a regular file
     * @throws IOException when it could not be written; then the file is as it was
     */
    public static void replace(Held held, Path file, byte[] bytes) throws IOException {
        replace(held, file, out -> out.write(bytes));
    }

    /** Like the other, with content that is written while it is made. When making it fails, the file is as it was. */
    public static void replace(Held held, Path file, Content content) throws IOException {
        held.demand();
        prepare(held, file, content);
        commit(held, file);
    }

    /**
     * Like {@link #replace(Held, Path, byte[])}, with permissions of its own: the file has exactly these from its first moment on, whatever the old
     * one had.
     */
    public static void replace(Held held, Path file, byte[] bytes, Set<PosixFilePermission> permissions)
            throws IOException {
        held.demand();
        var _ = permissions(file);
        prepare(held, file, out -> out.write(bytes), permissions);
        commit(held, file);
    }

    /**
     * Like {@link #replace}, if the file holds {@code expected} at the last moment before it is replaced. What a program that
     * takes no lock writes in that very moment would still be lost: the kernel has no comparing rename.
     *
     * @return whether it was replaced
     * @throws NoSuchFileException when there is no such file
     */
    public static boolean replaceIf(Held held, Path file, byte[] expected, byte[] bytes) throws IOException {
        held.demand();
        if (permissions(file).isEmpty()) {
            throw new NoSuchFileException(file.toString());
        }
        prepare(held, file, out -> out.write(bytes));
        if (!holds(file, expected)) {
            Files.deleteIfExists(temporary(file));
            return false;
        }
        commit(held, file);
        return true;
    }

    /**
     * Makes a file that isn't there yet, whole or not at all, and never over anything that another program puts there meanwhile.
     *
     * @return false when there was something already
     */
    public static boolean create(Held held, Path file, byte[] bytes) throws IOException {
        held.demand();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        prepare(held, file, out -> out.write(bytes));
        try {
            // Unlike a rename, a second name is refused where there is a file.
            Files.createLink(file, temporary(file));
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(temporary(file));
        }
        force(file.resolveSibling("."));
        held.reached("created " + file.getFileName());
        return true;
    }

    /**
     * Moves a file, also into another folder of the same file system; never over an existing one.
     *
     * @throws FileAlreadyExistsException when there is something at {@code to}
     */
    public static void move(Held held, Path from, Path to) throws IOException {
        held.demand();
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        force(to.resolveSibling("."));
        force(from.resolveSibling("."));
        held.reached("moved " + from.getFileName());
    }

    /** Deletes a file if there is one; when this returns, it is gone for good. */
    public static void delete(Held held, Path file) throws IOException {
        held.demand();
        if (Files.deleteIfExists(file)) {
            force(file.resolveSibling("."));
            held.reached("deleted " + file.getFileName());
        }
    }

    /** Makes an entry of the folder durable: a created, renamed or deleted name. */
    public static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void prepare(Held held, Path file, Content content) throws IOException {
        prepare(held, file, content, permissions(file).orElse(null));
    }

    private static void prepare(Held held, Path file, Content content, @Nullable Set<PosixFilePermission> permissions)
            throws IOException {
        var temporary = temporary(file);
        Files.deleteIfExists(temporary);
        try {
            write(temporary, content, permissions);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        held.reached("written " + temporary.getFileName());
    }

    private static void write(Path temporary, Content content, @Nullable Set<PosixFilePermission> kept)
            throws IOException {
        var permissions = kept == null ? NEW_FILE : kept;
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(temporary, options, PosixFilePermissions.asFileAttribute(permissions))) {
            if (kept != null) {
                // The umask may have taken some of them away.
                Files.setPosixFilePermissions(temporary, kept);
            }
            var out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            content.to(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void commit(Held held, Path file) throws IOException {
        Files.move(temporary(file), file, StandardCopyOption.ATOMIC_MOVE);
        force(file.resolveSibling("."));
        held.reached("replaced " + file.getFileName());
    }

    private static boolean holds(Path file, byte[] expected) throws IOException {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Arrays.equals(in.readNBytes(expected.length + 1), expected);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static Optional<Set<PosixFilePermission>> permissions(Path file) throws IOException {
        try {
            var attributes = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new FileSystemException(file.toString(), null,
                        attributes.isSymbolicLink()
                                ? "is a symbolic link; it is not written through. Put a regular file in its place"
                                : "is no regular file");
            }
            return Optional.of(attributes.permissions());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".reeve-tmp");
    }
}
