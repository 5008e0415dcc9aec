package dev.reeve.scenario;

import dev.reeve.kit.Scenario;
import dev.reeve.kit.Trouble;
import dev.reeve.reconcile.Bookkeeping;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** The default branch takes changes by pull request only, and the team wants completions in one. */
class BookkeepingTest {

    private static final String PULLS = "(POST|PATCH) /repos/acme/shop/pulls.*";

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    @BeforeEach
    void protect() {
        scenario.project().publishesByPullRequest();
    }

    private void merged(int number, String slug) {
        scenario.pullRequest(number).from("task/" + slug).merge();
        scenario.settle();
    }

    @Test
    void aCompletionWaitsInThePullRequestUntilItIsMerged() {
        merged(12, "fix-login");
        scenario.task("fix-login").isUntouched();
        var book = scenario.bookkeeping().completes("fix-login").isTitled("Complete fix-login");
        scenario.check(12).concludes("neutral").isTitled("Merged, completion waits in #13").says("waits in #13");
        book.announced("opened");
        scenario.settle();
        book.check().concludes("success").isTitled("Bookkeeping").says("`fix-login` is completed by #12");
        long writes = scenario.gitHub().count(PULLS);
        book.merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success").isTitled("Completed fix-login").says("completed in ");
        book.isOver().check().concludes("success").isTitled("Bookkeeping, done");
        assertThat(scenario.gitHub().count(PULLS)).as("a second round").isEqualTo(writes);
        assertThat(scenario.project().pushes()).isZero();
    }

    @Test
    void whatIsMergedAsOneCommitIsDoneAllTheSame() {
        merged(12, "fix-login");
        merged(20, "add-search");
        var book = scenario.bookkeeping().completes("fix-login", "add-search").isTitled("Complete 2 tasks");
        var squashed = book.squash();
        scenario.settle();
        scenario.task("fix-login").has("status", "completed").has("pr_number", "12");
        scenario.task("add-search").has("status", "completed").has("pr_number", "20");
        scenario.check(12).concludes("success").says("completed in " + squashed);
        scenario.check(20).concludes("success").says("completed in " + squashed);
        book.isOver().check().concludes("success");
    }

    @Test
    void whatIsRebasedIsDoneAllTheSame() {
        merged(12, "fix-login");
        merged(20, "add-search");
        var book = scenario.bookkeeping().completes("fix-login", "add-search");
        scenario.project().commit("login.txt", "redirect: /home\n");
        book.rebase();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.task("add-search").isCompletedBy("dave", 20);
        scenario.check(12).concludes("success").says("completed in " + scenario.task("fix-login").commits().getFirst());
        scenario.check(20).concludes("success");
        book.isOver().check().concludes("success").isTitled("Bookkeeping, done");
    }

    @Test
    void manyCompletionsWaitInOnePullRequestEachInACommitOfItsOwn() {
        merged(12, "fix-login");
        merged(20, "add-search");
        merged(21, "pay-by-card");
        scenario.bookkeeping().completes("fix-login", "add-search", "pay-by-card").isTitled("Complete 3 tasks");
        assertThat(scenario.bookkeeping().all()).hasSize(1);
        assertThat(scenario.gitHub().count("POST /repos/acme/shop/git/commits")).isEqualTo(3);
        scenario.check(12).concludes("neutral");
        scenario.check(20).concludes("neutral");
        scenario.check(21).concludes("neutral");
    }

    @Test
    void theNextCompletionAfterAMergeOpensAnotherPullRequest() {
        merged(12, "fix-login");
        var first = scenario.bookkeeping().number();
        scenario.bookkeeping().merge();
        scenario.settle();
        merged(first + 1, "add-search");
        scenario.bookkeeping().completes("add-search");
        assertThat(scenario.bookkeeping().number()).isGreaterThan(first);
        scenario.check(12).concludes("success");
        scenario.check(first).concludes("success");
        scenario.check(first + 1).concludes("neutral");
    }

    @Test
    void whatNeedsNoCompletionAnyMoreIsTakenOutAndTheEmptyPullRequestClosed() {
        merged(12, "fix-login");
        merged(14, "add-search");
        scenario.bookkeeping().completes("fix-login", "add-search");
        scenario.project()
                .push("tasks/fix-login.md",
                        scenario.task("fix-login").content().replace("status: ready", "status: cancelled"));
        scenario.settle();
        scenario.bookkeeping().completes("add-search").isTitled("Complete add-search");
        scenario.project()
                .push("tasks/search/add-search.md",
                        scenario.task("add-search").content().replace("status: ready", "status: cancelled"));
        scenario.settle();
        scenario.bookkeeping().isOver();
        scenario.check(12).concludes("neutral");
        scenario.check(14).concludes("neutral");
    }

    @Test
    void aTaskFileThatChangesMeanwhileKeepsItsChange() {
        merged(12, "fix-login");
        scenario.project()
                .push("tasks/fix-login.md",
                        scenario.task("fix-login").content().replace("priority: p1", "priority: p0"));
        scenario.settle();
        scenario.bookkeeping().completes("fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12).has("priority", "p0");
        scenario.bookkeeping().isOver().check().concludes("success");
        scenario.check(12).concludes("success");
    }

    @Test
    void whatWaitedBeforeARestartIsDecidedAnewFromTheBranch() {
        merged(12, "fix-login");
        scenario.restart();
        scenario.project()
                .push("tasks/pay-by-card.md", scenario.task("pay-by-card").content().replace("not_started", "ready"));
        merged(14, "pay-by-card");
        scenario.bookkeeping().completes("fix-login", "pay-by-card");
        scenario.check(12).concludes("neutral");
        scenario.check(14).concludes("neutral");
    }

    @Test
    void aForgedCommitOnTheBranchIsNotBelieved() {
        merged(12, "fix-login");
        scenario.restart();
        scenario.project()
                .remote()
                .commit("reeve/bookkeeping")
                .file("tasks/search/add-search.md",
                        scenario.task("add-search").content().replace("status: ready", "status: completed"))
                .push("Complete add-search (#12)\n\nReeve-Task: add-search\nReeve-PR: 12");
        merged(14, "pay-by-card");
        scenario.bookkeeping().completes("fix-login", "pay-by-card");
        scenario.check(12).concludes("neutral");
        scenario.check(14).concludes("neutral");
    }

    @Test
    void commitsOfAPersonOnTheBranchStayAndItIsOnlyAddedTo() {
        merged(12, "fix-login");
        scenario.project().remote().commit("reeve/bookkeeping").file("CHANGES.md", "Login\n").push("Tell of it");
        merged(14, "add-search");
        assertThat(scenario.bookkeeping().waiting()).containsExactly("fix-login", "", "add-search");
        assertThat(scenario.project().remote().file("reeve/bookkeeping", "CHANGES.md")).isEqualTo("Login");
        scenario.check(14).concludes("neutral").says("waits in #" + scenario.bookkeeping().number());
        scenario.bookkeeping().merge();
        scenario.settle();
        scenario.task("add-search").isCompletedBy("dave", 14);
        scenario.bookkeeping().isOver().check().concludes("success");
        scenario.check(12).concludes("success");
        scenario.check(14).concludes("success");
    }

    /** Who amends a commit of ours keeps its trailers. */
    @Test
    void workOfAPersonUnderOurTrailersIsNotThrownAway() {
        scenario.expectError(".*task/add-search.* is given up .*commits of somebody else.*");
        merged(12, "fix-login");
        scenario.project()
                .remote()
                .commit("reeve/bookkeeping")
                .file("CHANGES.md", "Login\n")
                .push("Complete fix-login (#12)\n\nReeve-Task: fix-login\nReeve-PR: 12");
        scenario.pullRequest(14)
                .from("task/add-search")
                .changing("tasks/search/add-search.md",
                        scenario.task("add-search").content().replace("As the", "Just as the"))
                .merge();
        scenario.settle();
        assertThat(scenario.bookkeeping().waiting()).containsExactly("fix-login", "fix-login");
        assertThat(scenario.project().remote().file("reeve/bookkeeping", "CHANGES.md")).isEqualTo("Login");
        scenario.check(12).concludes("neutral");
        scenario.check(14).concludes("neutral").says("commits of somebody else");
        scenario.check(scenario.bookkeeping().number());
    }

    @Test
    void whereCommitsOfAPersonAreInTheWayItIsSaidAndNothingIsLost() {
        scenario.expectError(".*task/add-search.* is given up .*commits of somebody else.*");
        merged(12, "fix-login");
        scenario.project().remote().commit("reeve/bookkeeping").file("CHANGES.md", "Login\n").push("Tell of it");
        scenario.pullRequest(14)
                .from("task/add-search")
                .changing("tasks/search/add-search.md",
                        scenario.task("add-search").content().replace("As the", "Just as the"))
                .merge();
        scenario.settle();
        assertThat(scenario.bookkeeping().waiting()).containsExactly("fix-login", "");
        scenario.check(14).concludes("neutral").says("commits of somebody else", "by A");
        scenario.bookkeeping().merge();
        scenario.settle();
        scenario.replay();
        scenario.bookkeeping().completes("add-search");
        scenario.check(12).concludes("success");
        scenario.check(14).concludes("neutral");
        scenario.check(scenario.bookkeeping().all().getLast().number()).concludes("success");
    }

    @Test
    void aPullRequestThatAPersonClosedStaysClosedUntilSomethingElseWaits() {
        merged(12, "fix-login");
        var book = scenario.bookkeeping();
        book.close();
        scenario.settle();
        scenario.redeliver();
        scenario.settle();
        assertThat(book.all()).hasSize(1);
        scenario.check(12).concludes("neutral");
        book.check().concludes("neutral").isTitled("Bookkeeping, closed");
        merged(14, "add-search");
        book.completes("fix-login", "add-search");
        assertThat(book.all()).hasSize(2);
        scenario.check(14).concludes("neutral");
    }

    @Test
    void aPullRequestFromAForkWithThatBranchIsOneAsAnyOther() {
        scenario.pullRequest(12).fromFork("mallory", "reeve/bookkeeping").describing("Task: fix-login").merge();
        scenario.settle();
        scenario.bookkeeping().completes("fix-login");
        scenario.check(12).concludes("neutral").says("waits in #13");
    }

    @Test
    void withoutThePermissionItIsSaidWhatToGrantAndNothingIsPushed() {
        scenario.expectError(".*task/fix-login.* is given up .*pull_requests:write.*");
        scenario.project().atGitHub().installation().grant("pull_requests", "read");
        merged(12, "fix-login");
        scenario.bookkeeping().isOver();
        scenario.check(12).concludes("neutral").says("Grant the permission pull\\_requests:write");
        scenario.project().atGitHub().installation().grant("pull_requests", "write");
        scenario.replay();
        scenario.bookkeeping().completes("fix-login");
        scenario.check(12).concludes("neutral").isTitled("Merged, completion waits in #13");
    }

    @Test
    void anotherConfigurationTakesThePullRequestDown() {
        merged(12, "fix-login");
        scenario.bookkeeping().completes("fix-login");
        scenario.project().protect("main");
        scenario.project().push(".reeve.yml", "owners:\n  dave: { github: [davefowler] }\n");
        scenario.settle();
        scenario.bookkeeping().isOver();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
        scenario.check(13).concludes("neutral").isTitled("Bookkeeping, closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {Bookkeeping.PUSHED, Bookkeeping.OPENED})
    void whereverItIsStoppedWhileOneIsOpenedThereIsOneInTheEnd(String step) {
        scenario.crashAt(step, 1);
        scenario.pullRequest(12).from("task/fix-login").merge();
        assertThat(scenario.crashes()).isTrue();
        scenario.restart();
        scenario.advance(Duration.ofMinutes(15));
        scenario.bookkeeping().completes("fix-login");
        assertThat(scenario.bookkeeping().all()).hasSize(1);
        scenario.check(12).concludes("neutral").isTitled("Merged, completion waits in #13");
    }

    @Test
    void whereItIsStoppedWhileOneIsClosedItIsGoneInTheEnd() {
        merged(12, "fix-login");
        scenario.crashAt(Bookkeeping.EMPTIED, 1);
        scenario.project()
                .push("tasks/fix-login.md",
                        scenario.task("fix-login").content().replace("status: ready", "status: cancelled"));
        assertThat(scenario.crashes()).isTrue();
        scenario.restart();
        scenario.advance(Duration.ofMinutes(15));
        scenario.bookkeeping().isOver();
        assertThat(scenario.bookkeeping().all()).hasSize(1);
        scenario.check(12).concludes("neutral");
    }

    @Test
    void anAnswerThatIsLostAfterItTookEffectDoublesNothing() {
        scenario.gitHub().next("POST .*/git/commits", Trouble.badGateway().afterEffect());
        scenario.gitHub().next("POST .*/pulls", Trouble.badGateway().afterEffect());
        merged(12, "fix-login");
        scenario.advance(Duration.ofMinutes(1));
        scenario.bookkeeping().completes("fix-login");
        assertThat(scenario.bookkeeping().all()).hasSize(1);
        scenario.check(12).concludes("neutral").isTitled("Merged, completion waits in #13");
    }

    @Test
    void aMergeOfThePullRequestThatNobodyToldOfIsSeenWithTheNextCompletion() {
        merged(12, "fix-login");
        var first = scenario.bookkeeping().number();
        scenario.bookkeeping().pull().merge();
        merged(20, "add-search");
        scenario.bookkeeping().completes("add-search");
        assertThat(scenario.bookkeeping().number()).isGreaterThan(first);
        scenario.check(12).concludes("neutral");
        scenario.check(20).concludes("neutral");
    }

    @Nested
    class OnTwoReplicas {

        @RegisterExtension
        final Scenario two = Scenario.replicated();

        @Test
        void thereIsOnePullRequestForBothHoweverManyHearOfTheMerges() {
            two.project().publishesByPullRequest();
            two.pullRequest(12).from("task/fix-login").mergeUnannounced();
            two.pullRequest(13).from("task/add-search").mergeUnannounced();
            for (int number : new int[]{12, 13}) {
                two.pullRequest(number).deliver("closed");
                // Both hear of each.
                two.redeliver();
                two.redeliver();
            }
            two.settle();
            two.advance(Duration.ofMinutes(1));
            var book = two.bookkeeping();
            assertThat(book.all()).hasSize(1);
            assertThat(book.waiting()).containsExactlyInAnyOrder("fix-login", "add-search");
            book.completes(book.waiting().toArray(String[]::new)).isTitled("Complete 2 tasks");
            two.check(12).concludes("neutral").says("waits in #" + book.number());
            two.check(13).concludes("neutral").says("waits in #" + book.number());
            book.merge();
            two.settle();
            two.task("fix-login").isCompletedBy("dave", 12);
            two.task("add-search").isCompletedBy("dave", 13);
            two.check(12).concludes("success");
            two.check(13).concludes("success");
            book.isOver().check().concludes("success");
        }
    }
}
