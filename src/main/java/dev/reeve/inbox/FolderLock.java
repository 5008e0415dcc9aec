package dev.reeve.inbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Held while a process owns a data folder. The kernel lets go of it when the process dies, however it dies. */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock; a folder that doesn't exist is made, for this user only, because deliveries quote private repositories.
     *
     * @throws IllegalStateException when another process, or this one, holds it
     * @throws IOException when the folder can't be used
     */
    static FolderLock take(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makePrivate(folder);
        }
        var channel = FileChannel.open(folder.resolve("inbox.lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new IllegalStateException("the data folder " + folder
                    + " is in use by another reeve server; stop it, or give this one a folder of its own");
        }
        return new FolderLock(channel);
    }

    private static void makePrivate(Path folder) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
