package dev.reeve.durable;

import dev.reeve.durable.LockFile.Held;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Files of lines that are only ever added to. A line without its end was cut off by a crash: it is ended before the next one begins, and is for the reader to leave out. */
public final class AppendedFile {

    private static final byte END = '\n';

    private AppendedFile() {}

    /**
     * Adds whole lines, durably.
     *
     * @param lines each with its end
     * @throws FileSystemException when there is something else than a regular file
     */
    public static void append(Held held, Path file, byte[] lines) throws IOException {
        held.demand();
        boolean isNew = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
        if (!isNew && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(file.toString(), null, "is no regular file");
        }
        try (var channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            write(channel, isCutOff(channel) ? ended(lines) : lines);
        }
        if (isNew) {
            AtomicFile.force(file.resolveSibling("."));
        }
        held.reached("appended " + file.getFileName());
    }

    /** Where a full disk takes only a part, that part is taken back. */
    private static void write(FileChannel channel, byte[] lines) throws IOException {
        long before = channel.size();
        var bytes = ByteBuffer.wrap(lines);
        boolean isDone = false;
        try {
            while (bytes.hasRemaining()) {
                var _ = channel.write(bytes, before + bytes.position());
            }
            channel.force(true);
            isDone = true;
        } finally {
            if (!isDone) {
                channel.truncate(before);
            }
        }
    }

    private static boolean isCutOff(FileChannel channel) throws IOException {
        var last = ByteBuffer.allocate(1);
        return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != END;
    }

    private static byte[] ended(byte[] lines) {
        var all = new byte[lines.length + 1];
        all[0] = END;
        System.arraycopy(lines, 0, all, 1, lines.length);
        return all;
    }
}
