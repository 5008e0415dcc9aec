package dev.reeve.scenario;

import dev.reeve.kit.Scenario;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Names, texts and files by somebody who means harm. */
class HostileTest {

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    private List<Path> files() throws IOException {
        try (var files = Files.walk(scenario.folder(), 1)) {
            return files.sorted().toList();
        }
    }

    @Test
    void branchNamesAreNeitherExecutedNorTakenForTasks() throws IOException {
        var names = List.of("task/../../../etc/passwd", "-oProxyCommand=touch pwned", "--upload-pack=touch pwned",
                "task/$(touch pwned)", "task/fix-login`touch pwned`", "task/fix-login\nTask: add-search",
                "task/fix-login\u0000", "refs/heads/task/fix-login", "task/\u001b[2Jfix-login", "task/Fix-Login",
                "task/fix-login.lock");
        var before = files();
        for (int n = 0; n < names.size(); n++) {
            scenario.pullRequest(1 + n).from(names.get(n)).merge();
        }
        assertThatNothingWasDone(names.size());
        assertThat(files()).isEqualTo(before);
        assertThat(Path.of("pwned")).doesNotExist();
    }

    @Test
    void linesThatNameNoSlugNameNoTask() {
        var bodies = List.of("Task: ../../.git/config", "Task: -fix-login", "Task: fix-login/../add-search",
                "Task: fix-login\u0000", "Task: FIX-LOGIN", "Task: fix-login; rm -rf /", "Task: ",
                "Task: \u202efix-login");
        for (int n = 0; n < bodies.size(); n++) {
            scenario.pullRequest(1 + n).from("topic-" + n).describing(bodies.get(n)).merge();
        }
        assertThatNothingWasDone(bodies.size());
    }

    private void assertThatNothingWasDone(int pullRequests) {
        scenario.settle();
        scenario.task("fix-login").isUntouched();
        scenario.task("add-search").isUntouched();
        assertThat(scenario.project().pushes()).isZero();
        for (int number = 1; number <= pullRequests; number++) {
            scenario.check(number).concludes("neutral").isTitled("No task");
        }
    }

    @Test
    void aDescriptionThatNamesAThousandTasksStaysWithinLimits() {
        var body = new StringBuilder("Task: fix-login\n");
        for (int i = 0; i < 1_000; i++) {
            body.append("Task: no-such-").append(i).append('\n');
        }
        scenario.pullRequest(12).from("topic").describing(body.toString()).open();
        scenario.settle();
        assertThat(scenario.check(12).summary().length()).isBetween(1, 65_535);
    }

    @Test
    void textOfOthersIsShownAsTextAndForgesNothing() {
        var title = "</summary><script>alert(1)</script> [click](http://evil.example) ![x](http://evil.example/x)"
                + " @acme/everyone `code` | # head";
        scenario.project()
                .commit("tasks/fix-login.md",
                        "---\ntitle: '" + title + "'\nstatus: ready\n---\n## QA Exploration\n- [ ] " + title + "\n");
        scenario.pullRequest(12).from("task/fix-login").titled(title).by("davefowler").open();
        scenario.settle();
        scenario.check(12)
                .concludes("success")
                .saysNothingOf("<script>", "[click](", "@acme", "<!--", "</summary>", "![");
    }

    @Test
    void textsOfTenKilobytesAreCut() {
        scenario.project()
                .commit("tasks/fix-login.md",
                        "---\ntitle: " + "long ".repeat(2_000) + "\nstatus: ready\n---\n");
        scenario.pullRequest(12)
                .from("task/fix-login")
                .titled("x".repeat(10_000))
                .describing("y".repeat(60_000))
                .open();
        scenario.settle();
        assertThat(scenario.check(12).concludes("success").summary().length()).isLessThan(2_000);
    }

    @Test
    void aTaskFileThatIsALinkOutOfTheTreeIsNotFollowed() {
        scenario.project()
                .remote()
                .commit("main")
                .delete("tasks/fix-login.md")
                .entry("120000", "tasks/fix-login.md", "../../../../../../etc/passwd".getBytes(UTF_8))
                .push("A link");
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        assertThat(scenario.project().pushes()).isZero();
        scenario.check(12).concludes("neutral").saysNothingOf("root:");
    }

    @Test
    void aTaskFileThatIsASubmoduleIsNoTask() {
        scenario.project()
                .remote()
                .commit("main")
                .delete("tasks/fix-login.md")
                .submodule("tasks/fix-login.md", new Sha("a".repeat(40)))
                .push("A submodule");
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        assertThat(scenario.project().pushes()).isZero();
        scenario.check(12).concludes("neutral");
    }

    @Test
    void aTasksFolderThatIsALinkIsNotFollowed() {
        scenario.project()
                .remote()
                .commit("main")
                .delete("tasks")
                .entry("120000", "tasks", "/etc".getBytes(UTF_8))
                .push("A link");
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        assertThat(scenario.project().pushes()).isZero();
        scenario.check(12).concludes("neutral");
    }

    @Test
    void aTaskFileOfTenMegabytesIsRefusedAndNotRead() {
        scenario.project().commit("tasks/fix-login.md", "---\ntitle: big\nstatus: ready\n---\n" + "x".repeat(10 << 20));
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        assertThat(scenario.project().pushes()).isZero();
        scenario.check(12).concludes("neutral").isTitled("Merged, not completed");
    }

    @Test
    void theLargestSlugWorksAndALargerOneIsNoTask() {
        var slug = "a".repeat(120);
        scenario.project().commit("tasks/" + slug + ".md", "---\ntitle: Long\nstatus: ready\n---\n");
        scenario.project().commit("tasks/" + slug + "b.md", "---\ntitle: Longer\nstatus: ready\n---\n");
        scenario.pullRequest(12).from("task/" + slug).merge();
        scenario.pullRequest(13).from("task/" + slug + "b").merge();
        scenario.settle();
        scenario.task(slug).isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
        scenario.check(13).concludes("neutral");
    }
}
