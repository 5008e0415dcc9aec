package dev.reeve.store;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * Lines of columns between tabs, of which only those are decoded that are asked for. In a column a backslash begins what could not stand there: {@code \t}, {@code \n}, {@code \r},
 * {@code \\}, and {@code \N} alone is null. Everything throws {@link IllegalArgumentException} for text that is not so.
 *
 * <p><b>Threading:</b> one thread.
 */
final class TabbedLines {

    private static final String NULL = "\\N";
    private static final int COLUMNS = 1024;

    private final byte[] bytes;
    private final int end;
    private final int[] starts = new int[COLUMNS + 1];
    private int next;
    private int columns;

    /** @param end the bytes before it are the text; a line feed ends each line */
    TabbedLines(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** Goes to the next line, if there is one. */
    boolean advance() {
        if (next == end) {
            return false;
        }
        columns = 0;
        starts[0] = next;
        int at = next;
        while (at < end && bytes[at] != '\n') {
            if (bytes[at] == '\t') {
                endColumn(at);
            }
            at++;
        }
        if (at == end) {
            throw new IllegalArgumentException("a line without end");
        }
        endColumn(at);
        next = at + 1;
        return true;
    }

    private void endColumn(int at) {
        if (columns == COLUMNS) {
            throw new IllegalArgumentException("too many columns");
        }
        columns++;
        starts[columns] = at + 1;
    }

    /** How many columns the line has, at least one. */
    int columns() {
        return columns;
    }

    /** A column's text, which is not null. */
    String text(int column) {
        var text = textOrNull(column);
        if (text == null) {
            throw new IllegalArgumentException("nothing in column " + column);
        }
        return text;
    }

    @Nullable
    String textOrNull(int column) {
        check(column);
        int start = starts[column];
        var text = new String(bytes, start, starts[column + 1] - 1 - start, StandardCharsets.UTF_8);
        if (text.indexOf('\\') < 0) {
            return text;
        }
        return text.equals(NULL) ? null : unescaped(text);
    }

    private static String unescaped(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                out.append(switch (i < text.length() ? text.charAt(i) : '\0') {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case '\\' -> '\\';
                    default -> throw new IllegalArgumentException("a backslash that means nothing");
                });
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** A column's whole number. */
    long number(int column) {
        check(column);
        int at = starts[column];
        int last = starts[column + 1] - 1;
        boolean negative = at < last && bytes[at] == '-';
        at += negative ? 1 : 0;
        if (at == last || last - at > 19) {
            throw new IllegalArgumentException("no number in column " + column);
        }
        long value = 0;
        for (; at < last; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException("no number in column " + column);
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    private void check(int column) {
        if (column >= columns) {
            throw new IllegalArgumentException("there is no column " + column);
        }
    }

    /** Adds a column to a line that is being written. */
    static void append(StringBuilder line, @Nullable String text) {
        if (!line.isEmpty()) {
            line.append('\t');
        }
        if (text == null) {
            line.append(NULL);
        } else if (text.indexOf('\t') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                && text.indexOf('\\') < 0) {
            line.append(text);
        } else {
            line.append(text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r"));
        }
    }

    static void append(StringBuilder line, long number) {
        line.append('\t').append(number);
    }
}
