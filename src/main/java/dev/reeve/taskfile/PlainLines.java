package dev.reeve.taskfile;

import dev.reeve.taskfile.Node.Kind;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the frontmatter that nearly all files have, one {@code key: value} a line, several times as fast as the YAML
 * parser. It is strict: whatever it isn't sure of it leaves to the parser, and what it accepts it reads exactly as the
 * parser does, which a property test holds.
 */
final class PlainLines {

    private static final int LONGEST_KEY = 64;
    private static final Pattern ITEM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]*");

    private final String text;
    private final List<Node> children = new ArrayList<>();

    private PlainLines(String text) {
        this.text = text;
    }

    /** The mapping that the text is, or nothing when it isn't plain enough. */
    static Optional<Node> scan(String text) {
        var lines = new PlainLines(text);
        for (int line = 0; line < text.length();) {
            int feed = text.indexOf('\n', line);
            int end = feed > line && text.charAt(feed - 1) == '\r' ? feed - 1 : feed;
            if (!lines.line(line, end)) {
                return Optional.empty();
            }
            line = feed + 1;
        }
        int start = lines.children.isEmpty() ? 0 : lines.children.getFirst().start();
        return Optional.of(Node.block(Kind.BLOCK_MAP, List.copyOf(lines.children), start, null));
    }

    private boolean line(int start, int end) {
        if (!isPlain(start, end)) {
            return false;
        }
        return start == end || text.charAt(start) == '#' || entry(start, end);
    }

    /** Tabs, breaks other than the line's own, controls and characters beyond U+FFFF are for the parser. */
    private boolean isPlain(int start, int end) {
        for (int at = start; at < end; at++) {
            char c = text.charAt(at);
            if (!Characters.isInline(c)) {
                return false;
            }
        }
        return true;
    }

    private boolean entry(int start, int end) {
        int colon = keyEnd(start, end);
        if (colon == start || colon == end || text.charAt(colon) != ':') {
            return false;
        }
        int from = colon + 1;
        while (from < end && text.charAt(from) == ' ') {
            from++;
        }
        if (from < end && from == colon + 1) {
            return false;
        }
        var value = from == end || text.charAt(from) == '#'
                ? Node.scalar(Kind.PLAIN, "", colon + 1, colon + 1)
                : value(from, end);
        if (value == null || !isBlankOrComment(value.end(), end)) {
            return false;
        }
        children.add(Node.scalar(Kind.PLAIN, text.substring(start, colon), start, colon));
        children.add(value);
        return true;
    }

    /** The end of the key that begins a line, as far as it is one. */
    private int keyEnd(int start, int end) {
        if (!isLetter(text.charAt(start))) {
            return start;
        }
        int at = start + 1;
        while (at < end && at - start < LONGEST_KEY && isKeyPart(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isKeyPart(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '-';
    }

    private @Nullable Node value(int from, int end) {
        char first = text.charAt(from);
        return switch (first) {
            case '"' -> quoted(Kind.DOUBLE_QUOTED, from, end);
            case '\'' -> quoted(Kind.SINGLE_QUOTED, from, end);
            case '[' -> list(from, end);
            default -> Character.isLetterOrDigit(first) || "_/.(".indexOf(first) >= 0 ? plain(from, end) : null;
        };
    }

    private @Nullable Node plain(int from, int end) {
        int comment = text.indexOf(" #", from, end);
        int to = comment < 0 ? end : comment;
        while (text.charAt(to - 1) == ' ') {
            to--;
        }
        if (text.indexOf(": ", from, to) >= 0 || text.charAt(to - 1) == ':') {
            return null;
        }
        return Node.scalar(Kind.PLAIN, text.substring(from, to), from, to);
    }

    private @Nullable Node quoted(Kind kind, int from, int end) {
        int close = text.indexOf(text.charAt(from), from + 1, end);
        if (close < 0) {
            return null;
        }
        var inside = text.substring(from + 1, close);
        return kind == Kind.DOUBLE_QUOTED && inside.indexOf('\\') >= 0
                ? null
                : Node.scalar(kind, inside, from, close + 1);
    }

    private @Nullable Node list(int from, int end) {
        int close = text.indexOf(']', from, end);
        if (close < 0) {
            return null;
        }
        var items = new ArrayList<Node>();
        int at = from + 1;
        while (at < close) {
            int comma = text.indexOf(',', at, close);
            int to = comma < 0 ? close : comma;
            if (!ITEM.matcher(text).region(at, to).matches()) {
                return null;
            }
            items.add(Node.scalar(Kind.PLAIN, text.substring(at, to), at, to));
            at = to == close ? close : to + 1;
            while (at < close && text.charAt(at) == ' ') {
                at++;
            }
        }
        return Node.flowList(List.copyOf(items), from, close + 1);
    }

    /** A quote closed and opened again, as {@code 'it''s'}, is neither and so is left to the parser. */
    private boolean isBlankOrComment(int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        return at == end || (at > from && text.charAt(at) == '#');
    }
}
