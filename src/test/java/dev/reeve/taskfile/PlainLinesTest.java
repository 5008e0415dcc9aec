package dev.reeve.taskfile;

import dev.reeve.model.TaskPath;
import dev.reeve.taskfile.ScalarText.Context;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

import static org.assertj.core.api.Assertions.assertThat;

class PlainLinesTest {

    private static final TaskPath PATH = new TaskPath("tasks/fix-login.md");

    @Test
    void theFrontmatterThatMostFilesHaveIsPlain() {
        assertThat(PlainLines.scan("""
                # a comment
                title: Don't "quote" this (yet), it's 50% done  # or is it

                id: INFRA-1
                owner: "dave"
                milestone: 'm 1'
                depends_on: [a, b-c]
                links: []
                url: https://example.com/a#b?c=d
                empty:
                status: ready
                """)).isPresent();
    }

    @Property(tries = 6000)
    void whatTheScannerAcceptsTheParserReadsAlike(@ForAll("nearlyPlain") String text) {
        var scanned = PlainLines.scan(text);
        Statistics.label("scanned").collect(scanned.isPresent());
        if (scanned.isPresent()) {
            assertThat(YamlDocument.parse(new Source(PATH, text), new Fences.Found(4, 4, 4)))
                    .isInstanceOfSatisfying(Parsed.Present.class,
                            parsed -> assertThat(parsed.frontmatter().root()).isEqualTo(scanned.get()));
        }
    }

    /** Lines put together of what means something in YAML, many of them plain. */
    @Provide
    static Arbitrary<String> nearlyPlain() {
        var bit = Arbitraries.of("a", "b-c", "é", "\u00A0", "~", "null", "---", "...", ":", ": ", " #", "#", "'", "\"",
                "\\",
                "[", "]", "[a, b]", "[a ,b,]", ",", ", ", "{", "}", "&", "*", "!", "|", ">", "%", "@", "`", "?", "-",
                "- ", " ",
                "  ", "\t", "/", ".", "<<", "=", "0x1", "\uD83D\uDE00", "\u2028", "\u0085", "\uFEFF", "\uFFFD",
                "\u0001");
        var value = bit.list().ofMaxSize(5).map(bits -> String.join("", bits));
        var plain = Arbitraries.of("ready", "Fix it (now)", "'x y'", "\"it's\"", "[a, b-c]", "[]", "", "# c", "1.5 # c",
                "it's  # it", "http://x/y#z", "a 'b' \"c\"");
        var spoilt = Combinators.combine(plain, bit, bit).as((good, one, other) -> good + one + other);
        var key = Arbitraries.frequencyOf(Tuple.of(8, Arbitraries.of("title", "status", "x-1", "null", "y_")),
                Tuple.of(1, value));
        var colon = Arbitraries.frequency(Tuple.of(9, ": "), Tuple.of(1, ":"),
                Tuple.of(1, ":   "), Tuple.of(1, " : "));
        var pair = Combinators.combine(key, colon, Arbitraries.oneOf(plain, spoilt, value))
                .as((k, c, v) -> k + c + v);
        var line = Arbitraries.frequencyOf(Tuple.of(12, pair),
                Tuple.of(1, Arbitraries.of("", "# c", " ", "  - a", "- a", "  b", "#")),
                Tuple.of(1, value));
        return Combinators
                .combine(line.list().ofMaxSize(4), Arbitraries.of("\n", "\n", "\r\n"))
                .as((lines, feed) -> lines.isEmpty() ? "" : String.join(feed, lines) + feed);
    }

    @Property(tries = 4000)
    void whatIsWrittenPlainIsAStringToAReaderWithYaml11Types(@ForAll("texts") String text) {
        for (var context : Context.values()) {
            boolean plain = ScalarText.isPlain(text, context);
            Statistics.label("plain").collect(plain);
            if (plain) {
                assertThat(new Resolver().resolve(NodeId.scalar, text, true)).isEqualTo(Tag.STR);
            }
        }
    }

    @Provide
    static Arbitrary<String> texts() {
        var bit = Arbitraries.of("0", "1", "9", "_", "e", "E", "+", "-", ".", ":", "x", "o", "b", "a", "f", "y", "n",
                "T", "Z", " ",
                "no", "Null", "inf", "2026-03-27", "10:00:00", "é", ",", "=", "<", "~", "\t");
        return bit.list().ofMaxSize(6).map(bits -> String.join("", bits));
    }
}
