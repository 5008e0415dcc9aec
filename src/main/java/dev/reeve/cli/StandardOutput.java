package dev.reeve.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The process's standard output, which remembers what could not be written: writers swallow it, and a full disk must not look like success.
 *
 * <p><b>Threading</b>: one thread writes.
 */
final class StandardOutput extends OutputStream {

    private final OutputStream stream = new FileOutputStream(FileDescriptor.out);
    private Optional<IOException> failure = Optional.empty();

    /** The first failure. */
    Optional<IOException> failure() {
        return failure;
    }

    /** Whether whoever read it has had enough, as {@code head} has: nothing that anybody needs to be told. */
    boolean readerIsGone() {
        return failure.map(IOException::getMessage).filter(message -> message.contains("Broken pipe")).isPresent();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            stream.write(bytes, from, length);
        } catch (IOException e) {
            failure = failure.or(() -> Optional.of(e));
            throw e;
        }
    }
}
