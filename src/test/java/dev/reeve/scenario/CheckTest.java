package dev.reeve.scenario;

import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What a pull request shows before it is merged. */
class CheckTest {

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    @Test
    void anOpenedPullRequestSaysWhatMergingWillDo() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.check(12)
                .concludes("success")
                .isTitled("Merging completes fix-login")
                .says("fix-login", "Fix the redirect after login");
        scenario.task("fix-login").isUntouched();
        assertThat(scenario.project().pushes()).isZero();
    }

    @Test
    void everyNewHeadHasItsOwnCheckRun() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.check(12).concludes("success");
        scenario.pullRequest(12).push("more.txt", "more\n");
        scenario.settle();
        scenario.check(12).concludes("success").isTitled("Merging completes fix-login");
        assertThat(scenario.project().atGitHub().checkRuns()).hasSize(2);
    }

    @Test
    void editingTheDescriptionChangesWhatItSays() {
        scenario.pullRequest(12).from("topic").open();
        scenario.settle();
        scenario.check(12).concludes("neutral").isTitled("No task");
        scenario.pullRequest(12).edit("Task: add-search");
        scenario.settle();
        scenario.check(12).concludes("success").isTitled("Merging completes add-search");
    }

    @Test
    void aReopenedPullRequestSaysAgainWhatMergingWillDo() {
        scenario.pullRequest(12).from("task/fix-login").close();
        scenario.settle();
        scenario.check(12).isTitled("Closed without being merged");
        scenario.pullRequest(12).reopen();
        scenario.settle();
        scenario.check(12).concludes("success").isTitled("Merging completes fix-login");
    }

    @Test
    void invalidFrontmatterIsShownAtItsLine() {
        scenario.pullRequest(12)
                .from("task/fix-login")
                .changing("tasks/fix-login.md", "---\ntitle: Fix it\nstatus: finished\n---\n")
                .open();
        scenario.settle();
        scenario.check(12)
                .concludes("failure")
                .isTitled("Invalid task file")
                .annotates("tasks/fix-login.md", 3)
                .says("tasks/fix-login.md:3");
    }

    @Test
    void aTaskThatThePullRequestItselfAddsIsKnown() {
        scenario.pullRequest(12)
                .from("task/new-thing")
                .changing("tasks/new-thing.md", Project.taskFile("A new thing", "ready"))
                .open();
        scenario.settle();
        scenario.check(12).concludes("success").says("A new thing");
        scenario.pullRequest(12).merge();
        scenario.settle();
        scenario.task("new-thing").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success").isTitled("Completed new-thing");
    }

    @Test
    void aPullRequestWithoutATaskIsNeutral() {
        scenario.pullRequest(12).from("tidy-up").open();
        scenario.settle();
        scenario.check(12).concludes("neutral").isTitled("No task").says("Task: <slug>");
        scenario.pullRequest(12).merge();
        scenario.settle();
        scenario.check(12).concludes("neutral").isTitled("No task");
        assertThat(scenario.project().pushes()).isZero();
    }

    @Test
    void aPullRequestWithoutATaskNeedsOneWhereTheTeamSaysSo() {
        scenario.project().commit(".reeve.yml", "checks: { require_task: true }\n");
        scenario.pullRequest(12).from("tidy-up").open();
        scenario.settle();
        scenario.check(12).concludes("action_required").isTitled("No task");
    }

    @Test
    void aTaskThatIsNotThereIsPointedOut() {
        scenario.pullRequest(12).from("topic").describing("Task: no-such-task").open();
        scenario.settle();
        scenario.check(12).concludes("action_required").isTitled("No such task").says("check the spelling");
    }

    @Test
    void aTaskThatChangedSinceTheBranchWasCutIsANotice() {
        scenario.pullRequest(12).from("task/fix-login").atGitHub();
        scenario.project()
                .commit("tasks/fix-login.md", scenario.task("fix-login")
                        .content()
                        .replace("priority: p1",
                                "priority: p0"));
        scenario.pullRequest(12).open();
        scenario.settle();
        scenario.check(12).concludes("success").says("changed on the default branch since this branch was cut");
    }

    @Test
    void aPullRequestToAnotherBaseCompletesNothingAndSaysSo() {
        scenario.project().remote().branch("release", "main");
        scenario.pullRequest(12).from("task/fix-login").into("release").open();
        scenario.settle();
        scenario.check(12).concludes("neutral").isTitled("Merges into another branch than main");
    }
}
