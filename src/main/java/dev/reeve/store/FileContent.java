package dev.reeve.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;

/** What is found where a file is expected. Links are not followed, and no more is read than the limit allows. */
sealed interface FileContent {

    /** There is nothing. */
    record Absent() implements FileContent {}

    /** There is a link, a folder or a device. */
    record NotAFile(String what) implements FileContent {}

    /** There is a file of more than {@code limit} bytes. */
    record TooLarge(int limit) implements FileContent {}

    /** There is a file, and this is all of it. */
    final class Bytes implements FileContent {
        private final byte[] bytes;

        private Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /**
     * Looks there.
     *
     * @param limit the most bytes that a file may have
     */
    static FileContent read(Path file, int limit) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                return new NotAFile(
                        attributes.isSymbolicLink() ? "a symbolic link, which is not followed" : "no regular file");
            }
            try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                var bytes = in.readNBytes(limit + 1);
                return bytes.length > limit ? new TooLarge(limit) : new Bytes(bytes);
            }
        } catch (NoSuchFileException e) {
            return new Absent();
        }
    }

    /**
     * Looks at the end of a file.
     *
     * @param most how many bytes of it are wanted; less where it has less
     */
    static FileContent readTail(Path file, int most) throws IOException {
        var whole = read(file, most);
        if (!(whole instanceof TooLarge)) {
            return whole;
        }
        try (var channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            long from = channel.size() - most;
            var tail = ByteBuffer.allocate(most);
            while (tail.hasRemaining() && channel.read(tail, from + tail.position()) > 0) {
                // Until all of it is there.
            }
            return new Bytes(Arrays.copyOf(tail.array(), tail.position()));
        }
    }
}
