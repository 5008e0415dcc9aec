package dev.reeve.taskfile;

import dev.reeve.taskfile.Node.Kind;

import java.util.regex.Pattern;

/** Writes texts as YAML scalars on one line that every reader of YAML 1.1 or 1.2 takes for strings. */
final class ScalarText {

    /** Where a scalar is written: in a list's brackets more characters mean something. */
    enum Context {
        BLOCK, FLOW
    }

    /** What a reader may take for a boolean or null, in any case that some reader accepts. */
    private static final Pattern WORD = Pattern.compile("y|yes|n|no|true|false|on|off|null", Pattern.CASE_INSENSITIVE);
    /**
     * The numbers of YAML 1.1 (with underscores, octals, base 60) and 1.2, and what looks like them to looser readers.
     */
    private static final Pattern NUMBER = Pattern
            .compile("[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*(?::[0-9]{1,2})+(?:\\.[0-9_]*)?"
                    + "|[0-9_]*\\.?[0-9_]*(?:e[-+]?[0-9_]+)?|\\.inf|\\.nan)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?");
    private static final Pattern FIRST = Pattern.compile("[\\p{L}\\p{N}_/.(+$]");

    private ScalarText() {}

    /** The text in the style, or in quotes when it doesn't fit that style. */
    static String written(String text, Kind style, Context context) {
        return switch (style) {
            case SINGLE_QUOTED -> Characters.areInline(text) ? single(text) : escaped(text);
            case DOUBLE_QUOTED -> escaped(text);
            case PLAIN, BLOCK_TEXT, FLOW_LIST, BLOCK_LIST, FLOW_MAP, BLOCK_MAP, ALIAS ->
                isPlain(text, context) ? text : quoted(text);
        };
    }

    /** True when the text needs no quotes. */
    static boolean isPlain(String text, Context context) {
        return FIRST.matcher(text).lookingAt() && !text.endsWith(" ") && !text.endsWith(":") && !text.contains(": ")
                && !text.contains(" #") && Characters.areInline(text) && hasPlaceIn(context, text)
                && !WORD.matcher(text).matches() && !NUMBER.matcher(text).matches() && !TIME.matcher(text).matches();
    }

    private static boolean hasPlaceIn(Context context, String text) {
        return switch (context) {
            case BLOCK -> true;
            case FLOW -> text.chars().noneMatch(c -> ",[]{}:?#".indexOf(c) >= 0);
        };
    }

    private static String quoted(String text) {
        boolean escapes = text.indexOf('"') >= 0 || text.indexOf('\\') >= 0;
        return escapes && Characters.areInline(text) ? single(text) : escaped(text);
    }

    private static String single(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String escaped(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> out.append('\\').appendCodePoint(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> appendEscaped(out, c);
            }
        });
        return out.append('"').toString();
    }

    private static void appendEscaped(StringBuilder out, int c) {
        if (Characters.isInline(c)) {
            out.appendCodePoint(c);
        } else {
            out.append(String.format("\\u%04x", c));
        }
    }
}
