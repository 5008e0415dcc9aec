package dev.reeve.model;

/**
 * Takes passwords and tokens out of the addresses in a text: what stands before the last {@code @} of an address, whatever it holds. One pass, whose work grows with the text's
 * length and no faster.
 */
final class AddressSecrets {

    private static final String BEGINNING = "://";
    /** A name before {@code @} that is as long as this may be a token. */
    private static final int LONGEST_NAME = 19;

    private final String text;
    private final String mask;
    private final StringBuilder open = new StringBuilder();
    /** Up to here the text is in {@link #open}, or masked. */
    private int done;
    /** Where the word ends that was looked at last, and its last {@code @}; before its beginning when it has none. */
    private int wordEnd;
    private int lastAt;

    private AddressSecrets(String text, String mask) {
        this.text = text;
        this.mask = mask;
    }

    /** The text without them; the very same when it holds none. */
    static String masked(String text, String mask) {
        return text.contains(BEGINNING) ? new AddressSecrets(text, mask).masked() : text;
    }

    private String masked() {
        int next = 0;
        for (int at = text.indexOf(BEGINNING); at >= 0; at = text.indexOf(BEGINNING, next)) {
            next = look(at + BEGINNING.length());
        }
        return done == 0 ? text : open.append(text, done, text.length()).toString();
    }

    /** Looks at an address of which the part after {@code ://} begins here; answers where to look for the next one. */
    private int look(int from) {
        measure(from);
        int stop = endOfName(from);
        if (lastAt < stop || lastAt <= from) {
            return stop;
        }
        // A name may be an e-mail address.
        int colon = text.charAt(stop) == '@' && lastAt > stop ? colon(stop) : stop;
        if (text.charAt(colon) == ':') {
            maskName(from, stop);
            mask(colon + 1, lastAt);
            return lastAt;
        }
        if (text.charAt(stop) == '@') {
            maskName(from, stop);
        }
        return stop;
    }

    /** The colon between a name with {@code @} and its password; the name's end when there is none. */
    private int colon(int stop) {
        for (int i = stop + 1; i < lastAt && text.charAt(i) != '/'; i++) {
            if (text.charAt(i) == ':') {
                return i;
            }
        }
        return stop;
    }

    private void maskName(int from, int to) {
        if (to - from > LONGEST_NAME) {
            mask(from, to);
        }
    }

    private void mask(int from, int to) {
        if (to > from) {
            open.append(text, done, from).append(mask);
            done = to;
        }
    }

    private int endOfName(int from) {
        int i = from;
        while (i < wordEnd && "/:@".indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    /** Finds the end of the word, unless it is the one that was looked at before. */
    private void measure(int from) {
        if (from < wordEnd) {
            return;
        }
        lastAt = -1;
        wordEnd = from;
        while (wordEnd < text.length() && !endsWord(text.charAt(wordEnd))) {
            if (text.charAt(wordEnd) == '@') {
                lastAt = wordEnd;
            }
            wordEnd++;
        }
    }

    private static boolean endsWord(char c) {
        return c == '"' || Character.isWhitespace(c);
    }
}
