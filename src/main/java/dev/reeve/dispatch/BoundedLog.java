package dev.reeve.dispatch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that takes whatever a worker prints, byte for byte, and keeps only the end of it once that is much: a note in it says how much is missing. It is cut by a rename, so that who reads it sees one or the other.
 *
 * <p><b>Threading:</b> one thread writes; {@link #kept} is for any.
 */
final class BoundedLog implements Closeable {

    private final Path file;
    private final long most;
    private FileChannel channel;
    private final AtomicLong size = new AtomicLong();
    private long dropped;

    private BoundedLog(Path file, long most, FileChannel channel) {
        this.file = file;
        this.most = most;
        this.channel = channel;
    }

    /**
     * Begins a new file in place of whatever is there.
     *
     * @param most how many bytes it may come to have; half of them are kept when it is cut
     */
    static BoundedLog begin(Path file, long most) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is a folder, and a worker's output was to go there");
        }
        Files.deleteIfExists(file);
        return new BoundedLog(file, most, FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)));
    }

    /** How many bytes the file has. */
    long kept() {
        return size.get();
    }

    void write(byte[] bytes, int length) throws IOException {
        if (size.get() + length > most) {
            cut();
        }
        append(ByteBuffer.wrap(bytes, 0, length));
    }

    private void append(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            size.addAndGet(channel.write(bytes, size.get()));
        }
    }

    /** What is kept may begin in the middle of a line. */
    private void cut() throws IOException {
        long all = size.get();
        long keep = Math.min(all, most / 2);
        var tail = ByteBuffer.allocate((int) keep);
        while (tail.hasRemaining() && channel.read(tail, all - keep + tail.position()) > 0) {
            // Until all of it is there.
        }
        tail.flip();
        dropped += all - tail.limit();
        var next = file.resolveSibling("." + file.getFileName() + ".reeve-tmp");
        Files.deleteIfExists(next);
        var fresh = FileChannel.open(next,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
        channel.close();
        channel = fresh;
        size.set(0);
        append(ByteBuffer.wrap(("[reeve: " + dropped + " bytes before this are left out]\n")
                .getBytes(StandardCharsets.UTF_8)));
        append(tail);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
