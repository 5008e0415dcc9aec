package dev.reeve.github;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * How much GitHub takes in a check run, and how what is longer is cut. GitHub measures texts in bytes of UTF-8, whatever its documentation calls them: it
 * answers "summary exceeds a maximum bytesize of 65535".
 */
final class CheckLimits {

    /** So many are worth anybody's reading; each fifty are another request. */
    static final int MOST_ANNOTATIONS = 500;
    static final int TITLE = 255;
    static final int TEXT = 65_535;
    /** GitHub's limit is 64 KB, and it doesn't say how many bytes that are. */
    static final int MESSAGE = 64_000;
    /** What the promise may take of a summary; the rest is for people. */
    static final int PROMISE = 32_000;
    /** Their labels have at most 20 characters, their descriptions 40, their identifiers 20. */
    static final int MOST_BUTTONS = 3;
    static final int LABEL = 20;
    static final int DESCRIPTION = 40;

    private CheckLimits() {}

    /** How long a text is, as GitHub measures it. */
    static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    /**
     * The text, if it fits, or as much of it as fits with a note that says how much is missing. It is cut between two lines, as what is cut in two within a line
     * is no code any more, and may be a link.
     *
     * @param longest in bytes; where not even the note fits, there is less of that
     * @param whole where all of it is, an address; empty for nowhere
     */
    static String fit(String text, int longest, String whole) {
        if (bytes(text) <= longest) {
            return text;
        }
        // What is missing is never more than all, so with the number of all in its place the note is as long as it can get.
        var kept = wholeLines(head(text, longest - bytes(note(text.length(), whole))));
        return head(kept + note(text.length() - kept.length(), whole), longest);
    }

    private static String wholeLines(String cut) {
        int end = cut.lastIndexOf('\n');
        return end < 0 ? cut : cut.substring(0, end);
    }

    private static String note(int missing, String whole) {
        var note = "\n\n… cut here: " + missing + " characters more than GitHub takes.";
        return whole.isEmpty() ? note : note + " All of it: " + whole;
    }

    /** One line, if it fits, or as much of it as fits with an ellipsis. */
    static String line(String text, int longest) {
        var line = text.replaceAll("\\R", " ");
        return bytes(line) <= longest ? line : head(line, longest - bytes("…")) + "…";
    }

    /** The first characters, as many as have at most so many bytes together; never a part of one. */
    private static String head(String text, int longest) {
        int end = 0;
        int left = longest;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            left -= bytes(Character.toString(character));
            if (left < 0) {
                break;
            }
            end += Character.charCount(character);
        }
        return text.substring(0, end);
    }
}
