package dev.reeve.scenario;

import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** git asks for GitHub's tokens, as it does at GitHub. */
class OverHttpTest {

    @RegisterExtension
    final Scenario scenario = Scenario.overHttp();

    private void isCompletedOnce() {
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
        assertThat(scenario.gitServer().requests()).noneMatch(line -> line.contains("ghs_"));
    }

    @Test
    void aMergeIsCompletedWithATokenThatReachesThisRepositoryOnly() {
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        isCompletedOnce();
        // The one for finding out where the App is installed reads names and nothing else.
        assertThat(scenario.gitHub().tokensIssued())
                .filteredOn(token -> !token.permissions().equals(Map.of("metadata", "read")))
                .isNotEmpty()
                .allSatisfy(token -> assertThat(token.repositories()).containsExactly("shop"));
    }

    @Test
    void aPushWhoseAnswerIsLostIsNotMadeTwice() {
        scenario.gitServer().cutAfterPushes(1);
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.advance(Duration.ofSeconds(1));
        isCompletedOnce();
        assertThat(scenario.project().pushes()).isEqualTo(1);
    }

    @Test
    void aGitServerThatFailsIsTriedAgain() {
        scenario.gitServer().failWith(Optional.of(502));
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        assertThat(scenario.waiting()).isEqualTo(1);
        scenario.gitServer().failWith(Optional.empty());
        scenario.advance(Duration.ofSeconds(1));
        isCompletedOnce();
    }

    @Test
    void aTokenThatEndsMidWayIsRenewedOnTheNextTry() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.gitHub().revokeTokens();
        scenario.pullRequest(12).merge();
        scenario.settle();
        scenario.advance(Duration.ofMinutes(1));
        isCompletedOnce();
    }
}
