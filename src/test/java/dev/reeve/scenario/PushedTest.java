package dev.reeve.scenario;

import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody pushes. */
class PushedTest {

    private static final Sha NONE = new Sha("0".repeat(40));

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    private void deliverPush(String branch, Sha before, Sha after) {
        scenario.deliver(scenario.project().atGitHub().pushEvent(branch, before, after));
        scenario.settle();
    }

    @Test
    void aPushBringsTheMergeWhoseOwnEventIsMissing() {
        var before = scenario.project().tip();
        var merge = scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        deliverPush("main", before, merge);
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success").isTitled("Completed fix-login");
    }

    @Test
    void bothEventsOfAMergeCompleteItOnce() {
        var before = scenario.project().tip();
        var merge = scenario.pullRequest(12).from("task/fix-login").merge();
        deliverPush("main", before, merge);
        scenario.task("fix-login").isCompletedBy("dave", 12);
        assertThat(scenario.project().pushes()).isEqualTo(1);
        scenario.check(12).concludes("success").isTitled("Completed fix-login");
    }

    @Test
    void ourOwnPushCausesNoWork() {
        var merge = scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.check(12).concludes("success");
        var asked = scenario.gitHub().requests();
        deliverPush("main", merge, scenario.project().tip());
        assertThat(scenario.gitHub().requests()).isEqualTo(asked);
        assertThat(scenario.project().pushes()).isEqualTo(1);
    }

    @Test
    void aPushThatMendsATaskFileCompletesItsTask() {
        scenario.project().commit("tasks/fix-login.md", "---\ntitle: Fix it\nstatus: finished\n---\n");
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.check(12).concludes("neutral").isTitled("Merged, not completed").says("the task file is invalid");
        assertThat(scenario.project().pushes()).isZero();
        scenario.project().push("tasks/fix-login.md", Project.taskFile("Fix it", "ready"));
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success").isTitled("Completed fix-login");
    }

    @Test
    void aPushThatConcernsNoTaskAsksNothing() {
        scenario.project().push("login.txt", "redirect: back\n");
        scenario.settle();
        assertThat(scenario.gitHub().count("GET /repos/acme/shop/pulls")).isZero();
    }

    @Test
    void aForcedPushReconcilesEverything() {
        var merge = scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        var completed = scenario.project().tip();
        scenario.project().remote().force("main", merge);
        deliverPush("main", completed, merge);
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void aCreatedDefaultBranchReconcilesEverything() {
        var merge = scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        deliverPush("main", NONE, merge);
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void aPushFromAnUnknownCommitReconcilesEverything() {
        var merge = scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        var event = scenario.project().atGitHub().pushEvent("main", merge, merge);
        scenario.deliver(event.withBody(event.body()
                .replace("\"before\":\"" + merge + "\"", "\"before\":\"" + "d".repeat(40) + "\"")));
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void pushesToOtherBranchesAndTagsAndDeletionsCauseNothing() {
        var project = scenario.project();
        var before = project.tip();
        var merge = scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        deliverPush("task/fix-login", before, merge);
        deliverPush("main", merge, NONE);
        var tag = project.atGitHub().pushEvent("main", before, merge);
        scenario.deliver(tag.withBody(tag.body().replace("refs/heads/main", "refs/tags/main")));
        scenario.deliver(tag.withBody(tag.body().replace("refs/heads/main", "refs/heads/refs/heads/main")));
        scenario.settle();
        scenario.task("fix-login").isUntouched();
        assertThat(scenario.gitHub().requests()).isEmpty();
    }
}
