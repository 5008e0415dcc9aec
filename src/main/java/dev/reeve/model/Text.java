package dev.reeve.model;

/** How text from outside is shown to people: on one line, in quotes, without control characters and secrets ({@link Redaction}), bounded. */
public final class Text {

    private static final int LONGEST = 120;

    private Text() {}

    /**
     * The text in double quotes; control, format and surrogate characters are written as escapes and all beyond
     * 120 characters is left out, so that it can neither forge a line of a log nor move a terminal's cursor.
     */
    public static String quoted(String text) {
        return '"' + plain(text, LONGEST) + '"';
    }

    /** Nearly all that is shown is printable ASCII, and lists of ten thousand tasks are shown. */
    private static boolean isPlain(String text, int longest) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x20 || text.charAt(i) > 0x7e) {
                return false;
            }
        }
        return text.length() <= longest;
    }

    /** The text on one line, escaped like {@link #quoted} but without quotes, of at most {@code longest} characters. */
    public static String plain(String text, int longest) {
        return escaped(Redaction.of(text), longest);
    }

    /** Whether a character is shown as it is: it controls nothing and turns nothing around. */
    public static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED, Character.PRIVATE_USE ->
                false;
            default -> true;
        };
    }

    private static String escaped(String text, int longest) {
        if (isPlain(text, longest)) {
            return text;
        }
        var out = new StringBuilder();
        text.codePoints().limit(longest).forEach(c -> {
            if (isShown(c)) {
                out.appendCodePoint(c);
            } else {
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return text.codePointCount(0, text.length()) > longest ? out.append('…').toString() : out.toString();
    }
}
