package dev.reeve.scenario;

import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;

import static dev.reeve.kit.GitRepositories.git;
import static org.assertj.core.api.Assertions.assertThat;

/** The repository is not as the server would like it. */
class ObstacleTest {

    private static final Sha NONE = new Sha("0".repeat(40));

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    /** While the server's first push is on its way, the default branch is moved to a commit with this change. */
    private void raceWith(String file, String content) {
        var remote = scenario.project().remote();
        remote.branch("race", "main");
        var rival = remote.commit("race").file(file, content).push("Somebody was faster");
        remote.delete("race");
        remote.script("pre-receive", "[ -f raced ] || { touch raced; env -u GIT_QUARANTINE_PATH"
                + " -u GIT_OBJECT_DIRECTORY -u GIT_ALTERNATE_OBJECT_DIRECTORIES git update-ref refs/heads/main " + rival
                + "; }");
    }

    @Test
    void aPushThatIsRejectedIsDecidedAnewOnWhatSomebodyElsePushed() {
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        raceWith("tasks/fix-login.md", scenario.task("fix-login").content().replace("priority: p1", "priority: p0"));
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12).has("priority", "p0");
        scenario.check(12).concludes("success");
    }

    @Test
    void aPushThatIsRejectedIsNotRepeatedWhenSomebodyElseCompletedTheTask() {
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        raceWith("tasks/fix-login.md",
                scenario.task("fix-login").content().replace("status: ready", "status: completed"));
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        scenario.task("fix-login").has("status", "completed");
        assertThat(scenario.task("fix-login").commits()).isEmpty();
        scenario.check(12).concludes("success").isTitled("Completed fix-login");
    }

    @Test
    void aMergeThatIsForcedAwayWhileItsCompletionIsPushedIsNotCompleted() {
        var remote = scenario.project().remote();
        var before = remote.tip("main").orElseThrow();
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        remote.script("pre-receive", "[ -f raced ] || { touch raced; env -u GIT_QUARANTINE_PATH"
                + " -u GIT_OBJECT_DIRECTORY -u GIT_ALTERNATE_OBJECT_DIRECTORIES git update-ref refs/heads/main "
                + before
                + "; }");
        scenario.expectError(".*task/fix-login.* is given up .*its merge commit is not in the fetched main.*");
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        for (int attempt = 1; attempt < 10; attempt++) {
            scenario.task("fix-login").isUntouched();
            scenario.advance(Duration.ofMinutes(15));
        }
        assertThat(remote.tip("main")).contains(before);
        scenario.check(12).concludes("neutral").isTitled("Merged, not completed");
    }

    @Test
    void aProtectedBranchIsADeadLetterThatSaysWhatToDoAndCanBeReplayed() {
        scenario.expectError(".*task/fix-login.* is given up .*bypass the branch's protection.*");
        scenario.project().remote().refusePushes("GH006: Protected branch update failed for refs/heads/main.");
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        assertThat(scenario.deadLetter().error()).contains("GH006", "let the App bypass the branch's protection");
        scenario.task("fix-login").isUntouched();
        scenario.check(12)
                .concludes("neutral")
                .isTitled("Merged, not completed")
                .says("let the App bypass the branch's protection");
        scenario.project().remote().refusePushes("");
        scenario.replay();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success").isTitled("Completed fix-login");
        assertThat(scenario.deadLetters()).isEmpty();
    }

    @Test
    void aRedeliveryAlsoRevivesWhatWasGivenUp() {
        scenario.expectError(".*task/fix-login.* is given up .*");
        scenario.project().remote().refusePushes("Protected branch");
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.project().remote().refusePushes("");
        scenario.redeliver();
        scenario.settle();
        assertThat(scenario.deadLetters()).isEmpty();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void anInvalidConfigurationStopsEverythingUntilItIsMended() {
        scenario.expectError(".*pull/12.* is given up .*\\.reeve\\.yml.*");
        scenario.project().commit(".reeve.yml", "owners: { dave: [] }\nworkers: 7\n");
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isUntouched();
        assertThat(scenario.project().pushes()).isZero();
        assertThat(scenario.deadLetter().error()).contains(".reeve.yml");
        scenario.check(12)
                .concludes("action_required")
                .isTitled("The configuration can't be used")
                .says("workers", "owners");
        scenario.project().push(".reeve.yml", "owners:\n  dave: { github: [davefowler] }\n");
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.replay();
        scenario.check(12).concludes("success").isTitled("Completed fix-login");
    }

    @Test
    void aDefaultBranchThatIsMissingIsNoFaultAndEverythingIsLookedAtWhenItComesBack() {
        var merge = scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        scenario.project().remote().delete("main");
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        scenario.check(12).concludes("neutral");
        scenario.project().remote().force("main", merge);
        scenario.deliver(scenario.project().atGitHub().pushEvent("main", NONE, merge));
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void aDefaultBranchThatIsRenamedIsFollowed() {
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.check(12).concludes("success");
        var remote = scenario.project().remote();
        remote.branch("trunk", "main");
        git(remote.path(), "symbolic-ref", "HEAD", "refs/heads/trunk");
        remote.delete("main");
        scenario.pullRequest(13).from("task/add-search").into("trunk").merge();
        scenario.settle();
        scenario.task("add-search").isCompletedBy("dave", 13);
        scenario.check(13).concludes("success");
    }

    @Test
    void anotherDefaultBranchIsFollowedWhileTheOldOneIsStillThere() {
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.check(12).concludes("success");
        var remote = scenario.project().remote();
        remote.branch("trunk", "main");
        git(remote.path(), "symbolic-ref", "HEAD", "refs/heads/trunk");
        scenario.pullRequest(13).from("task/add-search").into("trunk").merge();
        scenario.settle();
        scenario.task("add-search").isCompletedBy("dave", 13);
        scenario.check(13).concludes("success").isTitled("Completed add-search");
    }

    @Test
    void aMergeThatWasForcedAwayIsNotCompletedAndGivenUpInTheEnd() {
        scenario.expectError(".*task/fix-login.* is given up .*its merge commit is not in the fetched main.*");
        var before = scenario.project().tip();
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        scenario.project().remote().force("main", before);
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        for (int attempt = 1; attempt < 10; attempt++) {
            assertThat(scenario.deadLetters()).as("after %d attempts", attempt).isEmpty();
            scenario.advance(Duration.ofMinutes(15));
        }
        assertThat(scenario.deadLetter().failures()).isEqualTo(10);
        scenario.task("fix-login").isUntouched();
        scenario.check(12).concludes("neutral");
    }

    @Test
    void aRepositoryWithoutTasksIsLeftInPeace() {
        var remote = scenario.project().remote();
        remote.commit("main").delete("tasks").delete(".reeve.yml").push("No tasks here");
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.project().push("README.md", "# Shop\n");
        scenario.settle();
        scenario.check(12).concludes("neutral").isTitled("No task");
        assertThat(scenario.project().pushes()).isZero();
    }

    @Test
    void aTaskThatMovedWithItsMergeIsCompletedWhereItIsNow() {
        var file = scenario.task("fix-login").content();
        scenario.project().remote().commit("main").delete("tasks/fix-login.md").push("Gone");
        scenario.project().commit("tasks/m1/fix-login.md", file);
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void aTaskWithAnotherOwnersSpellingIsCompletedUnderTheCanonicalOne() {
        scenario.project().commit("tasks/new.md", Project.taskFile("New", "in_progress"));
        scenario.pullRequest(12).from("task/new").by("Dave-Fowler").merge();
        scenario.settle();
        scenario.task("new").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }
}
