package dev.reeve.decide;

import dev.reeve.model.Text;

import java.util.regex.Pattern;

/** Text from outside as literal text in GitHub's Markdown. */
public final class Markdown {

    /** Nothing to see, which keeps what is on its two sides from being read as one thing. Text from outside has none of its own. */
    private static final char APART = '\u200b';

    /**
     * Of these GitHub makes links, and images, out of plain text, after escapes and entities were resolved: mentions and e-mail addresses, issues and advisories,
     * addresses, emoji. So they have to be taken apart.
     */
    private static final Pattern LINKED = Pattern
            .compile("@|#(?=[0-9])|(?:gh|ghsa|cve)-(?=[0-9a-z])|www(?=\\.|$)|:(?=//)"
                    + "|:(?=[a-z+-][a-z0-9_+-]*(?::|$))", Pattern.CASE_INSENSITIVE);

    /** A commit, also by the beginning of its name. */
    private static final Pattern COMMIT = Pattern.compile(
            "(?<![0-9a-z])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{7,}(?![0-9a-z])", Pattern.CASE_INSENSITIVE);
    private static final String TOO_SHORT_FOR_ONE = ".{6}(?=.)";

    private Markdown() {}

    /** The text on one line, at most {@code longest} characters, with nothing in it that Markdown, HTML, a mention, a reference or an address would come of. */
    public static String literal(String text, int longest) {
        var apart = LINKED.matcher(Text.plain(text, longest)).replaceAll("$0" + APART);
        var out = new StringBuilder();
        COMMIT.matcher(apart)
                .replaceAll(commit -> commit.group().replaceAll(TOO_SHORT_FOR_ONE, "$0" + APART))
                .codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '&' -> out.append("&amp;");
                        case '<' -> out.append("&lt;");
                        case '>' -> out.append("&gt;");
                        case APART -> out.append("&#8203;");
                        case '\\', '`', '*', '_', '[', ']', '~', '|', '!', '$' ->
                            out.append('\\').appendCodePoint(c);
                        default -> out.appendCodePoint(c);
                    }
                });
        return out.toString();
    }

    /** The text as a code span, in which GitHub finds nothing; backticks in it are left out. */
    public static String code(String text) {
        var plain = Text.plain(text, 200).replace("`", "");
        return '`' + (plain.isEmpty() ? " " : plain) + '`';
    }
}
