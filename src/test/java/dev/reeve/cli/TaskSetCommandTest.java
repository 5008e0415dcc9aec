package dev.reeve.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class TaskSetCommandTest {

    private static final String TASK = "---\r\ntitle: 'Fix login'   # soon\r\nstatus: ready\r\nx: {a: 1}\r\n---\r\n## Problem\r\n- [ ] no newline";

    @TempDir
    private Path folder;
    private Terminal terminal;

    @BeforeEach
    void openTerminal() {
        terminal = new Terminal(folder);
        terminal.write("tasks/m1/fix-login.md", TASK);
    }

    private String file() {
        return terminal.read("tasks/m1/fix-login.md");
    }

    @Test
    void onlyTheMeantValueChangesAndTheDiffShowsIt() {
        var ran = terminal.run("task", "set", "fix-login", "status=blocked");

        assertThat(ran.exit()).isZero();
        assertThat(ran.lines()).containsExactly("tasks/m1/fix-login.md", "- status: ready", "+ status: blocked");
        assertThat(file()).isEqualTo(TASK.replace("status: ready", "status: blocked"));
    }

    @Test
    void severalKeysAreSetAtOnceListsAndTextsAsTheyAreMeant() {
        assertThat(terminal
                .run("task", "set", "fix-login", "depends_on=one, two", "owner=@dave", "pr_number=12", "note=a=b # c")
                .exit()).isZero();

        assertThat(file()).contains("depends_on: [one, two]", "pr_number: 12").contains("@dave").contains("a=b # c");
        assertThat(terminal.run("task", "set", "fix-login", "depends_on=").exit()).isZero();
        assertThat(file()).contains("depends_on: []");
    }

    @Test
    void aDryRunPrintsTheSameAndWritesNothing() {
        assertThat(terminal.run("task", "set", "fix-login", "status=blocked", "--dry-run").lines())
                .containsExactly("tasks/m1/fix-login.md", "- status: ready", "+ status: blocked",
                        "Nothing was written (--dry-run).");
        assertThat(file()).isEqualTo(TASK);
    }

    @Test
    void whatTheFileSaysAlreadyIsNothingToDo() {
        assertThat(terminal.run("task", "set", "fix-login", "status=ready")).satisfies(ran -> {
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).contains("nothing to change");
        });
        assertThat(file()).isEqualTo(TASK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=redy", "status", "=x", "../x=1", "a b=1", "depends_on=No_Slug", "pr_number=0",
            "note=a\nstatus: x",
            "title=\u001b[2J"})
    void wrongChangesAreRefusedBeforeAnythingIsRead(String assignment) {
        assertThat(terminal.run("task", "set", "fix-login", assignment)).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).startsWith("reeve: ").hasLineCount(1).doesNotContain("\u001b");
        });
        assertThat(file()).isEqualTo(TASK);
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        assertThat(terminal.run("task", "set", "fix-login", "a=1", "a=2").err()).contains("given twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"title=", "priority=p9", "branch=-x", "x=1"})
    void anEditThatWouldMakeTheFileInvalidOrCannotBeMadeWithoutLossIsRefused(String assignment) {
        assertThat(terminal.run("task", "set", "fix-login", "owner=dave", assignment)).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).startsWith("reeve: ").hasLineCount(1);
        });
        assertThat(file()).isEqualTo(TASK);
    }

    @Test
    void aFileThatIsWrongAlreadyCanBeMendedStepByStep() {
        terminal.write("tasks/bad.md", "---\ntitle: T\nstatus: redy\npriority: p9\n---\n");

        assertThat(terminal.run("task", "set", "bad", "status=ready").exit()).isZero();
        assertThat(terminal.run("task", "set", "bad", "branch=-x").exit()).isEqualTo(1);
        assertThat(terminal.run("task", "set", "bad", "priority=p1").exit()).isZero();
        assertThat(terminal.run("task", "check", "tasks/bad.md").exit()).isZero();
    }

    @Test
    void aTaskThatIsNotThereOrThereTwiceIsRefused() {
        assertThat(terminal.run("task", "set", "nope", "status=ready").err())
                .contains("there is no task nope under tasks/");
        assertThat(terminal.run("task", "set", "../../etc/passwd", "status=ready").exit()).isEqualTo(2);
        terminal.write("tasks/m2/fix-login.md", TASK);
        terminal.run("task", "check");
        assertThat(terminal.run("task", "set", "fix-login", "status=blocked")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains("tasks/m1/fix-login.md", "tasks/m2/fix-login.md");
        });
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        var json = new ObjectMapper()
                .readTree(terminal.run("task", "set", "fix-login", "status=blocked", "--format", "json").out());
        assertThat(json.at("/path").asText()).isEqualTo("tasks/m1/fix-login.md");
        assertThat(json.at("/written").asBoolean()).isTrue();
        assertThat(json.at("/diff/0/change").asText()).isEqualTo("removed");
        assertThat(json.at("/diff/1/text").asText()).isEqualTo("status: blocked");
        assertThat(json.at("/diff/1/line").asInt()).isEqualTo(3);
    }
}
