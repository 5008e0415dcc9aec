package dev.reeve.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/** What was read of a request's body. Memory is taken as bytes come, not as they are announced. */
sealed interface Body {

    /** All of it. */
    final class Whole implements Body {

        private final byte[] bytes;

        private Whole(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** It is larger than allowed. */
    record TooLarge() implements Body {}

    /** There is no memory left for it. */
    record NoRoom() implements Body {}

    /** It took too long. */
    record TooSlow() implements Body {}

    /** What one body may cost. */
    record Limits(int bytes, Duration time) {}

    int FIRST_STEP = 64 * 1024;

    /**
     * Reads a body to its end, or until a limit is met.
     *
     * @param declared its length as announced, -1 for unknown
     * @throws IOException when the connection breaks or the body is framed wrongly
     */
    static Body read(InputStream in, long declared, Limits limits, BodyMemory.Share memory) throws IOException {
        long deadline = System.nanoTime() + limits.time().toNanos();
        var buffer = new byte[declared < 0 ? FIRST_STEP : (int) Math.min(declared + 1, FIRST_STEP)];
        int size = 0;
        if (!memory.take(buffer.length)) {
            return new NoRoom();
        }
        for (int read = 0; read >= 0; size += Math.max(read, 0)) {
            if (size > limits.bytes()) {
                return new TooLarge();
            }
            if (System.nanoTime() > deadline) {
                return new TooSlow();
            }
            if (size == buffer.length) {
                int larger = Math.min(2 * size, limits.bytes() + 1);
                if (!memory.take(larger - size)) {
                    return new NoRoom();
                }
                buffer = Arrays.copyOf(buffer, larger);
            }
            read = in.read(buffer, size, buffer.length - size);
        }
        return new Whole(Arrays.copyOf(buffer, size));
    }
}
