package dev.reeve.setup;

/** Words for a shell. */
final class Shell {

    private static final String QUOTE = "'\\''";

    private Shell() {}

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
