package dev.reeve.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class TaskNewCommandTest {

    @TempDir
    private Path folder;
    private Terminal terminal;

    @BeforeEach
    void openTerminal() {
        terminal = new Terminal(folder);
    }

    private void isRefused(int exit, String why, String... arguments) {
        var command = new String[arguments.length + 2];
        command[0] = "task";
        command[1] = "new";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        var ran = terminal.run(command);
        assertThat(ran.err()).contains(why);
        assertThat(ran.exit()).isEqualTo(exit);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aTaskIsMadeAndItsPathPrinted() {
        var ran = terminal.run("task", "new", "fix-login", "--title", "Fix: the \"login\" #1", "--priority", "p1",
                "--owner", "@dave", "--milestone", "2026-03-27", "--status", "ready");
        assertThat(ran).isEqualTo(new Terminal.Ran(0, "tasks/fix-login.md" + System.lineSeparator(), ""));
        assertThat(terminal.read("tasks/fix-login.md")).isEqualTo("""
                ---
                title: 'Fix: the "login" #1'
                priority: p1
                milestone: "2026-03-27"
                owner: "@dave"
                status: ready
                ---
                ## Problem

                ## QA Exploration
                - [ ] QA exploration completed

                ## Review Feedback
                - [ ] Review cleared
                """);
        assertThat(terminal.run("task", "check").exit()).isZero();
    }

    @Test
    void withoutAStatusItIsPlannedAndNotQueued() {
        terminal.run("task", "new", "a", "--title", "yes");
        assertThat(terminal.read("tasks/a.md")).startsWith("---\ntitle: \"yes\"\nstatus: not_started\n---\n");
    }

    @Test
    void dependenciesMustBeTasks() {
        terminal.run("task", "new", "one", "--title", "One");
        terminal.run("task", "new", "two", "--title", "Two");
        assertThat(terminal.run("task", "new", "three", "--title", "Three", "--depends-on", "one,two").exit()).isZero();
        assertThat(terminal.read("tasks/three.md")).contains("\ndepends_on: [one, two]\n");
        isRefused(1, "there is no task nobody", "four", "--title", "x", "--depends-on", "one,nobody");
        isRefused(2, "can't depend on itself", "four", "--title", "x", "--depends-on", "four");
        isRefused(2, "is not a slug", "four", "--title", "x", "--depends-on", "../x");
        assertThat(terminal.checkout().resolve("tasks/four.md")).doesNotExist();
    }

    @Test
    void aTeamsTemplateIsFilledIn() {
        terminal.write("tasks/templates/task.md",
                "---\n# our own\ntitle: TITLE\npriority: p3 # unless urgent\nteam: red\nstatus: not_started\n---\n## Goal\n");
        terminal.run("task", "new", "a", "--title", "A", "--owner", "dave");
        assertThat(terminal.read("tasks/a.md")).isEqualTo(
                "---\n# our own\ntitle: A\npriority: p3 # unless urgent\nowner: dave\nteam: red\nstatus: not_started\n---\n## Goal\n");
    }

    @Test
    void aTemplateThatMakesNoValidTaskIsRefusedWithItsPlace() {
        terminal.write("tasks/templates/task.md", "---\ntitle: TITLE\nstatus: x\npriority: high\n---\n");
        isRefused(1, "tasks/templates/task.md:4:11", "a", "--title", "A");
        terminal.write("tasks/templates/task.md", "# no frontmatter\n");
        isRefused(1, "tasks/templates/task.md:1:1", "a", "--title", "A");
        assertThat(terminal.checkout().resolve("tasks/a.md")).doesNotExist();
    }

    @Test
    void nothingIsEverOverwritten() {
        var file = terminal.write("tasks/m1/a.md", "---\ntitle: x\nstatus: ready\n---\n");
        isRefused(1, "there is a task a already: tasks/m1/a.md", "a", "--title", "A");
        assertThat(file).hasContent("---\ntitle: x\nstatus: ready\n---\n");
        var note = terminal.write("tasks/b.md", "a note");
        isRefused(1, "tasks/b.md is there already", "b", "--title", "B");
        assertThat(note).hasContent("a note");
    }

    @Test
    void badValuesAreRefused() {
        isRefused(2, "--title", "a");
        isRefused(2, "--title is empty", "a", "--title", " ");
        isRefused(2, "control character", "a", "--title", "x\ny");
        isRefused(2, "is not a status", "a", "--title", "x", "--status", "redy");
        isRefused(1, "must be p0, p1, p2 or p3", "a", "--title", "x", "--priority", "high");
        assertThat(terminal.checkout().resolve("tasks/a.md")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a b", "../a", "-a", "a.md", ""})
    void aNameThatIsNoSlugIsRefused(String slug) {
        assertThat(terminal.run("task", "new", "--title", "x", "--", slug).exit()).isEqualTo(2);
    }

    @Test
    void aTasksFolderThatLeadsElsewhereIsNotWrittenThrough(@TempDir Path outside) throws IOException {
        Files.createSymbolicLink(terminal.checkout().resolve("tasks"), outside);
        assertThat(terminal.run("task", "new", "a", "--title", "A").exit()).isEqualTo(1);
        assertThat(outside.resolve("a.md")).doesNotExist();
    }
}
