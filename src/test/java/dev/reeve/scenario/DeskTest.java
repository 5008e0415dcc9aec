package dev.reeve.scenario;

import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;

import static dev.reeve.kit.GitRepositories.git;
import static org.assertj.core.api.Assertions.assertThat;

/** The server shares a checkout with the agent that runs there. */
class DeskTest {

    @RegisterExtension
    final Scenario scenario = Scenario.withCheckout();

    @Test
    void aMergePrunesTheRegisterArchivesDispatchFilesAndChecksDrift() {
        scenario.desk().work("fix-login", 12);
        scenario.desk().work("add-search", 13);
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        assertThat(scenario.desk().registered()).containsExactly("add-search");
        assertThat(scenario.desk().dispatchFiles("fix-login")).isEmpty();
        assertThat(scenario.desk().archived("fix-login")).hasSize(2);
        assertThat(scenario.desk().dispatchFiles("add-search")).hasSize(2);
        scenario.check(12)
                .concludes("success")
                .isTitled("Completed fix-login")
                .says("completed in ", "register pruned", "no drift");
    }

    @Test
    void whatBelongsToTheOperatorStaysByteForByte() throws IOException {
        var desk = scenario.desk();
        desk.work("fix-login", 12);
        Files.writeString(desk.path().resolve("login.txt"), "half an idea\n");
        Files.writeString(desk.path().resolve("staged.txt"), "staged\n");
        git(desk.path(), "add", "staged.txt");
        Files.writeString(desk.path().resolve("untracked.txt"), "mine\n");
        // As after touch(1): git would refresh the index if it were allowed to.
        assertThat(desk.path().resolve("tasks/pay-by-card.md").toFile().setLastModified(1_000_000_000_000L)).isTrue();
        var belongings = desk.belongings();
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        assertThat(desk.registered()).isEmpty();
        assertThat(desk.belongings()).isEqualTo(belongings);
        scenario.check(12).concludes("success");
    }

    @Test
    void aRedeliveryTakesOutAnEntryThatCameBack() {
        var worktree = scenario.desk().work("fix-login", 12);
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.desk().claim("fix-login", worktree, 12);
        scenario.redeliver();
        scenario.settle();
        assertThat(scenario.desk().registered()).isEmpty();
        assertThat(scenario.project().pushes()).isEqualTo(1);
        scenario.check(12).concludes("success").says("register pruned");
    }

    @Test
    void theRegisterNamesTheTaskOfAPullRequestWhoseBranchDoesNot() {
        var worktree = scenario.desk().work("fix-login", 99);
        scenario.desk().claim("fix-login", worktree, 12);
        scenario.pullRequest(12).from("another-name").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void anEntryWithUncommittedWorkStaysAndTheCheckRunSaysWhy() throws IOException {
        var worktree = scenario.desk().work("fix-login", 12);
        Files.writeString(worktree.resolve("idea.txt"), "not yet\n");
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        assertThat(scenario.desk().registered()).containsExactly("fix-login");
        scenario.check(12).concludes("success").says("uncommitted work");
    }
}
