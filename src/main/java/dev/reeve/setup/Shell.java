package dev.reeve.setup;

import java.util.regex.Pattern;

/** Words for a shell. */
public final class Shell {

    private static final String QUOTE = "'\\''";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./-]*");

    private Shell() {}

    /** The text as a word that people read: in quotes where it has to be. */
    public static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    /** The text as one word that means nothing but itself. */
    static String quoted(String text) {
        return "'" + text.replace("'", QUOTE) + "'";
    }

    /** The text of such a word; empty when it is none. */
    static String unquoted(String word) {
        boolean isQuoted = word.length() >= 2 && word.startsWith("'") && word.endsWith("'");
        return isQuoted ? word.substring(1, word.length() - 1).replace(QUOTE, "'") : "";
    }
}
