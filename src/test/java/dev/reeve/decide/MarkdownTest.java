package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.SinceCut;
import dev.reeve.model.CheckReport;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.Text;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static dev.reeve.decide.GivenCheck.about;
import static dev.reeve.decide.GivenCheck.completed;
import static dev.reeve.decide.GivenCheck.failed;
import static dev.reeve.decide.GivenCheck.merged;
import static dev.reeve.decide.GivenCheck.open;
import static dev.reeve.decide.GivenCheck.skipped;
import static dev.reeve.decide.GivenCheck.task;
import static org.assertj.core.api.Assertions.assertThat;

/** What comes from outside stays text on a check run, whatever GitHub makes of text. */
class MarkdownTest {

    private static final List<String> PIECES = List.of("@", "acme/all", "erin", "#", "12", "GH-", "CVE-2026-1234",
            "http", "https://evil.example/x", "://", "www", ".", "www.evil.example/x", "mailto:", "a@evil.example", "<",
            ">", "<img src=x>", "![x](http://evil.example)", "[", "](", ")", "!", "`", "``", "*", "**", "_", "__", "~~",
            "\\", "&", "&#64;", "&lt;", "&#8203;", "\u200b", "<!--", "-->", ":", ":tada:", "tada", "$x$", "|", "\n",
            " ",
            "# ", "- ", "0123456789abcdef0123456789abcdef01234567", "1a2b3c4", "word", "é", "🦉");

    @Provide
    Arbitrary<String> hostile() {
        var pieces = Arbitraries.of(PIECES).list().ofMaxSize(12).map(list -> String.join("", list));
        return Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(60));
    }

    private static String inALine(String markdown) {
        return "- **`fix-login`** " + markdown + ": `ready` → `completed`.\n  - open: " + markdown;
    }

    @Property
    void textFromOutsideStaysText(@ForAll("hostile") String text) {
        var rendered = RenderedMarkdown.of(inALine(Markdown.literal(text, 300)));

        assertThat(rendered.links()).isEmpty();
        assertThat(rendered.shape()).isEqualTo(RenderedMarkdown.of(inALine("word")).shape());
    }

    @Property
    void itIsReadAsItWasWritten(@ForAll("hostile") String text) {
        assertThat(RenderedMarkdown.of("x" + Markdown.literal(text, 300) + "x").words())
                .isEqualTo("x" + Text.plain(text, 300) + "x");
    }

    @Property
    void whatIsShownAsCodeStaysCode(@ForAll("hostile") String text) {
        var rendered = RenderedMarkdown.of(inALine(Markdown.code(text)));

        assertThat(rendered.links()).isEmpty();
        assertThat(rendered.shape()).isEqualTo(RenderedMarkdown.of(inALine("`code`")).shape());
    }

    @Property
    void aCheckRunHasNothingFromOutsideInItThatIsMoreThanText(@ForAll("hostile") String text) {
        var reports = List.of(before(text), merged().about(skipped("fix-login", text)).report(),
                merged().about(failed("fix-login", text)).report(),
                CheckWording.misconfigured(open().facts().pullRequest(), new dev.reeve.model.BranchName("main"),
                        open().misconfiguring(3, text).facts().head().configuration(), List.of()));

        assertThat(reports).extracting(CheckReport::summary)
                .allSatisfy(summary -> assertThat(RenderedMarkdown.of(summary).links()).isEmpty());
    }

    private static CheckReport before(String text) {
        return open().about(about(task("fix-login", text, TaskStatus.READY, List.of(text)), SinceCut.UNCHANGED))
                .fault("tasks/other.md", 3, text)
                .misconfiguring(3, text)
                .attention(List.of(text), List.of(text))
                .report();
    }

    /** So that the tests above can fail: each of these does become more than text at GitHub when it is only escaped. */
    @ParameterizedTest
    @ValueSource(strings = {"&#64;acme/all", "\\@acme", "\\#12", "GH\\-12", "www.evil.example/x",
            "http\\://evil.example/x", "https://evil.example", "erin\\@evil.example", "![x](http://evil.example/x)",
            "<img src=x>", "\\:tada:", "0123456789abcdef0123456789abcdef01234567"})
    void whatIsEscapedOnlyIsFound(String markdown) {
        assertThat(RenderedMarkdown.of(inALine(markdown)).links()).isNotEmpty();
    }

    @Test
    void ordinaryWordsAreReadableInTheSourceAsWell() {
        assertThat(Markdown.literal("Search by colour (2nd try): tasks/a-b.md:3:9, C# & co", 100))
                .isEqualTo("Search by colour (2nd try): tasks/a-b.md:3:9, C# &amp; co");
        assertThat(Markdown.literal("of #12, @erin", 100)).isEqualTo("of #&#8203;12, @&#8203;erin");
    }

    @Test
    void ourOwnLinksAreLinks() {
        assertThat(RenderedMarkdown.of(merged().about(completed("fix-login", "x")).report().summary()).links())
                .singleElement()
                .asString()
                .startsWith("1a2b3c4d5e");
        assertThat(RenderedMarkdown.of(CheckWording.ofGroup(open().facts().pullRequest(), List.of(new Slug("x")))
                .summary()).links()).containsExactly("#1");
    }
}
