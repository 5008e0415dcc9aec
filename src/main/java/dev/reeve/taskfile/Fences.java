package dev.reeve.taskfile;

/**
 * Where a file's frontmatter is. It begins after a first line {@code ---}, before which only a byte order mark may
 * stand, and ends before the next line {@code ---}; blanks may follow the dashes. Looked for in bytes, so that what
 * isn't touched need not be decoded.
 */
sealed interface Fences {

    /** Bytes that a task file may have at most. */
    int LARGEST_FILE = 1 << 20;

    /** Bytes that frontmatter may have at most. */
    int LARGEST_FRONTMATTER = 1 << 16;

    /** The file doesn't begin with a fence. */
    record Absent() implements Fences {}

    /** The file begins with a fence but can't be read on, and why. */
    record Unusable(String message) implements Fences {}

    /** The frontmatter is {@code [start, end)} and the body begins at {@code body}, in bytes. */
    record Found(int start, int end, int body) implements Fences {}

    /** Looks for the fences. */
    static Fences find(byte[] content) {
        if (isUtf16Fence(content)) {
            return new Unusable("the file is UTF-16; save it as UTF-8");
        }
        int first = startsWith(content, 0, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        int start = afterFence(content, first);
        if (start < 0 || (start == content.length && content[start - 1] != '\n')) {
            return new Absent();
        }
        if (content.length > LARGEST_FILE) {
            return new Unusable("the file is larger than 1 MiB; move what is long out of it");
        }
        return findEnd(content, start);
    }

    private static Fences findEnd(byte[] content, int start) {
        for (int line = start; line < content.length; line = afterLine(content, line)) {
            int body = afterFence(content, line);
            if (body >= 0) {
                return line - start <= LARGEST_FRONTMATTER
                        ? new Found(start, line, body)
                        : new Unusable("the frontmatter is larger than 64 KiB; move what is long into the body");
            }
        }
        return new Unusable("the frontmatter is not closed; add a line --- after its last key");
    }

    /** The offset after the line at the offset if that is a fence, or -1. */
    private static int afterFence(byte[] content, int line) {
        if (!startsWith(content, line, '-', '-', '-')) {
            return -1;
        }
        int at = line + 3;
        while (at < content.length && (content[at] == ' ' || content[at] == '\t')) {
            at++;
        }
        if (at < content.length && content[at] == '\r') {
            at++;
        }
        return at == content.length ? at : content[at] == '\n' ? at + 1 : -1;
    }

    private static int afterLine(byte[] content, int from) {
        int at = from;
        while (at < content.length && content[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, content.length);
    }

    private static boolean isUtf16Fence(byte[] content) {
        return startsWith(content, 0, 0xFF, 0xFE, '-', 0, '-', 0, '-', 0)
                || startsWith(content, 0, 0xFE, 0xFF, 0, '-', 0, '-', 0, '-');
    }

    private static boolean startsWith(byte[] content, int offset, int... expected) {
        if (content.length - offset < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (content[offset + i] != (byte) expected[i]) {
                return false;
            }
        }
        return true;
    }
}
