package dev.reeve.model;

/**
 * Takes out of a text what is left of a private key whose beginning was cut off: what can be a part of one before the line that ends it. One pass, whose work grows with the text's length and no
 * faster, since no part of a key holds a dash.
 */
final class PemTails {

    private static final String END = "-----END ";
    private static final String KEY = "PRIVATE KEY-----";
    private static final int LONGEST_KIND = 40;

    private PemTails() {}

    /** The text without them; the very same when it holds none. */
    static String masked(String text, String mask) {
        var open = new StringBuilder();
        int done = 0;
        for (int end = text.indexOf(END); end >= 0; end = text.indexOf(END, end + END.length())) {
            int from = beginning(text, end, done);
            if (from < end && endsKey(text, end + END.length())) {
                open.append(text, done, from).append(mask);
                done = end;
            }
        }
        return done == 0 ? text : open.append(text, done, text.length()).toString();
    }

    private static boolean endsKey(String text, int from) {
        int key = text.substring(from, Math.min(text.length(), from + LONGEST_KIND + KEY.length())).indexOf(KEY);
        return key >= 0 && text.substring(from, from + key).matches("[A-Z0-9 ]*");
    }

    private static int beginning(String text, int end, int notBefore) {
        int from = end;
        while (from > notBefore && isOfKey(text.charAt(from - 1))) {
            from--;
        }
        return from;
    }

    /** Base64 and ends of lines, which may be written as {@code \n}. */
    private static boolean isOfKey(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
                || "+/=\\ \r\n\t".indexOf(c) >= 0;
    }
}
