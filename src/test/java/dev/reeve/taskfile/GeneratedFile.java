package dev.reeve.taskfile;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A well-formed task file as people write them: any style of YAML, comments, blank lines, either newline. */
record GeneratedFile(List<Line> lines, String newline, String mark, String body) {

    /**
     * A key with its value as written.
     *
     * @param form whether its value can be replaced
     * @param before blank lines and comments above it
     */
    record Line(String key, String written, Form form, String before) {}

    enum Form {
        EDITABLE, NOT_EDITABLE
    }

    private static final List<String> KEYS = List.of("title", "status", "x", "owner", "depends_on", "pr_number",
            "completed_by",
            "note-2", "\"quoted key\"", "yes", "12", "é");

    byte[] content() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    private String text() {
        var frontmatter = lines.stream()
                .map(line -> line.before() + line.key() + ":" + line.written() + "\n")
                .collect(Collectors.joining());
        return mark + ("---\n" + frontmatter + "---\n" + body).replace("\n", newline);
    }

    Optional<Line> line(String key) {
        return lines.stream().filter(line -> line.key().equals(key)).findFirst();
    }

    static Arbitrary<GeneratedFile> any() {
        var few = line().list().ofMaxSize(2).uniqueElements(Line::key);
        var many = line().list().ofMinSize(5).ofMaxSize(9).uniqueElements(Line::key);
        var lines = Arbitraries.frequencyOf(Tuple.of(1, few), Tuple.of(4, many));
        return Combinators.combine(lines, Arbitraries.of("\n", "\r\n"), Arbitraries.of("", "", "\uFEFF"), bodies())
                .as(GeneratedFile::new);
    }

    private static Arbitrary<Line> line() {
        var comments = Arbitraries.of("", " # why", "   #");
        var editable = Combinators.combine(editable(), comments)
                .as((value, comment) -> Tuple.of(value + comment, Form.EDITABLE));
        var not = notEditable().map(value -> Tuple.of(value, Form.NOT_EDITABLE));
        var values = Arbitraries.frequencyOf(Tuple.of(6, editable), Tuple.of(1, not));
        var before = Arbitraries.of("", "", "", "\n", "# about the next\n", "\n# \"section: 'x\n\n");
        return Combinators.combine(Arbitraries.of(KEYS), values, before)
                .as((key, value, above) -> new Line(key, value.get1(), value.get2(), above));
    }

    private static Arbitrary<String> editable() {
        var fixed = Arbitraries.of("", " ready", "  in_progress", " ~", " null", " 12", " [a, b]", " ['a', \"b\", c]",
                " []",
                " Don't stop", " http://x/y#z", " \uD83D\uDE00", " \"\\uD83D\\uDE00\\n\"", " 'it''s'", " \"a: b # c\"",
                " [a , b,]", " 2026-03-27");
        var quoted = texts()
                .map(text -> " " + ScalarText.written(text, Node.Kind.DOUBLE_QUOTED, ScalarText.Context.BLOCK));
        var plain = texts().map(text -> " " + ScalarText.written(text, Node.Kind.PLAIN, ScalarText.Context.BLOCK));
        return Arbitraries.oneOf(fixed, quoted, plain);
    }

    private static Arbitrary<String> notEditable() {
        return Arbitraries.of(" |\n  block\n   # of text\n", " >-\n  folded\n\n  text", " |+\n  kept\n\n",
                "\n  - a\n  - b # c", "\n- a\n# in between\n- b", " [a,\n  b]", " {a: 1, b: [c]}",
                "\n  a: 1\n  # d\n  b:\n    c: x",
                " [[a], b]", " &anchor a");
    }

    /** Texts that may hold anything, YAML's own characters more often than not. */
    static Arbitrary<String> texts() {
        var bits = Arbitraries.of("a", "b", "12", "no", ": ", " #", "#", "'", "\"", "\\", "[", "]", ",", "{", "&", "*",
                "!", "|",
                ">", "%", "---", "\n", "\r\n", "\t", " ", "é", "\uD83D\uDE00", "\u2028", "\u0085", "\uFEFF", "\0",
                "\u001b", "-",
                "~", "null", "2026-03-27", "=", "<<", "?");
        return Arbitraries.oneOf(bits.list().ofMaxSize(5).map(list -> String.join("", list)),
                Arbitraries.strings().ofMaxLength(8).filter(Characters::areEncodable));
    }

    private static Arbitrary<String> bodies() {
        return Arbitraries.of("", "body", "## Problem\n---\nstatus: x\n---\n", "\n\n", "- [ ] a\n\r\n\uFEFF",
                "\0\uFFFD");
    }

    /** The lines of a file's text with what ends them. */
    static List<String> linesOf(byte[] content) {
        return Stream.of(new String(content, StandardCharsets.UTF_8).split("(?<=\n)", -1)).toList();
    }
}
