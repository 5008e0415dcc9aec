package dev.reeve.scenario;

import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A merge completes what the check run promised before it, of what was there in the merge, whatever is written or configured later. */
class PromiseTest {

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    private FakeRepository shop() {
        return scenario.project().atGitHub();
    }

    private void everythingIsLookedAt() {
        scenario.deliver(shop().pushEvent("main", new Sha("0".repeat(40)), scenario.project().tip()));
        scenario.settle();
    }

    private void mallorysPullRequest(String description) {
        scenario.pullRequest(13).fromFork("mallory", "patch-1").by("mallory").describing(description).open();
        scenario.settle();
    }

    @Test
    void whatMendsTheConfigurationSaysWhatItCompletesBesides() {
        scenario.project().commit(".reeve.yml", "workers: 7\n");
        scenario.pullRequest(13)
                .fromFork("mallory", "mend")
                .by("mallory")
                .describing("Task: pay-by-card")
                .changing(".reeve.yml", "tasks: tasks\n")
                .open();
        scenario.settle();
        scenario.check(13)
                .concludes("success")
                .isTitled("Merging mends the configuration and completes pay-by-card")
                .says("the one of this pull request can", "**`pay-by-card`** Pay by card: `not_started` → `completed`");
        var before = scenario.project().tip();
        var merge = scenario.pullRequest(13).mergeUnannounced();
        shop().pull(13).body("Task: fix-login");
        scenario.pullRequest(13).deliver("closed");
        scenario.deliver(shop().pushEvent("main", before, merge));
        scenario.settle();
        scenario.task("pay-by-card").isCompletedBy("mallory", 13);
        scenario.task("fix-login").isUntouched();
    }

    @Test
    void whatWasMergedWhileNothingCouldBeToldCompletesNothingByALaterDescription() {
        scenario.project().commit(".reeve.yml", "workers: 7\n");
        mallorysPullRequest("");
        scenario.check(13).concludes("action_required").isTitled("The configuration can't be used");
        scenario.expectError("(?s).*pull/13.*");
        scenario.pullRequest(13).merge();
        scenario.settle();
        scenario.pullRequest(13).edit("Task: pay-by-card");
        scenario.settle();
        scenario.project().push(".reeve.yml", "tasks: tasks\n");
        scenario.settle();
        scenario.task("pay-by-card").isUntouched();
        scenario.check(13).concludes("neutral").says("`pay-by-card`**: not completed", "did not promise it");
    }

    @Test
    void aPromiseOutlivesAConfigurationThatCanNotBeUsed() {
        mallorysPullRequest("Task: fix-login");
        scenario.check(13).isTitled("Merging completes fix-login");
        scenario.project().commit(".reeve.yml", "workers: 7\n");
        scenario.expectError("(?s).*pull/13.*");
        scenario.pullRequest(13).merge();
        scenario.settle();
        scenario.check(13).isTitled("The configuration can't be used");
        scenario.pullRequest(13).edit("Task: fix-login\nTask: pay-by-card");
        scenario.settle();
        scenario.project().push(".reeve.yml", "tasks: tasks\n");
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("mallory", 13);
        scenario.task("pay-by-card").isUntouched();
        scenario.check(13).isTitled("Completed fix-login, 1 left");
    }

    @Test
    void runsOfOthersByOurNameHideNoPromise() {
        mallorysPullRequest("Task: fix-login");
        var head = shop().pull(13).headSha();
        for (int i = 0; i < 130; i++) {
            shop().foreignRun(15_368, head, "reeve", "reeve/pull/13");
        }
        scenario.pullRequest(13).mergeUnannounced();
        shop().pull(13).body("Task: pay-by-card");
        scenario.pullRequest(13).deliver("closed");
        scenario.settle();
        scenario.task("pay-by-card").isUntouched();
        scenario.task("fix-login").isCompletedBy("mallory", 13);
        assertThat(shop().checkRuns().stream().filter(run -> run.app() == 0)).hasSize(1);
        scenario.check(13);
    }

    @Test
    void aTaskThatWasDoneInAMergeIsNotDoneAgainByItWhenSomebodyReopensIt() {
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.pullRequest(13).from("polish").describing("Task: fix-login").open();
        scenario.settle();
        scenario.check(13).concludes("success").isTitled("Merging completes nothing");
        scenario.pullRequest(13).merge();
        scenario.settle();
        scenario.project()
                .push("tasks/fix-login.md",
                        scenario.task("fix-login").content().replace("status: completed", "status: ready"));
        scenario.settle();
        everythingIsLookedAt();
        scenario.task("fix-login").has("status", "ready").has("pr_number", "12");
        scenario.check(12).says("somebody reopened it");
        scenario.check(13).concludes("neutral").says("`fix-login`**: not completed");
    }

    /** It was promised, and another pull request completed the task after it was merged. */
    @Test
    void anEarlierMergeDoesNotCompleteWhatWasReopenedAfterALaterOne() {
        scenario.pullRequest(12).from("first").describing("Task: fix-login").open();
        scenario.settle();
        scenario.check(12).isTitled("Merging completes fix-login");
        scenario.pullRequest(12).mergeUnannounced();
        scenario.pullRequest(14).from("task/fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 14);
        scenario.check(14).concludes("success");
        scenario.project()
                .push("tasks/fix-login.md",
                        scenario.task("fix-login").content().replace("status: completed", "status: ready"));
        scenario.settle();
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        scenario.task("fix-login").has("status", "ready").has("pr_number", "14");
        scenario.check(12).isTitled("Merged, not completed").says("somebody reopened it");
    }

    @Test
    void aTaskThatIsAddedAfterTheMergeIsNotCompletedByIt() {
        mallorysPullRequest("Task: fix-login\nTask: next-big-thing");
        scenario.check(13).isTitled("Merging completes fix-login").says("there is no task of this name");
        scenario.pullRequest(13).merge();
        scenario.settle();
        scenario.check(13).isTitled("Completed fix-login, 1 left").says("there is no such task on the default branch");
        scenario.project().push("tasks/next-big-thing.md", Project.taskFile("Next", "ready"));
        scenario.settle();
        everythingIsLookedAt();
        scenario.task("next-big-thing").isUntouched();
        scenario.task("fix-login").isCompletedBy("mallory", 13);
        scenario.check(13).concludes("neutral");
    }

    @Test
    void whatNobodyLookedAtBeforeTheMergeCompletesNoTaskThatWasNotThere() {
        scenario.pullRequest(13).fromFork("mallory", "p").by("mallory").describing("Task: next-big-thing").merge();
        scenario.settle();
        scenario.project().push("tasks/next-big-thing.md", Project.taskFile("Next", "ready"));
        scenario.settle();
        everythingIsLookedAt();
        scenario.task("next-big-thing").isUntouched();
        scenario.check(13).isTitled("Merged, not completed");
    }

    @Test
    void aLineThatIsTakenOutAfterTheMergeDoesNotLetTheBranchDecide() {
        scenario.pullRequest(13).from("task/fix-login").describing("Task: add-search").open();
        scenario.settle();
        scenario.check(13).isTitled("Merging completes add-search");
        scenario.pullRequest(13).mergeUnannounced();
        shop().pull(13).body("");
        scenario.pullRequest(13).deliver("closed");
        scenario.settle();
        everythingIsLookedAt();
        // Also when only the task's own file leads to the branch.
        scenario.project()
                .push("tasks/fix-login.md",
                        scenario.task("fix-login").content().replace("status: ready", "status: in_progress"));
        scenario.settle();
        scenario.task("add-search").isCompletedBy("dave", 13);
        scenario.task("fix-login").isUntouched();
        scenario.check(13).says("`fix-login`**: not completed: this pull request names it by now");
    }

    @Test
    void aLineThatIsReplacedAfterTheMergeDoesNotLetTheBranchDecideInASweep() {
        scenario.pullRequest(13).from("task/fix-login").describing("Task: add-search").open();
        scenario.settle();
        scenario.pullRequest(13).merge();
        scenario.settle();
        scenario.task("add-search").isCompletedBy("dave", 13);
        shop().pull(13).body("Task: fix-login");
        everythingIsLookedAt();
        scenario.task("fix-login").isUntouched();
        scenario.check(13).concludes("neutral");
    }

    @Test
    void whatWaitsInTheBookkeepingPullRequestIsWhatWasPromised() {
        scenario.project().publishesByPullRequest();
        scenario.pullRequest(12).fromFork("mallory", "p").by("mallory").describing("Task: fix-login").open();
        scenario.settle();
        scenario.check(12).isTitled("Merging completes fix-login");
        scenario.pullRequest(12).merge();
        scenario.settle();
        shop().pull(12).body("thanks");
        scenario.restart();
        scenario.settle();
        scenario.pullRequest(20).from("task/add-search").merge();
        scenario.settle();
        scenario.bookkeeping().completes("fix-login", "add-search");
        scenario.check(12);
        scenario.check(20);
    }

    /** The button is remembered where the promise is, so that it counts also when everything else is decided anew. */
    @Test
    void whatSomebodyConfirmedGoesOnWaitingAfterARestart() {
        shop().people().may("bob", "write");
        scenario.project().publishesByPullRequest();
        scenario.pullRequest(12).fromFork("erin", "p").by("erin").describing("").open();
        scenario.settle();
        scenario.pullRequest(12).merge();
        scenario.settle();
        scenario.pullRequest(12).edit("Task: fix-login");
        scenario.settle();
        scenario.deliver(shop().checkEvents().pressed(scenario.check(12).run(), "reconcile", "bob"));
        scenario.settle();
        scenario.bookkeeping().completes("fix-login");
        scenario.check(12).isTitled("Merged, completion waits in #13");
        scenario.restart();
        scenario.settle();
        scenario.pullRequest(20).from("task/add-search").merge();
        scenario.settle();
        scenario.bookkeeping().completes("fix-login", "add-search");
        scenario.check(20);
    }

    @Test
    void ofACancelledTaskNothingIsPromisedAndNothingLeft() {
        scenario.project().commit("tasks/fix-login.md", Project.taskFile("Fix", "cancelled"));
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        assertThat(scenario.check(12).isTitled("Merging completes nothing").run().summary())
                .contains("<!-- reeve promises -->");
        scenario.pullRequest(12).merge();
        scenario.settle();
        scenario.check(12)
                .concludes("success")
                .isTitled("Merged, fix-login is cancelled")
                .saysNothingOf("still to be done");
    }
}
