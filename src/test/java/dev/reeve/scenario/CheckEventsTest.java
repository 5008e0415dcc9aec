package dev.reeve.scenario;

import dev.reeve.inbox.Checkpoint;
import dev.reeve.kit.FakeCheckEvents;
import dev.reeve.kit.FakeDelivery;
import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.Scenario;
import dev.reeve.kit.Trouble;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** What GitHub tells of checks, merge queues and reviews, and what people ask for on a check run. */
class CheckEventsTest {

    private static final long ACTIONS = 15_368;

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    private FakeRepository shop() {
        return scenario.project().atGitHub();
    }

    private FakeCheckEvents events() {
        return shop().checkEvents();
    }

    private void hear(FakeDelivery delivery) {
        scenario.deliver(delivery);
        scenario.settle();
    }

    private Sha head(int number) {
        return shop().pull(number).headSha();
    }

    private long asked() {
        return scenario.gitHub().requests().size();
    }

    @Test
    void aRunThatIsAskedForAnewIsANewOne() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        var first = scenario.check(12).concludes("success").run();
        hear(events().rerequested(first, "bob"));
        var second = scenario.check(12).concludesAnew(2, "success").isTitled("Merging completes fix-login").run();
        assertThat(second.id()).isGreaterThan(first.id());
        assertThat(second.externalId()).isEqualTo(first.externalId());
        scenario.redeliver();
        scenario.settle();
        scenario.check(12).concludesAnew(2, "success");
    }

    @Test
    void aRunThatIsAskedForAnewReconciles() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        var run = scenario.check(12).run();
        scenario.pullRequest(12).mergeUnannounced();
        hear(events().rerequested(run, "bob"));
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludesAnew(2, "success").isTitled("Completed fix-login");
    }

    @Test
    void aSuiteThatIsAskedForAnewGetsANewRun() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        hear(events().suite("rerequested", head(12), "task/fix-login", 0));
        scenario.check(12).concludesAnew(2, "success");
    }

    @Test
    void aCommitThatIsNoHeadAnyMoreGetsItsRunAsWell() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        var old = scenario.check(12).run();
        scenario.pullRequest(12).push("more.txt", "more\n");
        scenario.settle();
        hear(events().rerequested(old, "bob"));
        scenario.project().checkAt(old.head()).concludesAnew(2, "neutral").isTitled("Not the head any more");
        scenario.check(12).concludes("success");
    }

    @Test
    void runsOfOthersAreNotOurs() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        var foreign = shop().foreignRun(99, head(12), "lint", "reeve/pull/12");
        hear(events().rerequested(foreign, "bob"));
        scenario.check(12).concludesAnew(1, "success");
    }

    @Test
    void theServerMayDieWhileARunIsMadeAnew() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.gitHub().next("POST .*/check-runs", Trouble.badGateway().afterEffect());
        hear(events().rerequested(scenario.check(12).run(), "bob"));
        scenario.advance(Duration.ofSeconds(10));
        scenario.check(12).concludesAnew(2, "success");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aRunThatIsAskedForAnewIsMadeOnceWhereverTheServerDies(int commit) {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        var event = events().rerequested(scenario.check(12).run(), "bob");
        scenario.crashAt(Checkpoint.COMMITTED, commit);
        boolean heard = scenario.tryToDeliver(event).statusCode() == 202;
        boolean died = scenario.crashes();
        if (died) {
            scenario.restart();
        }
        if (!heard) {
            scenario.deliver(event);
        }
        scenario.settle();
        scenario.check(12).concludesAnew(2, "success");
    }

    @Test
    void aPushThatAsksForChecksCausesNeitherASecondRunNorASecondLook() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.check(12).concludes("success");
        long before = asked();
        hear(events().suite("requested", head(12), "task/fix-login", 0));
        assertThat(asked() - before).isEqualTo(1);
        scenario.check(12).concludes("success");
    }

    @Test
    void aPushWhoseOwnEventIsMissingGetsItsRun() {
        scenario.pullRequest(12).from("task/fix-login").atGitHub();
        hear(events().suite("requested", head(12), "task/fix-login", 0));
        scenario.check(12).concludes("success").isTitled("Merging completes fix-login");
    }

    @Test
    void pushesToTheDefaultBranchAndOfMergeQueuesAskNothing() {
        var tip = scenario.project().tip();
        hear(events().suite("requested", tip, "main", 0));
        hear(events().suite("requested", tip, "gh-readonly-queue/main/pr-12-" + tip, 0));
        assertThat(asked()).isZero();
    }

    @Test
    void theButtonHasItsTasksLookedAtWhichNobodyHasToBeAskedFor() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        var run = scenario.check(12).run();
        scenario.pullRequest(12).mergeUnannounced();
        hear(events().pressed(run, "reconcile", "bob"));
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success").isTitled("Completed fix-login");
        assertThat(scenario.gitHub().count("GET .*/collaborators/.*")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mallory", "nobody"})
    void whoMayNotWriteHasNotEverythingLookedAtAndIsNamedInTheLog(String login) {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        var run = scenario.check(12).run();
        scenario.pullRequest(12).mergeUnannounced();
        hear(events().pressed(run, "reconcile-all", login));
        scenario.task("fix-login").isUntouched();
        scenario.check(12).concludes("success").isTitled("Merging completes fix-login");
        assertThat(scenario.logged()).anyMatch(line -> line.contains(login + " pressed a button"));
    }

    @Test
    void theOtherButtonReconcilesEverything() {
        shop().people().may("bob", "write");
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        scenario.pullRequest(13).from("task/add-search").open();
        scenario.settle();
        hear(events().pressed(scenario.check(13).run(), "reconcile-all", "bob"));
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void buttonsThatAreNotOursDoNothing() {
        shop().people().may("bob", "write");
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        var run = scenario.check(12).run();
        long before = asked();
        hear(events().pressed(run, "delete-everything", "bob"));
        assertThat(asked()).isEqualTo(before);
    }

    @Test
    void aMergeQueueIsAnswered() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.check(12).concludes("success");
        var queued = scenario.project().commit("queued.txt", "as it would be\n");
        hear(events().mergeGroup("checks_requested", queued, 12));
        scenario.project().checkAt(queued).concludes("success").isTitled("Merging #12 completes fix-login");
        hear(events().mergeGroup("destroyed", queued, 12));
        scenario.project().checkAt(queued).concludes("success");
    }

    @Test
    void aGroupOfTwoSaysAtEachCommitWhatItsOwnPullRequestCompletesAndClaimsNoMore() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.pullRequest(13).from("task/add-search").open();
        scenario.settle();
        scenario.check(12).concludes("success");
        scenario.check(13).concludes("success");
        var first = scenario.project().commit("queued.txt", "with 12\n");
        var second = scenario.project().commit("queued.txt", "with 12 and 13\n");
        hear(events().mergeGroup("checks_requested", first, 12));
        hear(events().mergeGroup("checks_requested", second, 13));
        scenario.project().checkAt(first).concludes("success").isTitled("Merging #12 completes fix-login");
        scenario.project()
                .checkAt(second)
                .concludes("success")
                .isTitled("Merging #13 completes add-search")
                .says("What the pull requests before it in the queue complete is said on each of them.")
                .saysNothingOf("fix-login");
    }

    @Test
    void aMergeQueueIsAnsweredWhateverCanNotBeFoundOut() {
        scenario.project().commit(".reeve.yml", "checks: { name: tasks }\nworkers: 7\n");
        var queued = scenario.project().commit("queued.txt", "as it would be\n");
        hear(events().mergeGroup("checks_requested", queued, 99));
        assertThat(shop().checkRun(queued, "tasks")).hasValueSatisfying(run -> {
            assertThat(run.conclusion()).isEqualTo("success");
            assertThat(run.title()).isEqualTo("The queue may go on");
        });
        scenario.project().checkAt(queued);
    }

    @Test
    void checksThatFailAndChangesThatAreWantedAreTold() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.check(12).concludes("success").saysNothingOf("failed", "wanted");
        shop().ci(head(12), "build", "failure");
        hear(events().suite("completed", head(12), "task/fix-login", ACTIONS));
        scenario.check(12).concludesAnew(1, "success").says("Checks have failed: `build`.");
        shop().pull(12).review("erin", "CHANGES_REQUESTED");
        hear(events().review(12, "submitted"));
        scenario.check(12).says("Checks have failed: `build`.", "Changes are wanted by `erin`.");
        shop().ci(head(12), "build", "success");
        hear(events().suite("completed", head(12), "task/fix-login", ACTIONS));
        shop().pull(12).dismiss("erin");
        hear(events().review(12, "dismissed"));
        scenario.check(12).concludesAnew(1, "success").saysNothingOf("failed", "wanted");
    }

    @Test
    void statusesCountWhereTheAppMayReadThem() {
        shop().installation().grant("statuses", "read");
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        shop().status(head(12), "deploy", "failure");
        hear(events().status(head(12), "deploy", "failure"));
        scenario.check(12).concludes("success").says("Checks have failed: `deploy`.");
        long before = asked();
        hear(events().status(head(12), "deploy", "pending"));
        assertThat(asked()).isEqualTo(before);
    }

    @Test
    void aForksPullRequestIsFoundByItsHead() {
        scenario.pullRequest(12).fromFork("erin", "patch-1").describing("Task: fix-login").open();
        scenario.settle();
        shop().ci(head(12), "build", "failure");
        hear(events().suite("completed", head(12), null, ACTIONS));
        scenario.check(12).concludesAnew(1, "success").says("Checks have failed: `build`.");
    }

    @Test
    void ourOwnSuiteCausesNothing() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.check(12).concludes("success");
        long before = asked();
        hear(events().suite("completed", head(12), "task/fix-login", 0));
        assertThat(asked()).isEqualTo(before);
    }

    @Test
    void aTaskThatWaitsForALimitIsReportedOnceItIsOver() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.check(12).concludes("success");
        scenario.pullRequest(12).merge();
        scenario.settle();
        scenario.check(12).isTitled("Completed fix-login");
        scenario.pullRequest(13).from("task/add-search").open();
        scenario.settle();
        scenario.check(13).concludes("success");
        scenario.pullRequest(13).mergeUnannounced();
        shop().installation().limit(0, scenario.clock().instant().plus(Duration.ofMinutes(5)));
        scenario.pullRequest(13).deliver("closed");
        scenario.settle();
        scenario.check(13).isTitled("Merging completes add-search");
        long before = asked();
        scenario.advance(Duration.ofMinutes(4));
        assertThat(asked()).isEqualTo(before);
        scenario.advance(Duration.ofMinutes(2));
        scenario.task("add-search").isCompletedBy("dave", 13);
        scenario.check(13).concludes("success").isTitled("Completed add-search");
    }
}
