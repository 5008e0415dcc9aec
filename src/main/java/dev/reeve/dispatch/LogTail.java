package dev.reeve.dispatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The end of a worker's output. */
public final class LogTail {

    /** As much as is looked at for a usage limit. */
    static final int MOST = 64 << 10;

    private LogTail() {}

    /** The last bytes of a log, at most so many; none when there is no log. */
    public static byte[] read(Path log, int most) throws IOException {
        try (var channel = FileChannel.open(log, StandardOpenOption.READ)) {
            long size = channel.size();
            var tail = ByteBuffer.allocate((int) Math.min(size, most));
            while (tail.hasRemaining() && channel.read(tail, size - tail.capacity() + tail.position()) > 0) {
                // Until all of it is there.
            }
            return Arrays.copyOf(tail.array(), tail.position());
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }
}
