package dev.reeve.taskfile;

import dev.reeve.taskfile.Frontmatter.Entry;
import dev.reeve.taskfile.Node.Kind;
import dev.reeve.taskfile.ScalarText.Context;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a key that a file doesn't have is put. Two branches that change adjacent lines conflict, so it goes after the
 * last key of its kind: bookkeeping beside {@code status}, which is rewritten by the same edit and so adds no
 * neighbour to the ones that edit has anyway, and what people write beside what people write.
 */
final class Insertion {

    private static final Set<String> PEOPLES = Set.of("title", "id", "priority", "milestone", "owner", "depends_on",
            "branch");
    private static final Set<String> BOOKKEEPING = Set.of("status", "started_at", "pr_created_at", "completed_by",
            "completed_at", "pr_number", "pr_url", "pr_merged_at", "merge_commit");
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");

    private final Frontmatter frontmatter;
    private final String text;
    private final String newline;

    /** @param newline what ends the line of the opening fence */
    Insertion(Frontmatter frontmatter, String newline) {
        this.frontmatter = frontmatter;
        this.text = frontmatter.source().text();
        this.newline = newline;
    }

    /** True when the text can be written as a new key: a plain word that no reader takes for anything else. */
    static boolean canBeKey(String key) {
        return KEY.matcher(key).matches() && ScalarText.isPlain(key, Context.BLOCK);
    }

    /** The offset at which the key's line begins. */
    int offset(String key) {
        var entries = frontmatter.entries();
        if (entries.isEmpty()) {
            return text.length();
        }
        var kind = BOOKKEEPING.contains(key) ? BOOKKEEPING : PEOPLES;
        var last = entries.size() - 1;
        for (int i = last; i >= 0; i--) {
            if (kind.contains(entries.get(i).key().text())) {
                return after(entries, i);
            }
        }
        return after(entries, last);
    }

    /** What inserts the key with the value. */
    Splice of(String key, Value value) {
        int at = offset(key);
        var line = " ".repeat(indent()) + key + ": " + written(value) + newline(at);
        return new Splice(at, at, line);
    }

    private static String written(Value value) {
        return switch (value) {
            case Value.OfText text -> ScalarText.written(text.text(), Kind.PLAIN, Context.BLOCK);
            case Value.OfNumber number -> Long.toString(number.number());
            case Value.OfTexts texts -> texts.texts()
                    .stream()
                    .map(item -> ScalarText.written(item, Kind.PLAIN, Context.FLOW))
                    .collect(Collectors.joining(", ", "[", "]"));
        };
    }

    private String newline(int offset) {
        if (offset == 0) {
            return newline;
        }
        return text.startsWith("\r\n", offset - 2) ? "\r\n" : "\n";
    }

    private int indent() {
        return frontmatter.entries().isEmpty() ? 0 : startColumn(frontmatter.entries().getFirst().key().start());
    }

    private int startColumn(int offset) {
        return offset - lineStart(offset);
    }

    private int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    /**
     * The start of the line after an entry's last one; blank lines and comments that follow belong to what comes next.
     */
    private int after(List<Entry> entries, int index) {
        int end = index + 1 < entries.size() ? lineStart(entries.get(index + 1).key().start()) : text.length();
        var entry = entries.get(index);
        int first = lineStart(entry.key().start());
        while (lineStart(end - 1) > first && isBetween(text.substring(lineStart(end - 1), end), entry)) {
            end = lineStart(end - 1);
        }
        return end;
    }

    /** A blank line may be part of a block of text, and a comment deeper than the key is about its value. */
    private boolean isBetween(String line, Entry entry) {
        return line.isBlank()
                ? entry.value().kind() != Kind.BLOCK_TEXT
                : line.stripLeading().startsWith("#") && line.indexOf('#') <= startColumn(entry.key().start());
    }
}
