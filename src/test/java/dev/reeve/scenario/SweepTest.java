package dev.reeve.scenario;

import dev.reeve.kit.FakeGitHub.Served;
import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What no event told of and no log lists is found by looking at repositories as a whole. */
class SweepTest {

    private static final Duration SWEEP = Duration.ofMinutes(15);
    private static final String MISSED = "reeve_missed_pushes_total";

    @RegisterExtension
    final Scenario scenario = Scenario.withRounds();

    @Test
    void aMergeThatNobodyToldOfIsFound() {
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        scenario.advance(SWEEP);
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void anOpenPullRequestThatNobodyToldOfGetsItsCheckRun() {
        var _ = scenario.pullRequest(12).from("task/fix-login").atGitHub();
        scenario.advance(SWEEP);
        scenario.check(12).concludes("success");
    }

    @Test
    void commitsThatNobodyToldOfGetTheirCheckRun() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.check(12).concludes("success");
        scenario.project().remote().commit("task/fix-login").file("more.txt", "more\n").push("More work");
        scenario.advance(SWEEP);
        scenario.check(12).concludes("success");
    }

    @Test
    void aPushThatNobodyToldOfIsCountedAndReconciled() {
        scenario.project().commit("tasks/new-one.md", Project.taskFile("Something new", "ready"));
        scenario.advance(SWEEP);
        assertThat(scenario.counted(MISSED)).isEqualTo(1);
        scenario.advance(SWEEP);
        assertThat(scenario.counted(MISSED)).isEqualTo(1);
        assertThat(scenario.inbox().repositories().all().getFirst().tip()).isEqualTo(scenario.project().tip());
    }

    @Test
    void aPushThatWasToldOfIsNotMissed() {
        scenario.project().push("tasks/new-one.md", Project.taskFile("Something new", "ready"));
        scenario.advance(SWEEP);
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        var merged = scenario.project().tip();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
        assertThat(merged).isNotNull();
        assertThat(scenario.counted(MISSED)).isZero();
    }

    @Test
    void ourOwnPushIsNotMissed() {
        var before = scenario.project().tip();
        var merge = scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.deliver(scenario.project().atGitHub().pushEvent("main", before, merge));
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
        scenario.advance(SWEEP);
        assertThat(scenario.counted(MISSED)).isZero();
        assertThat(scenario.inbox().repositories().all().getFirst().tip()).isEqualTo(scenario.project().tip());
    }

    @Test
    void eventsInTheWrongOrderDoNotMakeAPushMissed() {
        var first = scenario.project().tip();
        var second = scenario.project().commit("one.txt", "1\n");
        var third = scenario.project().commit("two.txt", "2\n");
        scenario.deliver(scenario.project().atGitHub().pushEvent("main", second, third));
        scenario.settle();
        scenario.deliver(scenario.project().atGitHub().pushEvent("main", first, second));
        scenario.settle();
        scenario.advance(SWEEP);
        assertThat(scenario.counted(MISSED)).isZero();
    }

    @Test
    void whatWasSeenOutlivesTheServer() {
        scenario.stop();
        scenario.project().commit("tasks/new-one.md", Project.taskFile("Something new", "ready"));
        scenario.start();
        scenario.advance(SWEEP);
        assertThat(scenario.counted(MISSED)).isEqualTo(1);
    }

    /** A task in progress with an open pull request, and one that is done; nothing happens any more. */
    private void quiet() {
        scenario.project().push("tasks/fix-login.md", Project.taskFile("Fix the redirect", "in_progress"));
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.pullRequest(13).from("task/pay-by-card").merge();
        scenario.settle();
        scenario.check(12).concludes("success");
        scenario.check(13).concludes("success");
        scenario.advance(SWEEP);
        scenario.advance(SWEEP);
        // The next has new tokens for everything.
        scenario.gitHub().revokeTokens();
        scenario.clock().advance(Duration.ofHours(1));
        scenario.advance(SWEEP);
        scenario.gitHub().forgetRequests();
    }

    private List<String> counted(Predicate<String> line) {
        return scenario.gitHub()
                .requests()
                .stream()
                .filter(one -> one.status() != 304)
                .map(Served::request)
                .filter(request -> line.test(request.line()))
                .map(request -> request.line() + " " + request.query())
                .toList();
    }

    private static boolean isAsApp(String line) {
        return line.contains(" /app/") || line.endsWith("/installation");
    }

    /** An answer that has not changed is free for the token that has had it; the App's own lives shorter than from one sweep to the next. */
    @Test
    void aQuietSweepCostsNothingOfAnInstallationWhileItsTokenLives() {
        quiet();
        for (int sweep = 1; sweep <= 3; sweep++) {
            scenario.advance(SWEEP);
        }
        assertThat(scenario.gitHub().requests()).extracting(Served::request)
                .extracting(request -> request.line())
                .contains("GET /installation/repositories", "GET /repos/acme/shop", "GET /repos/acme/shop/pulls");
        assertThat(counted(line -> !isAsApp(line))).isEmpty();
        assertThat(counted(SweepTest::isAsApp)).hasSize(9)
                .allMatch(line -> line.matches("GET /app/(installations|installations/5000|hook/deliveries) .*"));
    }

    @Test
    void aNewTokenCostsItselfAndEachAnswerOnce() {
        quiet();
        for (int sweep = 1; sweep <= 12; sweep++) {
            scenario.advance(SWEEP);
        }
        assertThat(counted(line -> line.endsWith("/access_tokens"))).as("for the repository, for the installation")
                .hasSize(6);
        assertThat(counted(line -> line.endsWith("/acme/shop/installation"))).hasSize(3);
        var answers = counted(line -> !isAsApp(line)).stream()
                .collect(Collectors.groupingBy(line -> line, Collectors.counting()));
        assertThat(answers.values()).as("%s", answers).hasSize(9).allMatch(times -> times == 3);
    }
}
