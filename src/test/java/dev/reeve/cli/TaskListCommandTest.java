package dev.reeve.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class TaskListCommandTest {

    @TempDir
    private Path folder;
    private Terminal terminal;

    @BeforeEach
    void openTerminal() {
        terminal = new Terminal(folder);
    }

    private void task(String slug, String status, String... lines) {
        terminal.write("tasks/" + slug + ".md",
                "---\ntitle: Do " + slug + "\nstatus: " + status + "\n" + String.join("\n", lines) + "\n---\nbody\n");
    }

    @Test
    void whatIsWorkedOnComesFirstAndWhatIsDoneLast() {
        task("done", "completed", "priority: p0");
        task("waits", "blocked");
        task("later", "not_started");
        task("b-next", "ready", "priority: p1", "owner: dave.fowler");
        task("a-next", "ready", "priority: p1");
        task("urgent", "ready", "priority: p0");
        task("now", "in_progress");
        task("dropped", "cancelled");
        var ran = terminal.run("task", "list");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.lines()).containsExactly("now      in_progress  p2  -            Do now",
                "urgent   ready        p0  -            Do urgent", "a-next   ready        p1  -            Do a-next",
                "b-next   ready        p1  dave.fowler  Do b-next", "waits    blocked      p2  -            Do waits",
                "later    not_started  p2  -            Do later", "done     completed    p0  -            Do done",
                "dropped  cancelled    p2  -            Do dropped");
    }

    @Test
    void onlySomeStatusesAreListed() {
        task("a", "ready");
        task("b", "blocked");
        task("c", "completed");
        assertThat(terminal.run("task", "list", "--status", "ready", "--status", "completed").out())
                .contains("Do a", "Do c")
                .doesNotContain("Do b");
        assertThat(terminal.run("task", "list", "--status", "redy")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("\"redy\" is not a status: use not_started, ready");
        });
    }

    @Test
    void anOwnersTasksAreThoseOfEachSpellingAndRole() {
        terminal.write(".reeve.yml", "owners: {dave: {aliases: [dave.fowler]}, mira: {}}\nroles: {architect: dave}\n");
        task("one", "ready", "owner: \"@dave\"");
        task("two", "ready", "owner: Dave.Fowler");
        task("three", "ready", "owner: architect");
        task("four", "ready", "owner: mira");
        task("five", "ready");
        assertThat(terminal.run("task", "list", "--owner", "davefowler").lines()).hasSize(3)
                .noneMatch(line -> line.contains("Do f"));
        assertThat(terminal.run("task", "list", "--owner", "architect").lines()).singleElement()
                .asString()
                .contains("Do three");
        assertThat(terminal.run("task", "list", "--owner", "a/b").exit()).isEqualTo(2);
        assertThat(terminal.run("task", "list", "--owner", "dave", "--mine").exit()).isEqualTo(2);
    }

    @Test
    void mineAreThoseOfWhomTheEnvironmentNames() throws Exception {
        Files.delete(terminal.checkout().resolve(".git"));
        new ProcessBuilder("git", "init", "-q", terminal.checkout().toString()).start().waitFor();
        task("one", "ready", "owner: Mira");
        task("two", "ready", "owner: dave");
        terminal.with("TASK_MANAGER_OWNER", "mira");
        assertThat(terminal.run("task", "list", "--mine").lines()).singleElement().asString().contains("Do one");
    }

    @Test
    void whatIsWrongIsToldBesideTheListAndInTheExitCode() throws IOException {
        task("fine", "ready");
        task("wrong", "redy");
        terminal.write("tasks/Not A Slug.md", "---\ntitle: x\n---\n");
        terminal.write("tasks/one/same.md", "---\ntitle: x\nstatus: ready\n---\n");
        terminal.write("tasks/two/same.md", "---\ntitle: x\nstatus: ready\n---\n");
        for (var time : new String[]{"first", "from what was remembered"}) {
            var ran = terminal.run("task", "list");
            assertThat(ran.exit()).as(time).isEqualTo(1);
            assertThat(ran.lines()).as(time).singleElement().asString().contains("Do fine");
            assertThat(ran.err().lines()).as(time)
                    .hasSize(4)
                    .anyMatch(line -> line.startsWith("tasks/wrong.md:3:9: invalid_status: "));
        }
    }

    @Test
    void aTitleCantForgeALineOrMoveTheCursor() {
        terminal.write("tasks/a.md", "---\ntitle: \"x \\u202e y\"\nstatus: ready\nowner: \"o\u00adp\"\n---\n");
        assertThat(terminal.run("task", "list").lines()).singleElement()
                .asString()
                .contains("x \\u{202e} y", "o\\u{ad}p");
    }

    @Test
    void aTerminalGetsColours() {
        task("a", "ready");
        assertThat(terminal.asScreen().run("task", "list").out()).contains("\u001b[32mready\u001b[0m        p2");
    }

    @Test
    void aFolderThatIsMissingIsNotAnEmptyList() throws IOException {
        assertThat(terminal.run("task", "list")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("there is no folder tasks/", "reeve task new");
        });
        Files.createDirectories(terminal.checkout().resolve("tasks"));
        assertThat(terminal.run("task", "list")).isEqualTo(new Terminal.Ran(0, "", ""));
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        task("a", "ready", "owner: dave", "milestone: m1", "depends_on: [b]", "pr_number: 12");
        task("b", "redy");
        var json = new ObjectMapper().readTree(terminal.run("task", "list", "--format", "json").out());
        assertThat(json.at("/tasks/0/slug").asText()).isEqualTo("a");
        assertThat(json.at("/tasks/0/depends_on/0").asText()).isEqualTo("b");
        assertThat(json.at("/tasks/0/pr_number").asInt()).isEqualTo(12);
        assertThat(json.at("/tasks/0/branch").asText()).isEqualTo("task/a");
        assertThat(json.at("/faults/0/kind").asText()).isEqualTo("invalid_status");
    }

    @Test
    void anEditIsSeenByTheNextList() {
        task("a", "ready");
        terminal.run("task", "list");
        terminal.run("task", "set", "a", "status=blocked");
        assertThat(terminal.run("task", "list").out()).contains("blocked");
    }
}
