package dev.reeve.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class TaskShowCommandTest {

    @TempDir
    private Path folder;
    private Terminal terminal;

    @BeforeEach
    void openTerminal() {
        terminal = new Terminal(folder);
        terminal.write("tasks/m1/fix-login.md", """
                ---
                title: Fix the login
                status: ready
                x-team: "red\\e[31m"
                depends_on: [one, two]
                ---
                ## QA Exploration
                - [ ] QA exploration completed
                """);
    }

    @Test
    void allThatTheFileSaysIsShown() {
        assertThat(terminal.run("task", "show", "fix-login").lines()).containsExactly(
                "fix-login  tasks/m1/fix-login.md",
                "title       Fix the login", "status      ready", "x-team      red\\u{1b}[31m",
                "depends_on  [one, two]", "still to be ticked:", "  [ ] QA exploration completed");
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        var json = new ObjectMapper().readTree(terminal.run("task", "show", "fix-login", "--format", "json").out());
        assertThat(json.at("/path").asText()).isEqualTo("tasks/m1/fix-login.md");
        assertThat(json.at("/frontmatter/title").asText()).isEqualTo("Fix the login");
        assertThat(json.at("/open_boxes/0").asText()).isEqualTo("QA exploration completed");
        assertThat(json.at("/faults").isEmpty()).isTrue();
    }

    @Test
    void aBrokenFileShowsItsFaults() throws IOException {
        terminal.write("tasks/bad.md", "---\ntitle: x\nstatus: redy\n---\n");
        assertThat(terminal.run("task", "show", "bad")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).startsWith("tasks/bad.md:3:9: invalid_status: ");
        });
        var ran = terminal.run("task", "show", "bad", "--format", "json");
        assertThat(new ObjectMapper().readTree(ran.out()).at("/faults/0/line").asInt()).isEqualTo(3);
        assertThat(ran.exit()).isEqualTo(1);
    }

    @Test
    void aTaskThatIsNotThereOrTwiceIsRefused() {
        assertThat(terminal.run("task", "show", "nobody")).isEqualTo(
                new Terminal.Ran(1, "", "reeve: there is no task nobody under tasks/" + System.lineSeparator()));
        assertThat(terminal.run("task", "show", "../etc").exit()).isEqualTo(2);
        terminal.write("tasks/m2/fix-login.md", "---\ntitle: x\nstatus: ready\n---\n");
        terminal.run("task", "list");
        assertThat(terminal.run("task", "show", "fix-login").err()).contains("several files are the task fix-login");
    }
}
