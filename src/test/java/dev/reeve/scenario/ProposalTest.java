package dev.reeve.scenario;

import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a pull request does to files of tasks is told before the merge, all of it, or it is told that somebody has to look for themselves. */
class ProposalTest {

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    private FakeRepository shop() {
        return scenario.project().atGitHub();
    }

    @Test
    void aFileOfAnotherTaskThatItDeletesIsTold() {
        scenario.pullRequest(12).fromFork("mallory", "p").by("mallory").describing("Task: fix-login").atGitHub();
        var remote = scenario.project().remote();
        remote.branch("del", "main");
        shop().pull(12).at(remote.commit("del").delete("tasks/pay-by-card.md").push("Tidy up"));
        scenario.pullRequest(12).deliver("opened");
        scenario.settle();
        scenario.check(12)
                .concludes("success")
                .isTitled("Merging completes fix-login")
                .says("files of tasks that it isn't about", "- `pay-by-card`: deleted.");
    }

    @Test
    void aTaskWhoseFileItDeletesIsNotCompleted() {
        scenario.pullRequest(12).from("task/fix-login").atGitHub();
        var remote = scenario.project().remote();
        remote.commit("task/fix-login").delete("tasks/fix-login.md").push("Not wanted any more");
        scenario.pullRequest(12).deliver("opened");
        scenario.settle();
        scenario.check(12).isTitled("Merging completes nothing").says("this pull request deletes its file");
    }

    @Test
    void aFileThatIsMovedIsNotDeleted() {
        scenario.pullRequest(12).from("task/fix-login").atGitHub();
        var content = scenario.task("pay-by-card").content();
        scenario.project()
                .remote()
                .commit("task/fix-login")
                .delete("tasks/pay-by-card.md")
                .file("tasks/shop/pay-by-card.md", content)
                .push("Tidy up");
        scenario.pullRequest(12).deliver("opened");
        scenario.settle();
        scenario.check(12)
                .concludes("success")
                .says("`pay-by-card`: neither status, number nor branch")
                .saysNothingOf("deleted", "is also that of");
    }

    @Test
    void aSecondFileOfATaskIsAFault() {
        scenario.pullRequest(12)
                .fromFork("mallory", "p")
                .by("mallory")
                .describing("Task: pay-by-card")
                .changing("tasks/a/pay-by-card.md", Project.taskFile("Mine", "ready"))
                .andChanging("tasks/Bad_Name.md", Project.taskFile("Mine", "ready"))
                .open();
        scenario.settle();
        var check = scenario.check(12)
                .concludes("failure")
                .annotates("tasks/a/pay-by-card.md", 1)
                .annotates("tasks/Bad_Name.md", 1)
                .says("is also that of tasks/pay-by-card", "`pay-by-card`** is not completed");
        assertThat(check.run().summary()).contains("<!-- reeve promises -->");
    }

    @Test
    void aTaskFileThatBecomesSomethingElseIsAFault() {
        scenario.pullRequest(12)
                .from("task/fix-login")
                .changing("tasks/pay-by-card.md", "x".repeat(2_000_000))
                .open();
        scenario.settle();
        scenario.check(12).concludes("failure").annotates("tasks/pay-by-card.md", 1).says("longer than a task file");
    }

    @Test
    void moreTasksThanOneMergeCompletesAreToldAndLeft() {
        var story = scenario.pullRequest(13).from("big");
        for (int i = 0; i < 60; i++) {
            var name = ("t" + i + "-" + "x".repeat(120)).substring(0, 115);
            story.andChanging("tasks/" + name + ".md", "---\ntitle: T\nowner: dave\nbranch: big\nstatus: ready\n---\n");
        }
        story.open();
        scenario.settle();
        var check = scenario.check(13)
                .concludes("action_required")
                .isTitled("Too many tasks")
                .says("One merge completes 50 tasks at most", "about 10 more");
        assertThat(check.run().summary()).containsPattern("<!-- reeve promises( t[0-9]+-x+){50} -->$");
    }

    @Test
    void moreTasksThanADescriptionMayNameTakeAPerson() {
        var names = IntStream.range(0, 60).mapToObj(n -> "Task: t" + n + "\n").collect(Collectors.joining());
        scenario.pullRequest(13).from("many").describing("Task: fix-login\n" + names).open();
        scenario.settle();
        scenario.check(13).concludes("action_required").isTitled("Too many tasks").says("names 11 more tasks");
    }

    @Test
    void moreTaskFilesThanAreLookedAtTakeAPerson() {
        var story = scenario.pullRequest(13).fromFork("mallory", "p").by("mallory").describing("Task: fix-login");
        for (int i = 0; i < 1_005; i++) {
            story.andChanging("tasks/many/t" + i + ".md", "no task\n");
        }
        story.open();
        scenario.settle();
        scenario.check(13)
                .concludes("action_required")
                .isTitled("Too many task files")
                .says("5 more task files than are looked at here", "**`fix-login`**");
    }

    @Test
    void aHeadThatGitDoesNotShowYetIsWaitedForAndNeverGreen() {
        scenario.pullRequest(12)
                .from("task/fix-login")
                .changing("tasks/fix-login.md", "---\ntitle: Fix it\nstatus: finished\n---\n")
                .atGitHub();
        var head = shop().pull(12).headSha();
        shop().pull(12).at(new Sha("1".repeat(40)));
        scenario.pullRequest(12).deliver("opened");
        scenario.settle();
        assertThat(scenario.waiting()).isEqualTo(1);
        assertThat(shop().checkRuns()).isEmpty();
        shop().pull(12).at(head);
        scenario.advance(Duration.ofMinutes(15));
        scenario.check(12).concludes("failure").isTitled("Invalid task file");
    }
}
