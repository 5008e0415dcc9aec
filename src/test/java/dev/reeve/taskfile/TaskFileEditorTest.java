package dev.reeve.taskfile;

import dev.reeve.model.Completion;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

import static org.assertj.core.api.Assertions.assertThat;

class TaskFileEditorTest {

    private static final TaskPath PATH = new TaskPath("tasks/fix-login.md");

    private static final Completion COMPLETION = new Completion(new OwnerKey("rj"), LocalDate.of(2026, 3, 27), 12,
            "https://github.com/acme/shop/pull/12", Instant.parse("2026-03-27T10:00:00.5Z"), new Sha("a1".repeat(20)));

    @Test
    void completionIsWrittenBesideTheStatusAndNothingElseChanges() {
        var before = """
                ---
                # who, when
                title:   'Fix login'  # odd spaces
                owner: "dave"

                status: ready   # people set this

                # free
                zzz: |
                  block
                ---
                body
                """;
        var after = """
                ---
                # who, when
                title:   'Fix login'  # odd spaces
                owner: "dave"

                status: completed   # people set this
                completed_by: rj
                completed_at: "2026-03-27"
                pr_number: 12
                pr_url: https://github.com/acme/shop/pull/12
                pr_merged_at: "2026-03-27T10:00:00Z"
                merge_commit: a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1

                # free
                zzz: |
                  block
                ---
                body
                """;
        assertThat(edited(before, CompletionKeys.of(COMPLETION))).isEqualTo(after);
        assertThat(set(after, CompletionKeys.of(COMPLETION))).isEqualTo(new Edit.Unchanged());
    }

    @Test
    void bookkeepingGoesAfterTheBookkeepingThatIsThere() {
        var before = "---\nstatus: ready\nstarted_at: x\nowner: dave\ntitle: Go\n---\n";
        assertThat(edited(before, changes("pr_number", Value.of(3))))
                .isEqualTo("---\nstatus: ready\nstarted_at: x\npr_number: 3\nowner: dave\ntitle: Go\n---\n");
    }

    @Test
    void whatPeopleWriteGoesBesideWhatPeopleWrite() {
        assertThat(edited("---\ntitle: Go\nstatus: ready\nx: 1\n---\n", changes("milestone", Value.of("m1"))))
                .isEqualTo("---\ntitle: Go\nmilestone: m1\nstatus: ready\nx: 1\n---\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            status: ready            | status: blocked
            status: 'ready'          | status: 'blocked'
            status: "ready" # now    | status: "blocked" # now
            status:                  | status: blocked
            status:   # none yet     | status: blocked   # none yet
            status: ~                | status: blocked
            "status" : ready         | "status" : blocked
            status:  re              | status:  blocked
            status: [a, b]           | status: blocked
            """)
    void theQuotingAndTheCommentOfAReplacedValueStay(String before, String after) {
        assertThat(edited("---\ntitle: Go\n" + before + "\nx: y\n---\n", changes("status", Value.of("blocked"))))
                .isEqualTo("---\ntitle: Go\n" + after + "\nx: y\n---\n");
    }

    @Test
    void aValueOverTwoLinesIsReplacedAsAWhole() {
        assertThat(edited("---\ntitle: Go\n  on\nstatus: ready\n---\n", changes("title", Value.of("Stop"))))
                .isEqualTo("---\ntitle: Stop\nstatus: ready\n---\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            dave            | dave
            yes             | "yes"
            NULL            | "NULL"
            12              | "12"
            0x1f            | "0x1f"
            1e3             | "1e3"
            123e4567        | "123e4567"
            1_000           | "1_000"
            12:30:45        | "12:30:45"
            2026-03-27      | "2026-03-27"
            .inf            | ".inf"
            1.2.3           | 1.2.3
            2fa-login       | 2fa-login
            3a4f            | 3a4f
            a: b            | "a: b"
            a #b            | "a #b"
            a:              | "a:"
            a:b#c           | a:b#c
            - a             | "- a"
            [a]             | "[a]"
            *a              | "*a"
            ~               | "~"
            <<              | "<<"
            say "hi"        | say "hi"
            "hi"            | '"hi"'
            it's: "x"       | 'it''s: "x"'
            café ☕          | café ☕
            """)
    void aTextIsQuotedWhenAReaderCouldTakeItForSomethingElse(String text, String written) {
        assertThat(edited("---\nowner: x\n---\n", changes("owner", Value.of(text))))
                .isEqualTo("---\nowner: " + written + "\n---\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nstatus: completed", "a\r\n---\n", "\0", "\u0085", "\u2028", "\uFEFF", "\t",
            "é\u0007",
            "\\", "'", "\"", "a\\\"'\n"})
    void whateverTheTextItStaysOneLineAndReadsAsItWas(String text) {
        var edited = edited("---\nowner: x\nstatus: ready\n---\n", changes("owner", Value.of(text)));
        assertThat(edited.lines()).hasSize(4);
        assertThat(frontmatter(edited).entry("owner").orElseThrow().value().text()).isEqualTo(text);
        assertThat(frontmatter(edited).entry("status").orElseThrow().value().text()).isEqualTo("ready");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            depends_on: [a, b]       | depends_on: [b, c, d-e]
            depends_on: ["a", 'b']   | depends_on: ['b', "c", "d-e"]
            depends_on: [ ]          | depends_on: [b, c, d-e]
            depends_on:              | depends_on: [b, c, d-e]
            depends_on: b # one      | depends_on: [b, c, d-e] # one
            """)
    void listsAreWrittenOnOneLineAndItemsThatStayKeepTheirQuotes(String before, String after) {
        assertThat(edited("---\n" + before + "\n---\n", changes("depends_on", Value.of(List.of("b", "c", "d-e")))))
                .isEqualTo("---\n" + after + "\n---\n");
    }

    @Test
    void itemsAreQuotedWhereAListWouldBreakThem() {
        assertThat(edited("---\nx: y\n---\n", changes("x", Value.of(List.of("a, b", "no", "c:d", "")))))
                .isEqualTo("---\nx: [\"a, b\", \"no\", \"c:d\", \"\"]\n---\n");
        assertThat(edited("---\nx: [a]\n---\n", changes("x", Value.of(List.of())))).isEqualTo("---\nx: []\n---\n");
    }

    @Test
    void aListThatSaysTheSameInAnotherFormIsUnchanged() {
        assertThat(set("---\nx:\n  - a\n  - b\n---\n", changes("x", Value.of(List.of("a", "b")))))
                .isEqualTo(new Edit.Unchanged());
    }

    @Test
    void byteOrderMarkCarriageReturnsAndMissingFinalNewlineStay() {
        assertThat(edited("\uFEFF---\r\nstatus: ready\r\n---\r\nbody",
                changes("status", Value.of("blocked"), "pr_number", Value.of(1))))
                .isEqualTo("\uFEFF---\r\nstatus: blocked\r\npr_number: 1\r\n---\r\nbody");
        assertThat(edited("---\r\n---", changes("status", Value.of("ready"), "title", Value.of("Go"))))
                .isEqualTo("---\r\nstatus: ready\r\ntitle: Go\r\n---");
    }

    @Test
    void aBodyThatIsNotUtf8StaysByteForByte() {
        var content = "---\nstatus: ready\n---\n????".getBytes(StandardCharsets.ISO_8859_1);
        content[content.length - 3] = (byte) 0xFF;
        var edit = TaskFileEditor.set(PATH, content, changes("status", Value.of("blocked")));
        assertThat(edit).isInstanceOfSatisfying(Edit.Edited.class,
                edited -> assertThat(new String(edited.content(), StandardCharsets.ISO_8859_1))
                        .isEqualTo("---\nstatus: blocked\n---\n?\u00FF??"));
    }

    @Test
    void charactersBeyondTheBasicPlaneDoNotShiftTheEdit() {
        assertThat(edited("---\ntitle: \uD83D\uDE00 \"\uD83D\uDE00\"\nstatus: ready # \uD83D\uDE00\n---\n",
                changes("status", Value.of("blocked"), "owner", Value.of("\uD83D\uDE00"))))
                .isEqualTo(
                        "---\ntitle: \uD83D\uDE00 \"\uD83D\uDE00\"\nowner: \"\uD83D\uDE00\"\nstatus: blocked # \uD83D\uDE00\n---\n");
    }

    @Test
    void anIndentedMappingGetsItsNewKeysIndented() {
        assertThat(edited("---\n  title: Go\n  status: ready\n---\n", changes("pr_number", Value.of(1))))
                .isEqualTo("---\n  title: Go\n  status: ready\n  pr_number: 1\n---\n");
    }

    @Test
    void anInvalidStatusCanBeMended() {
        assertThat(edited("---\nstatus: done\n---\n", changes("status", Value.of("completed"))))
                .isEqualTo("---\nstatus: completed\n---\n");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            status: |\\n  ready                  => 2:9 => block of text
            status: >-\\n  ready                 => 2:9 => block of text
            status:\\n  - ready                  => 3:3 => over several lines
            status: [a,\\n  b]                   => 2:9 => over several lines
            status: {a: b}                       => 2:9 => mapping
            status: [{a: b}]                     => 2:9 => more than texts
            status: &a ready\\nx: *a             => 2:1 => anchor
            x: &a ready\\nstatus: *a             => 3:9 => alias
            status: ready\\nstatus: ready2       => 3:1 => second time
            x: &a {y: 1}\\n<<: *a                => 3:1 => merge keys
            ? status\\n: ready                   => 2:3 => begin a line
            {status: ready}                      => 2:1 => braces
            status: !!str ready                  => 2:9 => tags
            status: 'ready                       => 3:1 => not valid YAML
            """)
    void whatCannotBeEditedLosslesslyIsRefusedWithItsPlace(String lines, String place, String message) {
        var content = "---\n" + lines.replace("\\n", "\n") + "\n---\n";
        assertThat(set(content, changes("status", Value.of("blocked")))).isInstanceOfSatisfying(Edit.Refused.class,
                refused -> {
                    assertThat(refused.fault().message()).contains(message);
                    assertThat(refused.fault().place()).hasToString(PATH + ":" + place);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "a b", "", "a: b\nc", "-a", "<<", "null", "é", "# x"})
    void aNewKeyMustBeAPlainWord(String key) {
        assertThat(set("---\nstatus: ready\n---\n", changes(key, Value.of("x")))).isInstanceOf(Edit.Refused.class);
    }

    @Test
    void aFileWithoutFrontmatterIsRefused() {
        assertThat(set("# Readme\n", changes("status", Value.of("ready")))).isInstanceOf(Edit.Refused.class);
    }

    @Test
    void aTextThatNoFileCanHoldIsRefused() {
        assertThat(set("---\nstatus: ready\n---\n", changes("owner", Value.of("\uD800"))))
                .isInstanceOf(Edit.Refused.class);
        assertThat(set("---\nstatus: ready\n---\n", changes("owner", Value.of("x".repeat(1 << 17)))))
                .isInstanceOf(Edit.Refused.class);
    }

    @Test
    void anEditThatReadsOtherwiseThanMeantIsRefused() {
        assertThat(set("---\ntitle: Go\n...\n---\n", changes("x", Value.of("y")))).isInstanceOfSatisfying(
                Edit.Refused.class,
                refused -> assertThat(refused.fault()).hasToString(PATH
                        + ":4:1: invalid_frontmatter: can't set x without changing more than that; edit the file by hand"));
    }

    @Test
    void aFileInBracesThatAlreadySaysItIsUnchanged() {
        assertThat(set("---\n{status: ready}\n---\n", changes("status", Value.of("ready"))))
                .isEqualTo(new Edit.Unchanged());
    }

    @Test
    void aKeyThatIsThereTwiceIsRefusedEvenIfOneSaysIt() {
        assertThat(set("---\nstatus: ready\nstatus: ready\n---\n", changes("status", Value.of("ready"))))
                .isInstanceOf(Edit.Refused.class);
    }

    @Test
    void theGivenBytesAreNeverChanged() {
        var content = "---\nstatus: ready\n---\n".getBytes(StandardCharsets.UTF_8);
        var copy = content.clone();
        TaskFileEditor.set(PATH, content, changes("status", Value.of("blocked")));
        assertThat(content).isEqualTo(copy);
    }

    private static Edit set(String content, SequencedMap<String, Value> changes) {
        return TaskFileEditor.set(PATH, content.getBytes(StandardCharsets.UTF_8), changes);
    }

    private static String edited(String content, SequencedMap<String, Value> changes) {
        var edit = set(content, changes);
        assertThat(edit).isInstanceOf(Edit.Edited.class);
        return new String(((Edit.Edited) edit).content(), StandardCharsets.UTF_8);
    }

    private static Frontmatter frontmatter(String content) {
        return ((Parsed.Present) Parsed.of(PATH, content.getBytes(StandardCharsets.UTF_8))).frontmatter();
    }

    private static SequencedMap<String, Value> changes(String key, Value value) {
        var changes = new LinkedHashMap<String, Value>();
        changes.put(key, value);
        return changes;
    }

    private static SequencedMap<String, Value> changes(String key, Value value, String second, Value other) {
        var changes = changes(key, value);
        changes.put(second, other);
        return changes;
    }
}
