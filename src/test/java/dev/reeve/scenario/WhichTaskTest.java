package dev.reeve.scenario;

import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which task a pull request is about. */
class WhichTaskTest {

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    @Test
    void aLineInTheDescriptionGoesBeforeTheBranch() {
        scenario.pullRequest(12).from("task/fix-login").describing("Colours.\r\n\r\nTask: add-search\r\n").merge();
        scenario.settle();
        scenario.task("add-search").isCompletedBy("dave", 12);
        scenario.task("fix-login").isUntouched();
        scenario.check(12).concludes("success").isTitled("Completed add-search");
    }

    @Test
    void aBranchThatTheFrontmatterNamesCounts() {
        scenario.project()
                .commit("tasks/fix-login.md",
                        scenario.task("fix-login")
                                .content()
                                .replace("owner: dave", "owner: dave\nbranch: daves/login"));
        scenario.pullRequest(12).from("daves/login").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void exactlyOneChangedTaskFileCounts() {
        scenario.pullRequest(12)
                .from("topic")
                .changing("tasks/fix-login.md", scenario.task("fix-login").content() + "Done.\n")
                .merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void aForksBranchSaysNothingAboutOurs() {
        scenario.pullRequest(12).fromFork("mallory", "task/fix-login").by("mallory").merge();
        scenario.settle();
        scenario.task("fix-login").isUntouched();
        scenario.check(12).concludes("neutral").isTitled("No task");
    }

    @Test
    void aLineInTheDescriptionOfAForksPullRequestCounts() {
        scenario.pullRequest(12).fromFork("erin", "patch-1").by("erin").describing("Task: fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("erin", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void theOnlyTaskFileThatAForkChangesCounts() {
        scenario.pullRequest(12)
                .fromFork("erin", "patch-1")
                .by("erin")
                .changing("tasks/pay-by-card.md", scenario.task("pay-by-card").content() + "Done.\n")
                .merge();
        scenario.settle();
        scenario.task("pay-by-card").isCompletedBy("erin", 12);
        scenario.check(12).concludes("success");
    }
}
