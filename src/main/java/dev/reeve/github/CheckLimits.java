package dev.reeve.github;

/** How much GitHub takes in a check run, and how what is longer is cut. */
final class CheckLimits {

    /** So many are worth anybody's reading; each fifty are another request. */
    static final int MOST_ANNOTATIONS = 500;
    static final int TITLE = 255;
    static final int TEXT = 65_535;
    /** GitHub's limit is 64 KB, counted in bytes; four of them are the longest character. */
    static final int MESSAGE = 16_000;

    private static final String NOTE = "\n\n… cut here: the rest is longer than GitHub takes.";

    private CheckLimits() {}

    /** The text, if it fits, or as much of it as fits with a note that it was cut. */
    static String fit(String text, int longest) {
        return text.length() <= longest ? text : head(text, longest - NOTE.length()) + NOTE;
    }

    /** One line, if it fits, or as much of it as fits with an ellipsis. */
    static String line(String text, int longest) {
        var line = text.replaceAll("\\R", " ");
        return line.length() <= longest ? line : head(line, longest - 1) + "…";
    }

    /** The first characters, never half of a pair that is one character. */
    private static String head(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
