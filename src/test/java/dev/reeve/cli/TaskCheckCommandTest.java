package dev.reeve.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class TaskCheckCommandTest {

    @TempDir
    private Path folder;
    private Terminal terminal;

    @BeforeEach
    void openTerminal() {
        terminal = new Terminal(folder);
    }

    private void task(String path, String... lines) {
        terminal.write(path, "---\ntitle: T\n" + String.join("\n", lines) + "\n---\nbody\n");
    }

    @Test
    void anEmptyFolderHasNothingWrong() throws IOException {
        Files.createDirectories(terminal.checkout().resolve("tasks"));
        assertThat(terminal.run("task", "check")).isEqualTo(
                new Terminal.Ran(0, "0 task files, nothing is wrong." + System.lineSeparator(), ""));
    }

    @Test
    void aFolderThatIsMissingIsNotSuccess() {
        assertThat(terminal.run("task", "check")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("there is no folder tasks/");
        });
        terminal.write("tasks", "a file");
        assertThat(terminal.run("task", "check").exit()).isEqualTo(2);
    }

    @Test
    void allFaultsOfAllFilesAreToldWithTheirPlaces() {
        task("tasks/fine.md", "status: ready");
        task("tasks/m1/bad.md", "status: redy", "priority: p9");
        terminal.write("tasks/readme.md", "no task\n");
        terminal.write("tasks/templates/x.md", "---\nbroken: [\n---\n");

        var ran = terminal.run("task", "check");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.lines()).satisfiesExactly(l -> assertThat(l).startsWith("tasks/m1/bad.md:3:9: invalid_status: "),
                l -> assertThat(l).startsWith("tasks/m1/bad.md:4:11: invalid_frontmatter: "),
                l -> assertThat(l).isEqualTo("2 task files (1 file without frontmatter skipped), 2 faults."));
    }

    @Test
    void faultsBetweenFilesAreTold() {
        task("tasks/a.md", "status: ready", "depends_on: [nope, b]");
        task("tasks/b.md", "status: ready", "depends_on:", "  - c", "  - fine");
        task("tasks/c.md", "status: ready", "depends_on: [a]");
        task("tasks/fine.md", "status: ready", "depends_on: [invalid]");
        task("tasks/invalid.md", "status: what");
        task("tasks/one/same.md", "status: ready");
        task("tasks/two/same.md", "status: ready");
        terminal.write("tasks/three/same.md", "no frontmatter, no task");

        assertThat(terminal.run("task", "check").lines()).satisfiesExactly(
                l -> assertThat(l).startsWith("tasks/a.md:4:14: unknown_dependency: there is no task nope"),
                l -> assertThat(l).startsWith("tasks/a.md:4:20: dependency_cycle: a, b, c depend on each other"),
                l -> assertThat(l).startsWith("tasks/b.md:5:5: dependency_cycle: "),
                l -> assertThat(l).startsWith("tasks/c.md:4:14: dependency_cycle: "),
                l -> assertThat(l).startsWith("tasks/invalid.md:3:9: invalid_status: "),
                l -> assertThat(l).startsWith("tasks/one/same.md:1:1: duplicate_slug: ").contains("tasks/two/same.md"),
                l -> assertThat(l).startsWith("tasks/two/same.md:1:1: duplicate_slug: ").contains("tasks/one/same.md"),
                l -> assertThat(l).endsWith("7 faults."));
    }

    @Test
    void onlyWhatIsNamedIsToldButAllTasksAreKnown() throws IOException {
        task("tasks/m1/a.md", "status: ready", "depends_on: [b]");
        task("tasks/m2/b.md", "status: wrong");
        task("tasks/m10/c.md", "status: wrong");

        assertThat(terminal.run("task", "check", "tasks/m1").lines()).containsExactly("1 task file, nothing is wrong.");
        assertThat(terminal.run("task", "check", "tasks/m2/b.md", "tasks/m1/").lines()).hasSize(2);
        var inside = Files.createDirectories(terminal.checkout().resolve("tasks/m2"));
        assertThat(terminal.runIn(inside, "task", "check", "b.md").lines().getFirst())
                .startsWith("tasks/m2/b.md:3:9: ");
        assertThat(terminal.runIn(inside, "task", "check", "../..").lines()).hasSize(3);
    }

    @Test
    void aNamedFileIsCheckedWhereverItIs() {
        task("drafts/new.md", "status: wrong");
        assertThat(terminal.run("task", "check", "drafts/new.md").lines().getFirst())
                .startsWith("drafts/new.md:3:9: invalid_status");
    }

    @Test
    void pathsThatAreNotThereOrOutsideAreWrongUsage() throws IOException {
        Files.writeString(folder.resolve("secret.md"), "---\nsecret\n---\n");
        assertThat(terminal.run("task", "check", "tasks/none.md").exit()).isEqualTo(2);
        assertThat(terminal.run("task", "check", "../secret.md")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("outside of the repository");
        });
        assertThat(terminal.run("task", "check", ".git")).satisfies(ran -> assertThat(ran.exit()).isEqualTo(2));
        assertThat(terminal.run("task", "check", "a\0b").exit()).isEqualTo(2);
    }

    @Test
    void aLinkThatLeadsOutIsAFaultAndNotRead() throws IOException {
        var secret = Files.writeString(folder.resolve("secret.md"), "---\ntitle: hunter2\nstatus: hunter2\n---\n");
        Files.createDirectories(terminal.checkout().resolve("tasks"));
        Files.createSymbolicLink(terminal.checkout().resolve("tasks/link.md"), secret);

        assertThat(terminal.run("task", "check")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("tasks/link.md").doesNotContain("hunter2");
        });
        assertThat(terminal.run("task", "check", "tasks/link.md").out()).doesNotContain("hunter2");
    }

    @Test
    void theTasksRootIsTheTeams() {
        terminal.write(".reeve.yml", "tasks: work\n");
        task("work/a.md", "status: wrong");
        task("tasks/b.md", "status: wrong");
        assertThat(terminal.run("task", "check").lines()).hasSize(2);
    }

    @Test
    void aWrongConfigurationIsToldBeforeAnythingIsDone() {
        terminal.write(".reeve.yml", "taks: work\ncolour: red\n");
        assertThat(terminal.run("task", "check")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains(".reeve.yml:1:1: taks: ", "did you mean tasks?",
                    "(and 1 more: reeve config check");
        });
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        task("tasks/bad.md", "status: redy");
        var json = new ObjectMapper().readTree(terminal.run("task", "check", "--format", "json").out());
        assertThat(json.at("/ok").asBoolean(true)).isFalse();
        assertThat(json.at("/checked").asInt()).isEqualTo(1);
        assertThat(json.at("/faults/0/file").asText()).isEqualTo("tasks/bad.md");
        assertThat(json.at("/faults/0/line").asInt()).isEqualTo(3);
        assertThat(json.at("/faults/0/kind").asText()).isEqualTo("invalid_status");
    }
}
