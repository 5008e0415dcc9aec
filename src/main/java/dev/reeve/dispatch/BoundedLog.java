package dev.reeve.dispatch;

import dev.reeve.durable.FailureWords;
import dev.reeve.model.Text;

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
 * <p>A disk that is full must not stop the worker: what could not be written is let go, and a note takes its place as soon as there is room.
 *
 * <p><b>Threading:</b> for any number of threads.
 */
final class BoundedLog implements Closeable {

    private static final int LONGEST_NOTE = 400;

    private final Path file;
    private final long most;
    private FileChannel channel;
    private final AtomicLong size = new AtomicLong();
    private long dropped;
    private int noteLength;
    private long lost;
    private String why = "";

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
        return new BoundedLog(file, most, open(file));
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** How many bytes the file has. */
    long kept() {
        return size.get();
    }

    /** Takes what was printed, at once far less than the file may have. */
    synchronized void write(byte[] bytes, int length) {
        try {
            if (size.get() + length + (lost > 0 ? LONGEST_NOTE : 0) > most) {
                cut();
            }
            sayWhatIsLost();
            append(ByteBuffer.wrap(bytes, 0, length));
        } catch (IOException e) {
            lost += length;
            why = FailureWords.of(e);
        }
    }

    private void sayWhatIsLost() throws IOException {
        if (lost > 0) {
            append(note(lost + " bytes here could not be written: " + Text.plain(why, LONGEST_NOTE / 2)));
            lost = 0;
        }
    }

    private static ByteBuffer note(String text) {
        return ByteBuffer.wrap(("[reeve: " + text + "]\n").getBytes(StandardCharsets.UTF_8));
    }

    /** All or none of it: what a full disk took of a part is written over by what comes next. */
    private void append(ByteBuffer bytes) throws IOException {
        size.set(written(channel, bytes, size.get()));
    }

    private static long written(FileChannel to, ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            at += to.write(bytes, at);
        }
        return at;
    }

    private void cut() throws IOException {
        var next = file.resolveSibling("." + file.getFileName() + ".reeve-tmp");
        Files.deleteIfExists(next);
        var fresh = open(next);
        boolean isCut = false;
        try {
            long all = size.get() - noteLength;
            long keep = Math.min(all, most / 2);
            long left = dropped + all - keep;
            var note = note(left + " bytes before this are left out");
            int begin = note.limit();
            long length = copyTail(fresh, keep, note);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            isCut = true;
            dropped = left;
            noteLength = begin;
            size.set(length);
            var old = channel;
            channel = fresh;
            old.close();
        } finally {
            if (!isCut) {
                fresh.close();
                Files.deleteIfExists(next);
            }
        }
    }

    /** What is kept may begin in the middle of a line. */
    private long copyTail(FileChannel to, long keep, ByteBuffer note) throws IOException {
        long at = written(to, note, 0);
        to.position(at);
        long end = size.get();
        for (long from = end - keep; from < end;) {
            long copied = channel.transferTo(from, end - from, to);
            if (copied <= 0) {
                throw new IOException("the log is shorter than it was written");
            }
            from += copied;
            at += copied;
        }
        return at;
    }

    @Override
    public synchronized void close() {
        try (var closing = channel) {
            if (closing.isOpen()) {
                closing.truncate(size.get());
                sayWhatIsLost();
            }
        } catch (IOException e) {
            // It is full still: who reads it sees where it ends.
        }
    }
}
