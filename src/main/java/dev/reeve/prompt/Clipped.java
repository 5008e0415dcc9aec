package dev.reeve.prompt;

import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Takes any amount of text and keeps its beginning and its end. */
final class Clipped extends Writer {

    private final int most;
    private final StringBuilder head = new StringBuilder();
    /** The last parts as they came: a template may repeat a long text many times, and copying that would take long. */
    private final Deque<String> tail = new ArrayDeque<>();
    private long tailLength;
    private long length;

    /** @param most so many bytes of UTF-8 the text may have */
    Clipped(int most) {
        this.most = most;
    }

    @Override
    public void write(char[] buffer, int offset, int count) {
        write(new String(buffer, offset, count));
    }

    @Override
    public void write(String text) {
        length += text.length();
        int room = Math.min(text.length(), most - head.length());
        head.append(text, 0, room);
        tail.add(text);
        tailLength += text.length();
        while (tailLength - tail.getFirst().length() >= most) {
            tailLength -= tail.removeFirst().length();
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    /** Whether nothing has to be left out. */
    boolean fits() {
        return length == head.length() && bytes(head).length <= most;
    }

    /** The text; where it doesn't fit, without its middle, which a mark says. */
    String text(String where) {
        if (fits()) {
            return head.toString();
        }
        var mark = "\n\n[… the middle of this text is left out here, because it has " + length + " characters; "
                + where + " …]\n\n";
        int room = most - bytes(mark).length;
        return beginning(bytes(head), room / 2) + mark + ending(bytes(String.join("", tail)), room - room / 2);
    }

    private static byte[] bytes(CharSequence text) {
        return text.toString().getBytes(UTF_8);
    }

    private static String beginning(byte[] text, int count) {
        int end = Math.min(count, text.length);
        while (end > 0 && end < text.length && continues(text[end])) {
            end--;
        }
        return new String(text, 0, end, UTF_8);
    }

    private static String ending(byte[] text, int count) {
        int begin = Math.max(0, text.length - count);
        while (begin < text.length && continues(text[begin])) {
            begin++;
        }
        return new String(text, begin, text.length - begin, UTF_8);
    }

    /** Whether a byte of UTF-8 is not the first of its character. */
    private static boolean continues(byte one) {
        return (one & 0xC0) == 0x80;
    }
}
