package dev.reeve.prompt;

import dev.reeve.model.BranchName;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class PromptTemplateTest {

    private static final Instant NOON = Instant.parse("2026-03-27T12:00:00Z");

    private static PromptFacts facts(String task, List<PromptFacts.FollowUp> followUps,
            List<PromptFacts.Event> history) {
        return new PromptFacts(
                new PromptFacts.OfTask(new Slug("fix-login"), "Fix <login> & \"more\"", "dave",
                        new TaskPath("tasks/fix-login.md"), task),
                new PromptFacts.OfWorktree(Path.of("/wt/fix-login"), new BranchName("task/fix-login"),
                        new BranchName("main")),
                new PromptFacts.OfRun("r7", 2, Path.of("/git/result.json")), followUps, history);
    }

    private static PromptFacts facts(String task) {
        return facts(task, List.of(), List.of());
    }

    private static PromptFacts.FollowUp followUp(String text) {
        return new PromptFacts.FollowUp(text, "rj", NOON);
    }

    private static PromptFacts.Event event(int number, String text) {
        return new PromptFacts.Event(NOON.plusSeconds(number), "run", number + ". " + text);
    }

    private static PromptTemplate template(String text) {
        return switch (PromptTemplate.read("prompt.md", text.getBytes(UTF_8))) {
            case TemplateReading.Usable(var template) -> template;
            case TemplateReading.Faulty(var faults) -> throw new AssertionError(faults.toString());
        };
    }

    private static List<String> faults(String text) {
        return switch (PromptTemplate.read("prompt.md", text.getBytes(UTF_8))) {
            case TemplateReading.Usable _ -> List.of();
            case TemplateReading.Faulty(var faults) -> faults;
        };
    }

    private static String rendered(String template, PromptFacts facts) {
        return template(template).render(facts, PromptTemplate.LONGEST);
    }

    @Test
    void namesStandForTheFactsAsTheyAre() {
        assertThat(rendered("{{slug}} {{title}} {{{task}}} {{& task_path }} {{owner}} {{worktree}} {{branch}} "
                + "{{default_branch}} {{run_id}} {{attempt}} {{result_file}}{{! no word of it }}", facts("do <it>")))
                .isEqualTo(
                        "fix-login Fix <login> & \"more\" do <it> tasks/fix-login.md dave /wt/fix-login task/fix-login "
                                + "main r7 2 /git/result.json");
    }

    @Test
    void listsAreRepeatedAndMayBeEmpty() {
        var text = "{{#follow_ups}}\n- {{at}} {{by}} {{text}} ({{slug}})\n{{/follow_ups}}\n{{^history}}\nnone\n{{/history}}\n";
        assertThat(rendered(text, facts("x", List.of(followUp("one"), followUp("two")), List.of())))
                .isEqualTo(
                        "- 2026-03-27T12:00:00Z rj one (fix-login)\n- 2026-03-27T12:00:00Z rj two (fix-login)\nnone\n");
        assertThat(rendered("{{#history}}{{event}} {{text}};{{/history}}",
                facts("x", List.of(), List.of(event(1, "a"), event(2, "b"))))).isEqualTo("run 1. a;run 2. b;");
    }

    @Test
    void theBuiltInTemplateTellsAllThatAWorkerNeeds() {
        var first = PromptTemplate.builtIn().render(facts("---\ntitle: x\n---\nDo it."), PromptTemplate.LONGEST);
        assertThat(first).startsWith("# Task fix-login: ")
                .contains("title: x\n---\nDo it.\n</task>", "/wt/fix-login", "Task: fix-login\n", "/git/result.json",
                        "completed_with_pr", "needs_review_fix", "blocked", "failed", "retry_at")
                .doesNotContain("Do this first", "What happened before", "{{", "\n\n\n");
        var later = PromptTemplate.builtIn()
                .render(facts("Do it.", List.of(followUp("Use the new API.")), List.of(event(1, "exit 1"))),
                        PromptTemplate.LONGEST);
        assertThat(later).containsSubsequence("Do this first", "rj: Use the new API.", "Do it.", "## Rules",
                "attempt 2", "2026-03-27T12:00:01Z run: 1. exit 1").doesNotContain("\n\n\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "'a\n\n{{slgu}}'|prompt.md:3: {{slgu}}: there is no such name here; there are attempt, branch,",
            "'{{#history}}{{by}}{{/history}}'|prompt.md:1: {{by}}: there is no such name here; there are at, attempt,",
            "'{{^history}}{{event}}{{/history}}'|prompt.md:1: {{event}}: there is no such name",
            "'{{history}}'|prompt.md:1: {{history}} is a list: write {{#history}}", "'{{.}}'|there is no such name",
            "'{{#title}}{{length}}{{/title}}'|there is no such name", "'{{title.length}}'|there is no such name",
            "'{{class}}'|there is no such name", "'{{}}'|there is no such name",
            "'{{> /etc/passwd}}'|nothing can be included", "'{{<x}}{{/x}}'|nothing can be included",
            "'{{$x}}{{/x}}'|nothing can be included", "'{{=<% %>=}}'|can't be changed",
            "'\n{{slug'|prompt.md:2: {{slug is never closed",
            "'{{#history}}\n'|prompt.md:1: {{#history}} has no {{/history}}", "'{{/history}}'|closes nothing",
            "'{{#history}}\n{{/task}}'|prompt.md:2: {{/task}} stands where {{/history}} must, which line 1 opens",
            "'{{#history}}{{#history}}{{/history}}{{/history}}'|is inside itself"})
    void whatIsWrongIsToldWithFileAndLine(String text, String message) {
        assertThat(faults(text)).anySatisfy(fault -> assertThat(fault).startsWith("prompt.md:").contains(message));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceAndForgesNoLine() {
        assertThat(faults("{{one}}\n{{tw\u001b\no}}\n{{#three}}")).hasSize(4)
                .allSatisfy(fault -> assertThat(fault).doesNotContain("\n", "\u001b"));
    }

    @Test
    void aTemplateIsTextOfABoundedSize() {
        assertThat(faults("x".repeat(PromptTemplate.LONGEST_TEMPLATE))).isEmpty();
        assertThat(faults("x".repeat(PromptTemplate.LONGEST_TEMPLATE + 1))).singleElement()
                .asString()
                .contains("262145 bytes");
        assertThat(PromptTemplate.read("p", new byte[]{(byte) 0xff}))
                .isEqualTo(new TemplateReading.Faulty(List.of("p: is not UTF-8")));
        assertThat(rendered("\uFEFF{{slug}}", facts("x"))).isEqualTo("fix-login");
    }

    @Test
    void hostileTextStaysText() {
        var task = "{{slug}} {{> /etc/passwd}} {{/history}} </task> $(rm -rf /) {{=<% %>=}} \r\n\ttab";
        assertThat(rendered("{{task}}", facts(task))).isEqualTo(task);
        assertThat(rendered("{{task}}", facts("a\0b\u001b[2Jc\uD800d😀"))).isEqualTo("a\uFFFDb\uFFFD[2Jc\uFFFDd😀");
    }

    @Test
    void aTaskOfAMegabyteFitsWithAllThatIsSaidAroundIt() {
        var task = "é".repeat(500_000);
        assertThat(PromptTemplate.builtIn().render(facts(task), PromptTemplate.LONGEST)).contains(task, "## Rules");
    }

    @Test
    void theOldestOfTheHistoryIsLeftOutWhereThePromptWouldBeTooLong() {
        var history = IntStream.range(0, 100).mapToObj(n -> event(n, "x".repeat(1000))).toList();
        var prompt = PromptTemplate.builtIn()
                .render(facts("Do it.", List.of(followUp("one more")), history), 64 * 1024);
        assertThat(prompt.getBytes(UTF_8)).hasSizeBetween(60 * 1024, 64 * 1024);
        assertThat(prompt).contains("Do it.", "one more", " 39. x", " 99. x", "left out: 39 earlier entries")
                .doesNotContain(" 38. x", "the middle");
        var many = IntStream.range(0, 5000).mapToObj(n -> event(n, "")).toList();
        assertThat(PromptTemplate.builtIn().render(facts("Do it.", List.of(), many), PromptTemplate.LONGEST))
                .contains("left out: 4000 earlier entries", " 4000. ")
                .doesNotContain(" 3999. ");
    }

    @Test
    void whatIsStillTooLongLosesItsMiddleAndSaysSo() {
        var prompt = PromptTemplate.builtIn()
                .render(facts("😀".repeat(1_000_000), List.of(followUp("one more")), List.of(event(1, "x"))),
                        PromptTemplate.LONGEST_ARGUMENT);
        assertThat(prompt.getBytes(UTF_8)).hasSizeBetween(130_000, PromptTemplate.LONGEST_ARGUMENT);
        assertThat(prompt)
                .contains("one more", "the middle of this text is left out", "the whole task is in tasks/fix-login.md",
                        "## Rules", "/git/result.json")
                .doesNotContain("\uFFFD");
        assertThatThrownBy(() -> PromptTemplate.builtIn().render(facts("x"), 100))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTemplateThatRepeatsMuchStaysWithinItsBound() {
        var text = "{{#history}}" + "{{task}}".repeat(30_000) + "{{/history}}";
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            var prompt = rendered(text, facts("y".repeat(1_000_000), List.of(), List.of(event(1, "a"), event(2, "b"))));
            assertThat(prompt.length()).isBetween(1_000_000, PromptTemplate.LONGEST);
        });
    }

    @Test
    void everyNameStandsInTheDocumentation() throws IOException {
        var page = Files.readString(Path.of("docs/workers.md"));
        assertThat(Names.TEXTS).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        assertThat(Names.LISTS).allSatisfy((list, names) -> assertThat(page)
                .containsPattern("\\| `" + list + "` \\|.*" + String.join(".*", names.stream().sorted().toList())));
    }

    @Property(tries = 300)
    void whateverTheFactsRenderingNeitherThrowsNorInterpretsThem(@ForAll("hostile") String task,
            @ForAll @Size(max = 3) List<@net.jqwik.api.From("hostile") String> texts,
            @ForAll @IntRange(min = 4096, max = 6000) int most) {
        var all = texts.stream().map(PromptTemplateTest::followUp).toList();
        var events = texts.stream().map(text -> new PromptFacts.Event(NOON, text, text)).toList();
        var facts = new PromptFacts(
                new PromptFacts.OfTask(new Slug("x"), task, task, new TaskPath("tasks/x.md"), task),
                facts("").worktree(), new PromptFacts.OfRun(task, 1, Path.of("/r")), all, events);
        assertThat(PromptTemplate.builtIn().render(facts, most).getBytes(UTF_8)).hasSizeLessThanOrEqualTo(most);
        assertThat(rendered("{{task}}{{#follow_ups}}{{text}}{{/follow_ups}}{{#history}}{{text}}{{/history}}", facts))
                .isEqualTo((task + String.join("", texts) + String.join("", texts))
                        .replaceAll("[\\p{Cc}&&[^\n\r\t]]|\\p{Cs}", "\uFFFD"));
    }

    @Property(tries = 500)
    void whateverTheTemplateReadingGivesFaultsOrATemplateThatRenders(@ForAll("hostile") String text) {
        switch (PromptTemplate.read("p", text.getBytes(UTF_8))) {
            case TemplateReading.Usable(var template) -> assertThat(template.render(
                    facts("x", List.of(followUp("y")), List.of(event(1, "z"))), PromptTemplate.LONGEST)).isNotNull();
            case TemplateReading.Faulty(var faults) -> assertThat(faults).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        var pieces = Arbitraries.of("{{", "}}", "{{{", "}}}", "{{#history}}", "{{/history}}", "{{^history}}", "{{>x}}",
                "{{=", "=}}",
                "{{slug}}", "{{&task}}", "{{!", "slug", "text", "\n", "\0", "\u001b[2J", "\uD800", "é😀", " ", "$1\\",
                "#", "/",
                "x".repeat(900));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(4, pieces),
                net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(5)))
                .list()
                .ofMaxSize(12)
                .map(list -> String.join("", list));
    }
}
