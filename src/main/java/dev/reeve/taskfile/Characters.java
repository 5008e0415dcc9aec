package dev.reeve.taskfile;

/** Which characters YAML lets stand as they are (YAML 1.1 §5.1 and 1.2 §5.1, which agree). */
final class Characters {

    private Characters() {}

    /** The offset of the first character that may not stand in YAML at all, or -1. */
    static int firstForbidden(String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            if (!isPrintable(c) && c != '\t' && c != '\n' && c != '\r' && c != 0x85) {
                return at;
            }
        }
        return -1;
    }

    /**
     * True for a character that can stand within a line without being blank, a break or a control to any YAML reader.
     */
    static boolean isInline(int c) {
        return isPrintable(c) && c != 0x2028 && c != 0x2029 && c != 0xFEFF;
    }

    /** True when every character {@link #isInline}. */
    static boolean areInline(String text) {
        int c;
        for (int at = 0; at < text.length(); at += Character.charCount(c)) {
            c = text.codePointAt(at);
            if (!isInline(c)) {
                return false;
            }
        }
        return true;
    }

    /** True for text without lone halves of surrogate pairs, which UTF-8 can't hold. */
    static boolean areEncodable(String text) {
        return text.codePoints().noneMatch(c -> c <= 0xFFFF && Character.isSurrogate((char) c));
    }

    private static boolean isPrintable(int c) {
        return (c >= 0x20 && c <= 0x7E) || (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}
