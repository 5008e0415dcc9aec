package dev.reeve.github;

/** How much GitHub takes in a check run, and how what is longer is cut. */
final class CheckLimits {

    /** So many are worth anybody's reading; each fifty are another request. */
    static final int MOST_ANNOTATIONS = 500;
    static final int TITLE = 255;
    static final int TEXT = 65_535;
    /** GitHub's limit is 64 KB, counted in bytes; four of them are the longest character. */
    static final int MESSAGE = 16_000;
    /** Their labels have at most 20 characters, their descriptions 40, their identifiers 20. */
    static final int MOST_BUTTONS = 3;
    static final int LABEL = 20;
    static final int DESCRIPTION = 40;

    private static final String NOTE = "\n\n… cut here: the rest is longer than GitHub takes.";

    private CheckLimits() {}

    /**
     * The text, if it fits, or as much of it as fits with a note that it was cut.
     *
     * @param whole where all of it is, an address; empty for nowhere
     */
    static String fit(String text, int longest, String whole) {
        var note = whole.isEmpty() ? NOTE : NOTE + " All of it: " + whole;
        return text.length() <= longest ? text : head(text, longest - note.length()) + note;
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
