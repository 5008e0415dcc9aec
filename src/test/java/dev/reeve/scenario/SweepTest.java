package dev.reeve.scenario;

import dev.reeve.kit.FakeGitHub.Served;
import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;

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

    @Test
    void aQuietSweepCostsNothing() {
        scenario.project().push("tasks/fix-login.md", Project.taskFile("Fix the redirect", "in_progress"));
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.pullRequest(13).from("task/pay-by-card").merge();
        scenario.settle();
        scenario.check(12).concludes("success");
        scenario.check(13).concludes("success");
        scenario.advance(SWEEP);
        scenario.advance(SWEEP);
        scenario.gitHub().forgetRequests();
        scenario.advance(SWEEP);
        assertThat(scenario.gitHub().requests()).isNotEmpty().allMatch(one -> one.status() == 304, "is not counted");
        assertThat(scenario.gitHub().requests()).extracting(Served::request)
                .extracting(request -> request.line())
                .contains("GET /app/installations", "GET /installation/repositories", "GET /app/hook/deliveries",
                        "GET /repos/acme/shop", "GET /repos/acme/shop/pulls");
    }
}
