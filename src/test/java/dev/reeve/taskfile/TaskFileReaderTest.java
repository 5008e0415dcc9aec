package dev.reeve.taskfile;

import dev.reeve.model.Fault;
import dev.reeve.model.Priority;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TaskFileReaderTest {

    private static final TaskPath PATH = new TaskPath("tasks/infra/fix-login.md");

    private static final String WHOLE = """
            ---
            title: Add startup and post-pull reconcile hooks
            id: INFRA_TOOLING-ADD_STARTUP_HOOKS     # optional
            priority: p1
            milestone: m1-pilot
            owner: sr-engineer-architect            # a person or a role
            depends_on: [other-slug, third]
            branch: feature/hooks
            status: ready
            pr_number: 12
            team: { name: infra, size: 3 }
            ---
            ## Problem
            """;

    @Test
    void everyKnownKeyIsRead() {
        var task = valid(WHOLE);
        assertThat(task.slug()).isEqualTo(new Slug("fix-login"));
        assertThat(task.path()).isEqualTo(PATH);
        assertThat(task.title()).isEqualTo("Add startup and post-pull reconcile hooks");
        assertThat(task.status()).isEqualTo(TaskStatus.READY);
        assertThat(task.priority()).isEqualTo(Priority.P1);
        assertThat(task.milestone()).isEqualTo("m1-pilot");
        assertThat(task.owner()).isEqualTo("sr-engineer-architect");
        assertThat(task.dependsOn()).containsExactly(new Slug("other-slug"), new Slug("third"));
        assertThat(task.branch().value()).isEqualTo("feature/hooks");
        assertThat(task.prNumber()).isEqualTo(12);
    }

    @Test
    void everyKeyIsKeptInOrderAndNestedValuesAsTheyAreWritten() {
        var task = valid(WHOLE);
        assertThat(task.frontmatter()).containsEntry("team", "{ name: infra, size: 3 }")
                .containsEntry("depends_on", "[other-slug, third]");
        assertThat(task.frontmatter().keySet()).containsExactly("title", "id", "priority", "milestone", "owner",
                "depends_on", "branch", "status", "pr_number", "team");
    }

    @Test
    void aTaskWithTitleAndStatusOnlyHasDefaultsForTheRest() {
        var task = valid("---\ntitle: Go\nstatus: not_started\n---\n");
        assertThat(task.priority()).isEqualTo(Priority.P2);
        assertThat(task.branch().value()).isEqualTo("task/fix-login");
        assertThat(task.dependsOn()).isEmpty();
        assertThat(task.owner()).isNull();
        assertThat(task.milestone()).isNull();
        assertThat(task.prNumber()).isNull();
        assertThat(task.openBoxes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " ~", " null", " ''", " \"  \"", " # later"})
    void aKeyWithoutAValueIsAsGoodAsMissing(String value) {
        var task = valid("---\ntitle: Go\nstatus: ready\nowner:" + value + "\ndepends_on:" + value + "\nbranch:" + value
                + "\npriority:" + value + "\npr_number:" + value + "\n---\n");
        assertThat(task.owner()).isNull();
        assertThat(task.dependsOn()).isEmpty();
        assertThat(task.prNumber()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "010", "12:30:45", "2026-03-27", "1e3", ".inf", "0x1F", "'off'", "\"No\""})
    void aScalarIsItsTextAndHasNoType(String written) {
        var task = valid("---\ntitle: " + written + "\nstatus: ready\n---\n");
        assertThat(task.title()).isEqualTo(written.replaceAll("['\"]", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a, b]", "\n  - a\n  - b # why", "\n- a\n\n- \"b\"", "['a',\n  b]"})
    void dependsOnMayBeAnyKindOfList(String written) {
        var task = valid("---\ntitle: Go\ndepends_on: " + written + "\nstatus: ready\n---\n");
        assertThat(task.dependsOn()).containsExactly(new Slug("a"), new Slug("b"));
    }

    @Test
    void nestedValuesEndWithTheirLastWordNotWithTheCommentsBehindThem() {
        var task = valid("---\r\ntitle: Go\r\nlinks:\r\n  - a\r\n  - b\r\n\r\n# then\r\nstatus: ready\r\n---\r\n");
        assertThat(task.frontmatter()).containsEntry("links", "- a\n  - b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# Readme\n", "--- x\n---\n", "---", "----\n----\n", " ---\ntitle: x\n---\n",
            "\n---\n"})
    void aFileThatDoesNotBeginWithAFenceIsNoTask(String content) {
        assertThat(read(content)).isEqualTo(new Reading.NotATask());
    }

    @Test
    void byteOrderMarkAndCarriageReturnsAreFine() {
        var task = valid("\uFEFF---\r\ntitle: Go\r\nstatus: ready\r\n---\r\n## Review Feedback\r\n- [ ] Read\r\n");
        assertThat(task.title()).isEqualTo("Go");
        assertThat(task.frontmatter()).containsEntry("status", "ready");
        assertThat(task.openBoxes()).containsExactly("Read");
    }

    @Test
    void theClosingFenceMayEndTheFile() {
        assertThat(valid("---\ntitle: Go\nstatus: ready\n--- ").title()).isEqualTo("Go");
    }

    @Test
    void allFaultsAreToldAtOnceInTheFilesOrder() {
        var faults = faults("tasks/Fix_Login.md", """
                ---
                priority: urgent
                status: done
                branch: ../up
                depends_on: [ok, Not Ok, [x]]
                owner: [a, b]
                owner: c
                pr_number: 0
                ---
                """);
        assertThat(faults).extracting(fault -> fault.kind() + " " + fault.place())
                .containsExactly(
                        "INVALID_SLUG tasks/Fix_Login.md:1:1", "INVALID_FRONTMATTER tasks/Fix_Login.md:1:1",
                        "INVALID_FRONTMATTER tasks/Fix_Login.md:2:11", "INVALID_STATUS tasks/Fix_Login.md:3:9",
                        "INVALID_FRONTMATTER tasks/Fix_Login.md:4:9", "INVALID_FRONTMATTER tasks/Fix_Login.md:5:18",
                        "INVALID_FRONTMATTER tasks/Fix_Login.md:5:26", "INVALID_FRONTMATTER tasks/Fix_Login.md:6:8",
                        "INVALID_FRONTMATTER tasks/Fix_Login.md:7:1", "INVALID_FRONTMATTER tasks/Fix_Login.md:8:12");
    }

    @Test
    void columnsCountCodePoints() {
        var faults = faults(PATH.value(),
                "---\ntitle: x\nstatus: ok\n\"\uD83D\uDE00\uD83D\uDE00\": 1\ndepends_on: [\"\uD83D\uDE00\", é]\n---\n");
        assertThat(faults).extracting(fault -> fault.place().line() + ":" + fault.place().column())
                .containsExactly("3:9", "5:14", "5:19");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            title: a: b           | 2:9  | mapping values are not allowed
            title: 'x             | 4:1  | end of stream
            title: [a             | 3:7  | expected ',' or ']'
            `\ttitle: x`          | 2:1  | TAB
            title: !!java.io.File [x]   | 2:8 | tags
            title: *nobody        | 2:8  | anchor
            title: &a x           | -    | -
            title: "a\\nb"        | 2:8  | one line
            title: "a\\0b"        | 2:8  | one line
            title: "\\ud800"      | 2:8  | one line
            title: [x]            | 2:8  | not a list
            title: {x: 1}         | 2:8  | not a mapping
            <<: {title: x}        | 2:1  | merge keys
            ? [a]                 | 2:3  | plain word
            title:                | 1:1  | title is missing
            """)
    void whatCannotBeReadIsAFaultWithItsPlace(String line, String place, String message) {
        var reading = read("---\n" + line + "\nstatus: ready\n---\n");
        if (place.equals("-")) {
            assertThat(reading).isInstanceOf(Reading.Valid.class);
            return;
        }
        assertThat(reading).isInstanceOfSatisfying(Reading.Invalid.class,
                invalid -> assertThat(invalid.faults()).anySatisfy(fault -> {
                    assertThat(fault.message()).contains(message);
                    assertThat(fault.place()).hasToString(PATH + ":" + place);
                }));
    }

    @Test
    void anAliasIsNotFollowedIntoAKnownKey() {
        var faults = faults(PATH.value(), "---\nx: &x Go\ntitle: *x\nstatus: ready\n---\n");
        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.message()).isEqualTo("title must be a text, not an alias");
            assertThat(fault.place()).hasToString(PATH + ":3:8");
        });
    }

    @Test
    void unknownKeysMayHoldAliasesAsTheyAreWritten() {
        var task = valid("---\nx: &x [1]\ny: *x\ntitle: Go\nstatus: ready\n---\n");
        assertThat(task.frontmatter()).containsEntry("y", "*x");
    }

    @Test
    void whatIsNotUtf8HasItsPlace() {
        var content = "---\ntitle: é?\nstatus: ready\n---\n".getBytes(StandardCharsets.UTF_8);
        content[4 + "title: é".getBytes(StandardCharsets.UTF_8).length] = (byte) 0xE9;
        assertThat(TaskFileReader.read(PATH, content)).isInstanceOfSatisfying(Reading.Invalid.class,
                invalid -> assertThat(invalid.faults()).singleElement()
                        .hasToString(PATH + ":2:9: invalid_frontmatter: this is not UTF-8; save the file as UTF-8"));
    }

    @Test
    void aReplacementCharacterThatIsReallyThereIsNoFault() {
        assertThat(valid("---\ntitle: a\uFFFDb\nstatus: ready\n---\n").title()).isEqualTo("a\uFFFDb");
    }

    @Test
    void theBodyNeedNotBeUtf8() {
        var content = "---\ntitle: Go\nstatus: ready\n---\n## QA Exploration\n- [ ] caf?\n"
                .getBytes(StandardCharsets.UTF_8);
        content[content.length - 2] = (byte) 0xE9;
        assertThat(TaskFileReader.read(PATH, content)).isInstanceOfSatisfying(Reading.Valid.class,
                valid -> assertThat(valid.task().openBoxes()).containsExactly("caf\uFFFD"));
    }

    private static Reading read(String content) {
        return TaskFileReader.read(PATH, content.getBytes(StandardCharsets.UTF_8));
    }

    private static Task valid(String content) {
        var reading = read(content);
        assertThat(reading).isInstanceOf(Reading.Valid.class);
        return ((Reading.Valid) reading).task();
    }

    private static List<Fault> faults(String path, String content) {
        var reading = TaskFileReader.read(new TaskPath(path), content.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(Reading.Invalid.class);
        return ((Reading.Invalid) reading).faults();
    }
}
