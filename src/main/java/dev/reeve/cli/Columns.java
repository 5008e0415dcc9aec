package dev.reeve.cli;

import java.lang.Character.UnicodeScript;
import java.util.Map;
import java.util.Set;

/** Fits lines into the width of a terminal, since one that wraps can't be drawn over. */
final class Columns {

    private static final int USUAL = 120;
    private static final int LEAST = 20;
    private static final int MOST = 1_000;
    private static final Set<UnicodeScript> WIDE = Set.of(UnicodeScript.HAN, UnicodeScript.HANGUL,
            UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);

    private Columns() {}

    /** How many there are: {@code COLUMNS}, where the shell passes it on. */
    static int of(Map<String, String> environment) {
        try {
            return Math.clamp(Integer.parseInt(environment.getOrDefault("COLUMNS", "").strip()), LEAST, MOST);
        } catch (NumberFormatException e) {
            return USUAL;
        }
    }

    /** The text, or as much of it as fits with a mark that there is more. */
    static String fit(String text, int columns) {
        if (text.codePoints().map(Columns::width).sum() <= columns) {
            return text;
        }
        var fitting = new StringBuilder();
        int used = 1;
        for (int c : text.codePoints().toArray()) {
            used += width(c);
            if (used > columns) {
                break;
            }
            fitting.appendCodePoint(c);
        }
        return fitting.append('…').toString();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return Character.isEmojiPresentation(c) || WIDE.contains(UnicodeScript.of(c)) ? 2 : 1;
    }
}
