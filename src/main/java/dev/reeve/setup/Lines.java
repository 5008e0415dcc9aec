package dev.reeve.setup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Adds lines to texts whose character set isn't known, in the way in which they are written: their line ends, and whether the last line has one. */
final class Lines {

    private Lines() {}

    /** Bytes as characters of the same value, so that what isn't changed stays as it is. */
    static String of(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    /** The bytes again. */
    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** How a text ends its lines. */
    static String end(String text) {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    /**
     * The text with more lines behind it.
     *
     * @param more lines that end with {@code \n}
     */
    static String append(String text, String more) {
        var end = end(text);
        var lines = more.replace("\n", end);
        if (text.isEmpty() || text.endsWith("\n")) {
            return text + lines;
        }
        return text + end + lines.substring(0, lines.length() - end.length());
    }
}
