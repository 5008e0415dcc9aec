package dev.reeve.decide;

import dev.reeve.model.Text;

/** Text from outside as literal text in GitHub's Markdown. */
public final class Markdown {

    private Markdown() {}

    /** The text on one line, at most {@code longest} characters, with nothing in it that Markdown, HTML or a mention would act on. */
    public static String literal(String text, int longest) {
        var out = new StringBuilder();
        Text.plain(text, longest).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '@' -> out.append("&#64;");
                case '\\', '`', '*', '_', '[', ']', '(', ')', '#', '!', '|', '~', ':' ->
                    out.append('\\').appendCodePoint(c);
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** The text as a code span; backticks in it are left out. */
    public static String code(String text) {
        return '`' + Text.plain(text, 200).replace("`", "") + '`';
    }
}
