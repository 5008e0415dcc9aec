package dev.reeve.scenario;

import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import static dev.reeve.kit.GitRepositories.git;
import static org.assertj.core.api.Assertions.assertThat;

/** People, rules and other replicas get in the way of the bookkeeping pull request. */
@Tag("slow")
class BookkeepingTroubleTest {

    private static final String BRANCH = "reeve/bookkeeping";
    private static final String LOGIN = "tasks/fix-login.md";
    private static final String SEARCH = "tasks/search/add-search.md";

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

    private void edited(String file, String slug, String from, String to) {
        scenario.project().push(file, scenario.task(slug).content().replace(from, to));
    }

    private String body() {
        return scenario.bookkeeping().said();
    }

    @Test
    void aBranchThatIsCalledReeveIsInTheWayAndThatIsSaid() {
        scenario.expectError(".*task/fix-login.* is given up .*rename or delete that one.*");
        scenario.project().remote().branch("reeve", "main");
        merged(12, "fix-login");
        scenario.check(12).concludes("neutral").says("beside the branch reeve", "rename or delete that one");
        scenario.project().remote().delete("reeve");
        scenario.replay();
        scenario.bookkeeping().completes("fix-login");
        scenario.check(12).concludes("neutral").isTitled("Merged, completion waits in #13");
    }

    @Test
    void rulesOfItsOwnBranchAreToldAsWhatTheyAre() {
        scenario.expectError(".*task/fix-login.* is given up .*take branches of this name out.*");
        scenario.project().remote().script("pre-receive", """
                echo "error: GH013: Repository rule violations found for refs/heads/reeve/bookkeeping." >&2
                echo "- Cannot create ref due to creations being restricted." >&2
                exit 1
                """);
        merged(12, "fix-login");
        scenario.bookkeeping();
        scenario.check(12)
                .concludes("neutral")
                .says("only those on a list may make such branches", "take branches of this name out of the rule");
        assertThat(scenario.logged()).noneMatch(line -> line.contains("set reconcile.publish"));
    }

    @Test
    void aBranchThatMayNotBeDeletedIsToldOnceAndItsPullRequestIsClosed() {
        merged(12, "fix-login");
        scenario.project().remote().script("pre-receive", """
                echo "- Cannot delete this branch" >&2
                exit 1
                """);
        edited(LOGIN, "fix-login", "status: ready", "status: cancelled");
        scenario.settle();
        edited(LOGIN, "fix-login", "priority: p1", "priority: p2");
        scenario.settle();
        assertThat(scenario.bookkeeping().pull().number()).isEqualTo(13);
        assertThat(scenario.bookkeeping().isClosed()).isTrue();
        assertThat(scenario.logged()).filteredOn(line -> line.contains("only those on a list may delete it"))
                .hasSize(1);
        scenario.check(12).concludes("neutral");
        scenario.project().remote().script("pre-receive", "exit 0");
        merged(14, "add-search");
        scenario.bookkeeping().completes("add-search");
        scenario.check(14).concludes("neutral").says("waits in #" + scenario.bookkeeping().number());
    }

    /** Another replica has something to wait just when this one finds that nothing does. */
    @Test
    void whoTakesItDownIsOvertakenByWhoStillNeedsIt() throws InterruptedException {
        merged(12, "fix-login");
        scenario.pullRequest(20).from("task/add-search").mergeUnannounced();
        var emptied = scenario.gitHub().gate("PATCH .*/pulls/13");
        edited(LOGIN, "fix-login", "status: ready", "status: cancelled");
        emptied.awaitArrival();
        scenario.project()
                .remote()
                .commit(BRANCH)
                .file(SEARCH, scenario.task("add-search").content().replace("status: ready", "status: completed"))
                .push("Complete add-search (#20)\n\nReeve-Task: add-search\nReeve-PR: 20");
        emptied.open();
        scenario.settle();
        scenario.bookkeeping().completes("add-search");
        assertThat(scenario.bookkeeping().all()).as("nobody has closed it").hasSize(1);
        scenario.check(12).concludes("neutral");
    }

    @Test
    void oneThatAPersonClosedAndWhoseBranchIsDeletedStaysClosedUntilSomethingElseWaits() {
        merged(12, "fix-login");
        var book = scenario.bookkeeping();
        book.close();
        scenario.project().remote().delete(BRANCH);
        scenario.redeliver();
        scenario.pullRequest(12).deliver("closed");
        scenario.advance(Duration.ofHours(25));
        assertThat(book.all()).hasSize(1);
        assertThat(book.head()).isEmpty();
        scenario.check(12).concludes("neutral");
        book.check().concludes("neutral");
        merged(14, "add-search");
        assertThat(book.all()).hasSize(2);
        assertThat(book.waiting()).contains("add-search");
        scenario.check(14).concludes("neutral");
    }

    @Test
    void whatReeveHasTakenDownItselfIsOpenedAgainWhenItWaitsAgain() {
        merged(12, "fix-login");
        edited(LOGIN, "fix-login", "status: ready", "status: cancelled");
        scenario.settle();
        scenario.bookkeeping().isOver();
        edited(LOGIN, "fix-login", "status: cancelled", "status: ready");
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        scenario.bookkeeping().completes("fix-login");
        assertThat(scenario.bookkeeping().all()).hasSize(2);
        scenario.check(12).concludes("neutral");
    }

    @Test
    void whatCannotBeMadeAnewForSomebodyElsesCommitsIsSaidWhereverItIsRead() {
        scenario.expectError(".*task/fix-login.* is given up .*commits of somebody else.*");
        merged(12, "fix-login");
        scenario.project().remote().commit(BRANCH).file("CHANGES.md", "Login\n").push("Tell of it");
        edited(LOGIN, "fix-login", "priority: p1", "priority: p0");
        scenario.settle();
        scenario.check(12).concludes("neutral").isTitled("Merged, not completed").says("commits of somebody else");
        assertThat(body()).contains("`fix-login` has changed on `main` since, and can't be made anew");
        scenario.bookkeeping().announced("edited");
        scenario.settle();
        scenario.bookkeeping()
                .check()
                .concludes("action_required")
                .isTitled("Bookkeeping, not up to date")
                .says("`fix-login` has changed");
    }

    @Test
    void aTaskThatIsCancelledMeanwhileIsNamedWhereItCannotBeTakenOut() {
        merged(12, "fix-login");
        merged(20, "add-search");
        scenario.project().remote().commit(BRANCH).file("CHANGES.md", "Login\n").push("Tell of it");
        edited(LOGIN, "fix-login", "status: ready", "status: cancelled");
        scenario.settle();
        assertThat(body()).contains("`fix-login` has changed on `main` since").contains("`add-search` is completed");
        scenario.bookkeeping().announced("edited");
        scenario.settle();
        scenario.bookkeeping().check().concludes("action_required").says("`fix-login` has changed");
        scenario.check(12).concludes("neutral");
        scenario.check(20).concludes("neutral");
    }

    @Test
    void aCompletionThatIsMadeWhileItIsMergedWaitsInTheNext() throws InterruptedException {
        merged(12, "fix-login");
        var first = scenario.bookkeeping();
        var made = scenario.gitHub().gate("POST .*/git/commits");
        scenario.pullRequest(20).from("task/add-search").merge();
        made.awaitArrival();
        first.merge();
        made.open();
        scenario.settle();
        scenario.advance(Duration.ofMinutes(1));
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
        scenario.bookkeeping().completes("add-search");
        assertThat(scenario.bookkeeping().number()).isNotEqualTo(13);
        scenario.check(20).concludes("neutral").says("waits in #" + scenario.bookkeeping().number());
        scenario.check(13).concludes("success");
        scenario.bookkeeping().merge();
        scenario.settle();
        scenario.task("add-search").isCompletedBy("dave", 20);
        scenario.check(20).concludes("success");
        scenario.bookkeeping().isOver().check().concludes("success");
    }

    @Test
    void aTaskFileThatIsRenamedMeanwhileIsCompletedWhereItIs() {
        merged(12, "fix-login");
        var before = scenario.project().tip();
        var after = scenario.project()
                .remote()
                .commit("main")
                .delete(LOGIN)
                .file("tasks/account/fix-login.md", scenario.task("fix-login").content())
                .push("Sort the tasks");
        scenario.deliver(scenario.project().atGitHub().pushEvent("main", before, after));
        scenario.settle();
        scenario.bookkeeping().completes("fix-login").merge();
        scenario.settle();
        assertThat(git(scenario.project().remote().path(), "ls-tree", "-r", "--name-only", "main"))
                .contains("tasks/account/fix-login.md")
                .doesNotContain(LOGIN);
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
        scenario.bookkeeping().isOver().check().concludes("success");
    }

    @Test
    void whatIsTakenOutLeavesTheCommitsThatWereMadeForTheOthers() {
        merged(12, "fix-login");
        merged(20, "add-search");
        edited(SEARCH, "add-search", "status: ready", "status: cancelled");
        scenario.settle();
        scenario.bookkeeping().completes("fix-login");
        assertThat(scenario.gitHub().count("POST /repos/acme/shop/git/commits")).isEqualTo(2);
        scenario.check(12).concludes("neutral");
        scenario.check(20).concludes("neutral");
    }

    @Nested
    class BesideACheckout {

        @RegisterExtension
        final Scenario shared = Scenario.withCheckout();

        /** It may be merged when somebody has long taken the task up again. */
        @Test
        void aTaskThatNobodyWorksOnIsNotPutBackByAPullRequest() throws IOException {
            shared.project().publishesByPullRequest();
            var content = shared.task("fix-login").content().replace("status: ready", "status: in_progress");
            var before = shared.project().tip();
            var after = shared.project().commit(LOGIN, content);
            git(shared.desk().path(), "pull", "--quiet");
            Files.setLastModifiedTime(shared.desk().path().resolve(LOGIN),
                    FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
            shared.deliver(shared.project().atGitHub().pushEvent("main", before, after));
            shared.settle();
            shared.task("fix-login").has("status", "in_progress");
            shared.bookkeeping().isOver();
        }
    }
}
