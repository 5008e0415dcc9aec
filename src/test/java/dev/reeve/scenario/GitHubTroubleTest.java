package dev.reeve.scenario;

import dev.reeve.kit.FakeInstallation;
import dev.reeve.kit.Scenario;
import dev.reeve.kit.Trouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** GitHub limits, refuses or fails. */
class GitHubTroubleTest {

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    private FakeInstallation installation() {
        return scenario.project().atGitHub().installation();
    }

    private void isCompletedInTheEnd() {
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success").isTitled("Completed fix-login");
        assertThat(scenario.deadLetters()).isEmpty();
    }

    @Test
    void aUsedUpLimitPausesItsInstallationOnly() {
        var other = scenario.project("globex/site");
        installation().limit(0, scenario.clock().instant().plus(Duration.ofMinutes(10)));
        scenario.pullRequest(12).from("task/fix-login").merge();
        other.pullRequest(7).from("task/fix-login").merge();
        scenario.settle();
        other.task("fix-login").isCompletedBy("dave", 7);
        other.check(7).concludes("success");
        scenario.task("fix-login").isUntouched();
        assertThat(scenario.waiting()).as("the merge's work, and what tells of it").isEqualTo(2);
        var asked = scenario.gitHub().requests().size();
        scenario.advance(Duration.ofMinutes(9));
        assertThat(scenario.gitHub().requests()).as("nothing is asked during the pause").hasSize(asked);
        scenario.advance(Duration.ofMinutes(2));
        isCompletedInTheEnd();
    }

    /** What is asked with an installation's token; what the App asks as itself has a limit of its own. */
    private static final String WITH_A_TOKEN = "[A-Z]+ (?!/app)(?!.*/installation$).*";

    @Test
    void aRestartForgetsNoLimit() {
        installation().limit(0, scenario.clock().instant().plus(Duration.ofMinutes(10)));
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        long asked = scenario.gitHub().count(WITH_A_TOKEN);
        int tokens = scenario.gitHub().tokensIssued().size();
        assertThat(asked).isPositive();
        scenario.restart();
        scenario.pullRequest(14).from("task/add-search").merge();
        scenario.advance(Duration.ofMinutes(9));
        assertThat(scenario.gitHub().count(WITH_A_TOKEN)).as("requests before the end").isEqualTo(asked);
        assertThat(scenario.gitHub().tokensIssued()).hasSize(tokens);
        scenario.advance(Duration.ofMinutes(2));
        isCompletedInTheEnd();
        scenario.task("add-search").isCompletedBy("dave", 14);
        scenario.check(14).concludes("success");
    }

    @Nested
    class OnTwoReplicas {

        @RegisterExtension
        final Scenario two = Scenario.replicated();

        @Test
        void whatOneLearnsOfALimitTheOtherKnows() {
            two.pullRequest(12).from("task/fix-login").open();
            two.pullRequest(14).from("task/add-search").open();
            two.settle();
            two.project()
                    .atGitHub()
                    .installation()
                    .limit(0, two.clock().instant().plus(Duration.ofMinutes(10)));
            two.pullRequest(12).deliver("edited");
            two.settle();
            for (int number : new int[]{12, 14, 12, 14, 12, 14}) {
                two.pullRequest(number).deliver("edited");
                two.advance(Duration.ofSeconds(1));
            }
            assertThat(two.gitHub().requests().stream().filter(one -> one.status() == 403)).hasSize(1);
            two.advance(Duration.ofMinutes(11));
            two.check(12).concludes("success");
            two.check(14).concludes("success");
        }
    }

    @Test
    void theLastOfALimitIsKeptForSayingUntilWhenAMergeWaits() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.pullRequest(12).mergeUnannounced();
        installation().limit(40, scenario.clock().instant().plus(Duration.ofMinutes(10)));
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        scenario.task("fix-login").isUntouched();
        scenario.check(12).concludes("neutral").isTitled("Merged, waiting until 12:10:00 UTC on 27 Mar");
        var asked = scenario.gitHub().requests().size();
        scenario.advance(Duration.ofMinutes(9));
        assertThat(scenario.gitHub().requests()).as("nothing more is asked of what is left").hasSize(asked);
        scenario.advance(Duration.ofMinutes(2));
        isCompletedInTheEnd();
    }

    @Test
    void anOpenPullRequestIsToldWhatMergingDoesFromTheLastOfALimit() {
        installation().limit(40, scenario.clock().instant().plus(Duration.ofMinutes(10)));
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.check(12).concludes("success").isTitled("Merging completes fix-login");
    }

    @Test
    void aSecondaryLimitSpendsNoAttemptHoweverOftenItStrikes() {
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        for (int times = 0; times < 12; times++) {
            scenario.gitHub().next("GET .*/pulls/12", Trouble.secondaryLimit(Duration.ofSeconds(60)));
        }
        scenario.pullRequest(12).deliver("closed");
        for (int times = 0; times < 12; times++) {
            scenario.settle();
            scenario.task("fix-login").isUntouched();
            scenario.advance(Duration.ofSeconds(61));
        }
        isCompletedInTheEnd();
    }

    @Test
    void aLimitBetweenCompletionAndCheckRunOnlyDelaysTheCheckRun() {
        scenario.gitHub().next("POST .*/check-runs", Trouble.secondaryLimit(Duration.ofSeconds(60)));
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).isMissing();
        scenario.advance(Duration.ofSeconds(61));
        isCompletedInTheEnd();
    }

    @Test
    void aBadGatewayIsTriedAgain() {
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        for (int times = 0; times < 8; times++) {
            scenario.gitHub().next("GET .*/pulls/12", Trouble.badGateway());
        }
        scenario.pullRequest(12).deliver("closed");
        for (int times = 0; times < 8; times++) {
            scenario.advance(Duration.ofMinutes(15));
        }
        isCompletedInTheEnd();
    }

    @Test
    void aCheckRunWhoseAnswerWasLostIsNotWrittenTwice() {
        scenario.gitHub().next("POST .*/check-runs", Trouble.reset().afterEffect());
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.advance(Duration.ofMinutes(1));
        isCompletedInTheEnd();
    }

    @Test
    void workOfASuspendedInstallationWaitsUntilItIsResumed() {
        installation().suspend(scenario.clock().instant());
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.advance(Duration.ofSeconds(1));
        assertThat(scenario.deadLetters()).isEmpty();
        assertThat(scenario.waiting()).isZero();
        installation().resume();
        scenario.deliver(installation().event("unsuspend", scenario.project().atGitHub()));
        scenario.settle();
        isCompletedInTheEnd();
    }

    @Test
    void anAppThatIsNotInstalledAnyMoreLeavesNothingUntilItIsAgain() {
        scenario.expectError(".*pull/12.* is given up .*not installed on acme/shop.*Install it there.*");
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        scenario.project().atGitHub().uninstall();
        scenario.gitHub().revokeTokens();
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        assertThat(scenario.deadLetters()).isEmpty();
        assertThat(scenario.inbox().repositories().all()).isEmpty();
        scenario.project().atGitHub().install();
        scenario.deliver(installation().added(scenario.project().atGitHub()));
        scenario.settle();
        isCompletedInTheEnd();
    }

    @Test
    void workOnARepositoryThatWasNeverKnownIsToldAndNotKept() {
        var other = scenario.project("else/where");
        other.atGitHub().uninstall();
        other.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        assertThat(scenario.logged())
                .anyMatch(line -> line.matches(".*pull/12.* is not done: .*not installed on else/where.*"));
        assertThat(scenario.deadLetters()).isEmpty();
        other.atGitHub().install();
        scenario.deliver(other.atGitHub().installation().added(other.atGitHub()));
        scenario.settle();
        other.task("fix-login").isCompletedBy("dave", 12);
        other.check(12).concludes("success");
    }

    @Test
    void aPermissionThatWasNotGrantedIsADeadLetterThatNamesIt() {
        scenario.expectError(".*pull/12.* is given up .*checks:write.*");
        installation().revoke("checks");
        scenario.gitHub().revokeTokens();
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        assertThat(scenario.deadLetter().error()).contains("checks:write", "Permissions & events");
        installation().grant("checks", "write");
        scenario.deliver(installation().event("new_permissions_accepted"));
        scenario.settle();
        assertThat(scenario.deadLetters()).isEmpty();
        isCompletedInTheEnd();
    }

    @Test
    void tokensThatEndOrAreRevokedAreRenewed() {
        scenario.gitHub().tokenLife(Duration.ofMinutes(10));
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.advance(Duration.ofMinutes(11));
        scenario.pullRequest(12).edit("Some words");
        scenario.settle();
        scenario.gitHub().revokeTokens();
        scenario.pullRequest(12).merge();
        scenario.settle();
        isCompletedInTheEnd();
        assertThat(scenario.gitHub().tokensIssued()).hasSize(3);
    }

    @Nested
    class WithAClockThatIsFast {

        @RegisterExtension
        final Scenario fast = Scenario.withClockOff(Duration.ofMinutes(20));

        @Test
        void mergesAreCompletedAllTheSame() {
            completes(fast);
        }
    }

    @Nested
    class WithAClockThatIsSlow {

        @RegisterExtension
        final Scenario slow = Scenario.withClockOff(Duration.ofMinutes(-20));

        @Test
        void mergesAreCompletedAllTheSame() {
            completes(slow);
        }
    }

    private static void completes(Scenario scenario) {
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }
}
