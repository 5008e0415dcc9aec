package dev.reeve.cli;

import dev.reeve.kit.GitRepositories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static dev.reeve.cli.Operator.MARCH;
import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** What a hook says and does when git runs it. */
class HooksRunCommandTest {

    @TempDir
    private Path folder;
    private Operator operator;

    @BeforeEach
    void sitDown() {
        operator = new Operator(folder, MARCH);
    }

    @AfterEach
    void leave() {
        operator.close();
    }

    /** With all the time in the world: giving up ends the process, and here that is the tests'. */
    private Terminal.Ran hookRuns() {
        return operator.run("hooks", "run", "--patience", "600");
    }

    @Test
    void whatTakesTooLongIsGivenUpWithoutFailingGit() throws Exception {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "dev.reeve.cli.Main", "hooks", "run", "--patience", "0")
                .directory(operator.checkout().toFile())
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(said).isEqualTo("reeve: reconcile takes longer than 0 s and was stopped; run reeve reconcile\n");
    }

    @Test
    void whatWasChangedIsOneLine() {
        var worktree = operator.worktree("fix-login");
        operator.register("dave", "fix-login", worktree);
        operator.pull(12, "fix-login").merge();
        operator.git("fetch", "--quiet");

        assertThat(hookRuns()).isEqualTo(new Terminal.Ran(0,
                "reeve: completed fix-login, pruned fix-login; yours to commit: tasks/fix-login.md\n", ""));
        assertThat(operator.read("tasks/fix-login.md")).contains("status: completed");
    }

    @Test
    void withNothingChangedItIsSilentAndNothingIsFetched() {
        operator.remote().commit("main").file("tasks/new.md", task("ready")).push("Plan");
        var before = operator.git("for-each-ref");

        assertThat(hookRuns()).isEqualTo(new Terminal.Ran(0, "", ""));

        assertThat(operator.git("for-each-ref")).isEqualTo(before);
    }

    @Test
    void whatGitHasNotFetchedYetIsLeftToTheNextReconcile() {
        operator.pull(12, "fix-login").merge();
        assertThat(hookRuns().out()).isEmpty();
        assertThat(operator.read("tasks/fix-login.md")).contains("status: ready");
    }

    @Test
    void whateverIsWrongItEndsWellAndSaysWhatInALine() {
        operator.state("task-manager-dave.register.json", "{\"schema\": 99}");
        assertThat(hookRuns()).satisfies(ran -> {
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).startsWith("reeve: failed to read a register: ").hasLineCount(1);
        });
        operator.write(".reeve.yml", "tsks: x\n");
        assertThat(hookRuns()).satisfies(ran -> {
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).contains("did you mean tasks?").hasLineCount(1);
        });
        assertThat(operator.runIn(folder, List.of("hooks", "run", "--patience", "600")).exit()).isZero();
        operator.write(".reeve.yml", "reconcile: { publish: pull-request }\n");
        assertThat(hookRuns()).isEqualTo(new Terminal.Ran(0, "", ""));
    }

    @Test
    void aRealPullInALinkedWorktreeCompletesTheTaskInTheMainCheckout() {
        var launcher = operator.folder().resolve("bin/reeve");
        Repository.program(launcher, "#!/bin/sh\n" + exported(operator.environment()) + "exec '"
                + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' dev.reeve.cli.Main \"$@\"\n");
        operator.run("hooks", "install", "--launcher", launcher.toString());
        operator.pull(12, "fix-login").merge();
        var worktree = operator.folder().resolve("tree");
        operator.git("worktree", "add", "--quiet", "-b", "task/other", worktree.toString());

        var said = GitRepositories.git(worktree, "pull", "--no-rebase", "--no-edit", "origin", "main");

        assertThat(said).contains("reeve: completed fix-login; yours to commit: tasks/fix-login.md");
        assertThat(operator.read("tasks/fix-login.md")).contains("status: completed");
        assertThat(worktree.resolve(".tasks")).doesNotExist();
        assertThat(Files.exists(operator.checkout().resolve(".tasks"))).isTrue();
    }

    private static String exported(Map<String, String> environment) {
        var lines = new StringBuilder();
        environment.forEach(
                (name, value) -> lines.append("export ").append(name).append("='").append(value).append("'\n"));
        return lines.toString();
    }
}
