package dev.reeve.cli;

import dev.reeve.kit.JsonSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** What an operator is told of runs: their history, who is at work, and that a name is nobody's. */
class RunsToldTest {

    private static final Path SCHEMA = Path.of("docs/history.schema.json");

    @TempDir
    private Path folder;
    private Dispatches dispatches;

    @BeforeEach
    void anOperatorWithWorkers() {
        dispatches = new Dispatches(folder);
    }

    @AfterEach
    void end() {
        dispatches.close();
    }

    private Terminal.Ran run(String... arguments) {
        return dispatches.operator().run(arguments);
    }

    @Test
    void aHistoryShowsPromptsAsTheirSizeAndFirstLineUnlessTheyAreAskedFor() {
        ranWith("use \u001b[31mblue\nnot green");

        var brief = run("history", "fix-login");
        assertThat(brief.exit()).isZero();
        assertThat(brief.out()).containsPattern("prompt +[0-9A-Za-z-]+ +[0-9]+ bytes: # Task fix-login")
                .contains("text use \\u{1b}[31mblue ⏎ not green", "exit code 3")
                .doesNotContain("REEVE_RESULT_FILE", "\u001b");

        var full = run("history", "fix-login", "--prompts").out();
        assertThat(full.lines()).contains("  ## Rules");
        assertThat(full).contains("REEVE_RESULT_FILE").doesNotContain("\u001b");
    }

    @Test
    void aHistoryForProgramsFitsItsSchema() {
        ranWith("use blue");
        assertThat(run("update", "fix-login", "-m", "and green").exit()).isZero();
        var ran = run("history", "fix-login", "--format", "json");
        assertThat(ran.exit()).isZero();
        assertThat(JsonSchema.faults(SCHEMA, ran.out())).isEmpty();
        assertThat(ran.out()).contains("\"exit_code\" : 3", "\"attempt\" : 1", "\"event\" : \"update\"");

        var nothing = run("history", "other", "--format", "json");
        assertThat(nothing.exit()).isEqualTo(1);
        assertThat(JsonSchema.faults(SCHEMA, nothing.out())).isEmpty();
    }

    private void ranWith(String followUp) {
        dispatches.worker("echo '{\"summary\":\"no paint\"}' > $REEVE_RESULT_FILE; exit 3\n");
        assertThat(run("continue", "fix-login", "-m", followUp).exit()).isZero();
        dispatches.awaitEnd("fix-login");
    }

    @Test
    void aNameThatNoTaskHasIsSaidAndNothingIsKept() {
        for (var command : List.of(List.of("update", "fix-lgoin", "-m", "x"), List.of("continue", "fix-lgoin"),
                List.of("continue", "fix-lgoin", "-m", "x"), List.of("stop", "fix-lgoin"))) {
            var ran = run(command.toArray(String[]::new));
            assertThat(ran.exit()).as("%s", command).isEqualTo(1);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).as("%s", command).contains("fix-lgoin", "there is no");
            assertThat(ran.err().lines()).hasSize(1);
        }
        assertThat(dispatches.file("fix-lgoin", ".history.jsonl")).doesNotExist();
    }

    @Test
    void nobodyIsToldAnythingAboutATaskThatIsOver() {
        for (var status : List.of("completed", "cancelled")) {
            dispatches.operator().write("tasks/over.md", task(status));
            for (var command : List.of("update", "continue")) {
                var ran = run(command, "over", "-m", "x");
                assertThat(ran.exit()).isEqualTo(1);
                assertThat(ran.err()).contains("over is " + status, "reeve task new");
            }
        }
        assertThat(dispatches.file("over", ".history.jsonl")).doesNotExist();
    }

    @Test
    void watchingNobodySaysSo() {
        assertThat(run("watch").out()).isEqualTo("no worker is at work\n");
        assertThat(run("watch", "fix-login").err()).contains("nothing is known of any run of fix-login");
    }

    @Test
    void aTableOfWorkersFitsTheTerminalWhateverTheyPrint() {
        dispatches.worker("printf '%0300d\\n' 7; printf '\\033[2J漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字\\n'\n"
                + "while [ ! -e " + dispatches.operator().folder() + "/go ]; do sleep 0.05; done\n");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.awaitLog("fix-login", "漢字\n");

        dispatches.operator().with("COLUMNS", "50").asScreen();
        var line = run("watch", "--once").out();

        assertThat(line).startsWith("fix-login  running ").contains("\\u{1b}[2J漢").endsWith("…\n");
        assertThat(line.lines()).hasSize(1);
        assertThat(line.strip().codePoints().map(c -> c == '漢' || c == '字' ? 2 : 1).sum()).isBetween(48, 50);
    }
}
