package dev.reeve.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lines {@code key TAB value LF}, sorted by key, in a file of any length: a key is found by bisection with some twenty reads of
 * a page. The file isn't mapped, so that nothing but a short read happens if it shrinks. Keys are ASCII.
 *
 * <p><b>Threading:</b> one thread.
 */
final class SortedLines implements Closeable {

    private static final int PAGE = 8192;
    private static final int LONGEST = 4 * PAGE;

    private final FileChannel channel;
    private final long end;
    private final ByteBuffer page = ByteBuffer.allocate(PAGE);
    private long pageStart = -1;

    /** @throws IOException when there is no such file, or a link */
    SortedLines(Path file) throws IOException {
        channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        end = channel.size();
    }

    /** The first line. */
    String first() throws IOException {
        return line(0);
    }

    /**
     * The values of all lines behind the first one with that key.
     *
     * @throws IOException also when the file is not as described
     */
    List<String> values(String key) throws IOException {
        var values = new ArrayList<String>();
        long at = lowerBound(key);
        while (at < end) {
            var line = line(at);
            if (!key(line).equals(key)) {
                break;
            }
            values.add(line.substring(key.length() + 1));
            at += line.getBytes(StandardCharsets.UTF_8).length + 1L;
        }
        return values;
    }

    /** Where the first line begins whose key isn't smaller. */
    private long lowerBound(String key) throws IOException {
        long low = next(0);
        long high = end;
        while (low < high) {
            long start = start((low + high) >>> 1, low);
            if (key(line(start)).compareTo(key) < 0) {
                low = next(start);
            } else {
                high = start;
            }
        }
        return low;
    }

    private static String key(String line) throws IOException {
        int tab = line.indexOf('\t');
        if (tab < 0) {
            throw new IOException("a line without a key");
        }
        return line.substring(0, tab);
    }

    /** Where the line begins that holds the byte at {@code position}, not before {@code least}. */
    private long start(long position, long least) throws IOException {
        long start = position;
        while (start > least && byteAt(start - 1) != '\n') {
            start--;
        }
        return start;
    }

    /** Where the line after the one at {@code start} begins. */
    private long next(long start) throws IOException {
        long position = start;
        while (byteAt(position) != '\n') {
            position++;
            if (position - start > LONGEST) {
                throw new IOException("a line without end");
            }
        }
        return position + 1;
    }

    private String line(long start) throws IOException {
        var bytes = new byte[Math.toIntExact(next(start) - start - 1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = byteAt(start + i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte byteAt(long position) throws IOException {
        long wanted = position / PAGE * PAGE;
        if (wanted != pageStart) {
            page.clear();
            pageStart = wanted;
            while (page.hasRemaining() && channel.read(page, wanted + page.position()) > 0) {
                // Until the page is full or the file ends.
            }
            page.flip();
        }
        int offset = (int) (position - wanted);
        if (position >= end || offset >= page.limit()) {
            throw new IOException("a line without end");
        }
        return page.get(offset);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
