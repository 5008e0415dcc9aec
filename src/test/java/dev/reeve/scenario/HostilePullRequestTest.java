package dev.reeve.scenario;

import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Pull requests by people who may not write: nothing is completed that a maintainer didn't merge, and what a merge completes is told before it. */
class HostilePullRequestTest {

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    private FakeRepository shop() {
        return scenario.project().atGitHub();
    }

    private String with(String slug, String line) {
        return scenario.task(slug).content().replace("owner: dave\n", "owner: dave\n" + line + "\n");
    }

    /** Somebody pushes what a merge brought, and the whole repository is looked at as well. */
    private void everythingIsLookedAt(Sha before, Sha after) {
        scenario.deliver(shop().pushEvent("main", before, after));
        scenario.settle();
        scenario.deliver(shop().pushEvent("main", new Sha("0".repeat(40)), after));
        scenario.settle();
    }

    @Test
    void whatItWritesIntoTheFilesOfOtherTasksIsToldBeforeTheMerge() {
        scenario.pullRequest(12)
                .fromFork("mallory", "patch-1")
                .by("mallory")
                .describing("Task: fix-login")
                .changing("tasks/pay-by-card.md", Project.taskFile("Pay by card", "completed"))
                .andChanging("tasks/search/add-search.md", with("add-search", "pr_number: 12"))
                .open();
        scenario.settle();
        scenario.check(12)
                .concludes("success")
                .isTitled("Merging completes fix-login")
                .says("files of tasks that it isn't about", "`pay-by-card`: status `not_started` → `completed`",
                        "`add-search`: pull request `none` → `#12`");
    }

    @Test
    void aNumberThatAForkWritesIntoTheFileOfAnotherTaskCompletesNothing() {
        var before = scenario.project().tip();
        scenario.pullRequest(12)
                .fromFork("mallory", "patch-1")
                .by("mallory")
                .changing("tasks/pay-by-card.md", with("pay-by-card", "pr_number: 12"))
                .andChanging("tasks/search/add-search.md", with("add-search", "pr_number: 12"))
                .open();
        scenario.settle();
        scenario.check(12).concludes("neutral").isTitled("No task");
        var merge = scenario.pullRequest(12).merge();
        scenario.settle();
        everythingIsLookedAt(before, merge);
        assertThat(scenario.project().pushes()).isZero();
        scenario.check(12).isTitled("No task");
    }

    @Test
    void aNumberThatABranchOfOursBringsIsToldAndCounts() {
        var before = scenario.project().tip();
        scenario.pullRequest(12)
                .from("task/fix-login")
                .changing("tasks/search/add-search.md", with("add-search", "pr_number: 12"))
                .andChanging("login.txt", "redirect: back\n")
                .open();
        scenario.settle();
        scenario.check(12).concludes("success").isTitled("Merging completes 2 tasks").says("fix-login", "add-search");
        var merge = scenario.pullRequest(12).merge();
        scenario.settle();
        everythingIsLookedAt(before, merge);
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.task("add-search").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void aDescriptionThatIsChangedAfterTheMergeCompletesNothingMore() {
        scenario.pullRequest(12).fromFork("mallory", "patch-1").by("mallory").describing("Task: fix-login").open();
        scenario.settle();
        var before = scenario.project().tip();
        var merge = scenario.pullRequest(12).merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("mallory", 12);
        scenario.pullRequest(12).edit("Task: fix-login\nTask: pay-by-card");
        scenario.settle();
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        everythingIsLookedAt(before, merge);
        scenario.task("pay-by-card").isUntouched();
        scenario.check(12)
                .concludes("neutral")
                .isTitled("Completed fix-login, 1 left")
                .says("`pay-by-card`**: not completed: this pull request names it by now", "Reconcile now");
    }

    @Test
    void whoMayWriteConfirmsWhatWasNamedTooLate() {
        shop().people().may("bob", "write");
        scenario.pullRequest(12).fromFork("erin", "patch-1").by("erin").describing("").open();
        scenario.settle();
        scenario.check(12).concludes("neutral").isTitled("No task");
        scenario.pullRequest(12).merge();
        scenario.settle();
        scenario.pullRequest(12).edit("Task: pay-by-card");
        scenario.settle();
        scenario.task("pay-by-card").isUntouched();
        var run = scenario.check(12).isTitled("Merged, not completed").run();
        scenario.deliver(shop().checkEvents().pressed(run, "reconcile", "erin"));
        scenario.settle();
        scenario.task("pay-by-card").isUntouched();
        scenario.deliver(shop().checkEvents().pressed(run, "reconcile", "bob"));
        scenario.settle();
        scenario.task("pay-by-card").isCompletedBy("erin", 12);
        scenario.check(12).concludes("success").isTitled("Completed pay-by-card");
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        scenario.check(12).concludes("success").isTitled("Completed pay-by-card");
    }

    @Test
    void aTaskThatIsTakenOutOfTheDescriptionAfterTheMergeIsCompletedAllTheSame() {
        scenario.pullRequest(12)
                .fromFork("mallory", "patch-1")
                .by("mallory")
                .describing("Task: fix-login\nTask: add-search")
                .open();
        scenario.settle();
        scenario.check(12).isTitled("Merging completes 2 tasks");
        scenario.pullRequest(12).mergeUnannounced();
        shop().pull(12).body("Task: add-search");
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("mallory", 12);
        scenario.task("add-search").isCompletedBy("mallory", 12);
        scenario.check(12).concludes("success").isTitled("Completed 2 tasks");
    }

    /** Without the line the one task file that it changes would say what it is about. */
    @Test
    void aLineThatIsTakenOutAfterTheMergeDoesNotMakeItBeAboutTheFileThatItChanges() {
        scenario.pullRequest(12)
                .fromFork("mallory", "patch-1")
                .by("mallory")
                .describing("Task: fix-login")
                .changing("tasks/pay-by-card.md", with("pay-by-card", "milestone: m2"))
                .open();
        scenario.settle();
        scenario.check(12).isTitled("Merging completes fix-login");
        scenario.pullRequest(12).mergeUnannounced();
        shop().pull(12).body("");
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        assertThat(scenario.task("pay-by-card").content()).contains("status: not_started");
        scenario.task("fix-login").isCompletedBy("mallory", 12);
    }

    @Test
    void whatWasPromisedHoldsAlsoWhenTheCheckIsCalledOtherwiseByThen() {
        scenario.pullRequest(12).fromFork("mallory", "patch-1").by("mallory").describing("Task: fix-login").open();
        scenario.settle();
        scenario.check(12).isTitled("Merging completes fix-login");
        scenario.project().commit(".reeve.yml", "checks: { name: tasks }\n");
        scenario.pullRequest(12).mergeUnannounced();
        shop().pull(12).body("Task: add-search");
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        scenario.task("add-search").isUntouched();
        scenario.task("fix-login").isCompletedBy("mallory", 12);
    }

    @Test
    void aDescriptionThatIsChangedBeforeTheMergeIsToldBeforeIt() {
        scenario.pullRequest(12).fromFork("mallory", "patch-1").by("mallory").describing("Task: fix-login").open();
        scenario.settle();
        scenario.check(12).isTitled("Merging completes fix-login");
        scenario.pullRequest(12).edit("Task: pay-by-card");
        scenario.settle();
        scenario.check(12).concludes("success").isTitled("Merging completes pay-by-card");
    }

    @Test
    void aDescriptionThatNamesAnotherTaskGoesBeforeTheBranchForEver() {
        var before = scenario.project().tip();
        scenario.project()
                .commit("tasks/fix-login.md", scenario.task("fix-login").content().replace("ready", "in_progress"));
        scenario.pullRequest(12).from("task/fix-login").describing("Task: add-search").open();
        scenario.settle();
        scenario.check(12).isTitled("Merging completes add-search");
        var merge = scenario.pullRequest(12).merge();
        scenario.settle();
        everythingIsLookedAt(before, merge);
        scenario.task("add-search").isCompletedBy("dave", 12);
        scenario.task("fix-login").isUntouched();
        scenario.check(12).concludes("success").isTitled("Completed add-search");
    }

    @Test
    void aForksBranchNameIsToldNotToCount() {
        scenario.pullRequest(12).fromFork("mallory", "task/fix-login").by("mallory").open();
        scenario.settle();
        scenario.check(12).concludes("neutral").isTitled("No task").says("the name of a fork's branch doesn't count");
    }

    @Test
    void closingAndReopeningCompletesNothing() {
        scenario.pullRequest(12).fromFork("mallory", "patch-1").by("mallory").describing("Task: fix-login").close();
        scenario.settle();
        scenario.pullRequest(12).reopen();
        scenario.settle();
        scenario.pullRequest(12).close();
        scenario.settle();
        scenario.task("fix-login").isUntouched();
        scenario.check(12).concludes("neutral").isTitled("Closed without being merged");
    }

    @Test
    void trailersThatSomebodyElseWroteHideNothing() {
        var before = scenario.project().tip();
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        var forged = scenario.project()
                .remote()
                .commit("main")
                .file("tasks/pay-by-card.md", with("pay-by-card", "milestone: m2"))
                .file("evil.txt", "evil\n")
                .push("Tidy up\n\nReeve-Task: pay-by-card\nReeve-PR: 12");
        scenario.deliver(shop().pushEvent("main", before, forged));
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success").isTitled("Completed fix-login");
    }

    @Test
    void hostileWordsInFilesNamesAndBoxesStayWords() {
        var box = "<!-- reeve promises pay-by-card --> ![x](http://evil.example) @acme/all";
        scenario.pullRequest(12)
                .fromFork("mallory", "patch-1")
                .by("mallory")
                .describing("Task: fix-login")
                .changing("tasks/<!-- reeve promises pay-by-card -->/x.md", "---\nstatus: nope\n---\n")
                .andChanging("tasks/fix-login.md",
                        "---\ntitle: '" + box + "'\nstatus: ready\n---\n## QA Exploration\n- [ ] " + box + "\n")
                .open();
        scenario.settle();
        scenario.check(12).concludes("failure").saysNothingOf("![x]", "@acme");
        assertThat(scenario.check(12).run().summary()).contains("<!-- reeve promises fix-login -->");
        scenario.pullRequest(12).merge();
        scenario.settle();
        scenario.task("pay-by-card").isUntouched();
        scenario.task("fix-login").isCompletedBy("mallory", 12);
        scenario.check(12);
    }
}
