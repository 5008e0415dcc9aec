package dev.reeve.scenario;

import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** A pull request comes to its end, and its event is delivered once, twice, too early, wrongly or not at all. */
class MergeTest {

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    @Test
    void aMergeCompletesItsTask() {
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        assertThat(scenario.task("fix-login").trailer("Reeve-PR")).isEqualTo("12");
        assertThat(scenario.task("fix-login").trailer("Reeve-Delivery")).isEqualTo(scenario.lastDelivery().guid());
        assertThat(scenario.task("fix-login").content()).contains("status: completed            # queued on Monday");
        scenario.check(12)
                .concludes("success")
                .isTitled("Completed fix-login")
                .says("completed in " + scenario.task("fix-login").commits().getFirst());
        scenario.task("add-search").isUntouched();
    }

    @Test
    void aSquashedPullRequestCompletesItsTask() {
        var merge = scenario.pullRequest(12).from("task/fix-login").squash();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12).has("merge_commit", merge.value());
        scenario.check(12).concludes("success");
    }

    @Test
    void whoeverOpenedItIsNamedAndADeletedAccountIsAGhost() {
        scenario.pullRequest(12).from("task/fix-login").by(null).merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("ghost", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void aRedeliveryLooksAgainAndFindsNothingToDo() {
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        var refs = scenario.project().refs();
        long asked = scenario.gitHub().count("GET /repos/acme/shop/pulls/12");
        scenario.redeliver();
        scenario.settle();
        assertThat(scenario.gitHub().count("GET /repos/acme/shop/pulls/12")).isGreaterThan(asked);
        assertThat(scenario.project().refs()).isEqualTo(refs);
        scenario.check(12).concludes("success").isTitled("Completed fix-login");
    }

    @Test
    void aRedeliveryHealsACompletionThatWasLost() {
        var merge = scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.project().remote().force("main", merge);
        scenario.redeliver();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void aNumberThatItsWorkerWroteOnTheBranchKeepsNobodyFromCompletingIt() {
        scenario.pullRequest(12)
                .from("task/fix-login")
                .changing("tasks/fix-login.md", Project.taskFile("Fix the redirect", "in_progress\npr_number: 12"))
                .squash();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void aNumberThatWasWrittenAfterTheMergeIsLeftByACompletionThatAPersonHasUndone() {
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.project()
                .commit("tasks/fix-login.md", Project.taskFile("Fix the redirect", "ready\npr_number: 12"));
        scenario.redeliver();
        scenario.settle();
        scenario.task("fix-login").has("status", "ready");
        assertThat(scenario.project().pushes()).isEqualTo(1);
        scenario.check(12).concludes("neutral").isTitled("Merged, not completed").says("reopened");
    }

    @Test
    void aTaskThatAPersonReopensStaysOpen() {
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.project()
                .commit("tasks/fix-login.md",
                        scenario.task("fix-login").content().replace("status: completed", "status: ready"));
        scenario.redeliver();
        scenario.settle();
        scenario.task("fix-login").has("status", "ready");
        assertThat(scenario.project().pushes()).isEqualTo(1);
        scenario.check(12).concludes("neutral").isTitled("Merged, not completed").says("reopened");
    }

    @Test
    void aReopenedTaskIsCompletedByItsNextPullRequestEvenIfTheFirstIsHeardOfAgain() {
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.check(12).concludes("success");
        scenario.project()
                .commit("tasks/fix-login.md",
                        scenario.task("fix-login").content().replace("status: completed", "status: ready"));
        scenario.pullRequest(13).from("task/fix-login-again").describing("Task: fix-login").mergeUnannounced();
        scenario.pullRequest(12).deliver("closed");
        scenario.pullRequest(13).deliver("closed");
        scenario.settle();
        scenario.task("fix-login").has("status", "completed").has("pr_number", "13");
        scenario.check(12).says("fix-login");
        scenario.check(13).concludes("success");
    }

    @Test
    void closedUnmergedCompletesNothing() {
        scenario.pullRequest(12).from("task/fix-login").close();
        scenario.settle();
        scenario.task("fix-login").isUntouched();
        scenario.check(12).concludes("neutral").isTitled("Closed without being merged").says("`fix-login`");
    }

    @Test
    void mergedIntoAnotherBaseCompletesNothing() {
        scenario.project().remote().branch("release", "main");
        scenario.pullRequest(12).from("task/fix-login").into("release").merge();
        scenario.settle();
        scenario.task("fix-login").isUntouched();
        scenario.check(12).concludes("neutral").isTitled("Merged into another branch than main").says("`release`");
    }

    @Test
    void whenThePayloadSaysMergedAndTheApiSaysOpenTheApiIsBelieved() {
        scenario.pullRequest(12).from("task/fix-login").deliver("closed");
        scenario.settle();
        assertThat(scenario.waiting()).isEqualTo(1);
        for (int attempt = 1; attempt < 8; attempt++) {
            scenario.task("fix-login").isUntouched();
            scenario.advance(Duration.ofMinutes(15));
        }
        scenario.task("fix-login").isUntouched();
        scenario.check(12).concludes("success").isTitled("Merging completes fix-login");
    }

    @Test
    void whenThePayloadSaysUnmergedAndTheApiSaysMergedTheApiIsBelieved() {
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        var event = scenario.project().atGitHub().pullRequestEvent(12, "closed");
        scenario.deliver(event.withBody(event.body().replace("\"merged\":true", "\"merged\":false")));
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void aPullRequestThatTheApiDoesNotShowYetIsAskedForAgain() {
        scenario.pullRequest(12).from("task/fix-login").atGitHub().hiddenFor(2);
        scenario.pullRequest(12).merge();
        scenario.settle();
        scenario.task("fix-login").isUntouched();
        scenario.advance(Duration.ofSeconds(1));
        scenario.task("fix-login").isUntouched();
        scenario.advance(Duration.ofSeconds(2));
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void aMergeCommitThatGitDoesNotShowYetIsLookedForAgain() {
        var before = scenario.project().tip();
        var merge = scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        scenario.project().remote().force("main", before);
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        scenario.task("fix-login").isUntouched();
        assertThat(scenario.waiting()).isEqualTo(1);
        scenario.advance(Duration.ofSeconds(1));
        scenario.check(12).concludes("neutral").says("its merge commit is not in the fetched main");
        scenario.project().remote().force("main", merge);
        scenario.advance(Duration.ofSeconds(2));
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void severalTasksOfOnePullRequestAreCompletedInOnePush() {
        scenario.pullRequest(12)
                .from("both")
                .describing("Both at once.\n\nTask: fix-login\nTask: add-search\n")
                .merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.task("add-search").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success").isTitled("Completed 2 tasks");
    }

    @Test
    void aPullRequestThatCancelsItsTaskHasBroughtItToItsEnd() {
        var cancelled = scenario.task("fix-login").content().replace("status: ready", "status: cancelled");
        scenario.pullRequest(12).from("task/fix-login").changing("tasks/fix-login.md", cancelled).open();
        scenario.settle();
        scenario.check(12).concludes("success").says("this pull request itself makes it `cancelled`");
        scenario.pullRequest(12).merge();
        scenario.settle();
        scenario.check(12)
                .concludes("success")
                .isTitled("Merged, fix-login is cancelled")
                .says("`fix-login`**: is `cancelled`.")
                .saysNothingOf("not completed", "still to be done");
        assertThat(scenario.task("fix-login").content()).isEqualTo(cancelled);
    }
}
