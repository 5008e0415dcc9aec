package dev.reeve.scenario;

import dev.reeve.kit.FakeGitHub.Write;
import dev.reeve.kit.Project;
import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What a team makes of the check run, and what it says of the team's own configuration. */
class CheckPolicyTest {

    private static final String BOXES = "## QA Exploration\n- [ ] try it on a phone\n";

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    @Test
    void aFaultyConfigurationInAPullRequestIsAnAnnotationAtItsLine() {
        scenario.pullRequest(12)
                .from("task/fix-login")
                .changing(".reeve.yml", "owners:\n  dave: {}\nworkers: 7\n")
                .open();
        scenario.settle();
        scenario.check(12)
                .concludes("failure")
                .isTitled("Invalid configuration")
                .annotates(".reeve.yml", 3)
                .says(".reeve.yml:3:1", "there is no such key", "fix-login");
    }

    @Test
    void aPullRequestThatMendsTheConfigurationMayBeMerged() {
        scenario.project().commit(".reeve.yml", "workers: 7\n");
        scenario.pullRequest(12).from("tidy-up").open();
        scenario.pullRequest(13).from("mend").changing(".reeve.yml", "tasks: tasks\n").open();
        scenario.settle();
        scenario.check(12)
                .concludes("action_required")
                .isTitled("The configuration can't be used")
                .says(".reeve.yml:1:1");
        scenario.check(13).concludes("success").isTitled("Merging mends the configuration");
    }

    @Test
    void theNameIsTheTeamsAlsoWhereTheRestCanNotBeUsed() {
        scenario.project().commit(".reeve.yml", "checks: { name: tasks }\nworkers: 7\n");
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.settle();
        scenario.check(12).isMissing();
        assertThat(scenario.project().atGitHub().checkRuns()).singleElement()
                .satisfies(run -> assertThat(run.name()).isEqualTo("tasks"));
    }

    @Test
    void whatATeamFailsForFails() {
        scenario.project().commit(".reeve.yml", "checks: { fail_on: [no-task, unknown-task, open-boxes] }\n");
        scenario.pullRequest(12).from("tidy-up").open();
        scenario.pullRequest(13).from("topic").describing("Task: fix-login\nTask: no-such-task").open();
        scenario.pullRequest(14)
                .from("task/add-search")
                .changing("tasks/search/add-search.md", Project.taskFile("Search", "ready") + BOXES)
                .open();
        scenario.settle();
        scenario.check(12).concludes("failure").isTitled("No task");
        scenario.check(13).concludes("failure").isTitled("No such task");
        scenario.check(14).concludes("failure").isTitled("Open boxes").says("open: try it on a phone");
    }

    @Test
    void whatATeamDoesNotFailForIsToldAllTheSame() {
        scenario.project().commit(".reeve.yml", "checks: { fail_on: [] }\n");
        scenario.pullRequest(12)
                .from("task/fix-login")
                .changing("tasks/pay-by-card.md", "---\ntitle: Pay\nstatus: finished\n---\n")
                .open();
        scenario.settle();
        scenario.check(12)
                .concludes("success")
                .isTitled("Merging completes fix-login")
                .annotates("tasks/pay-by-card.md", 3);
        assertThat(scenario.check(12).annotations().getFirst().path("annotation_level").asText()).isEqualTo("warning");
    }

    @Test
    void aTaskThatChangedSinceTheCutFailsWhereTheTeamSaysSo() {
        scenario.project().commit(".reeve.yml", "checks: { fail_on: [changed-since-cut] }\n");
        scenario.pullRequest(12).from("task/fix-login").atGitHub();
        scenario.project().commit("tasks/fix-login.md", scenario.task("fix-login").content() + "More.\n");
        scenario.pullRequest(12).open();
        scenario.settle();
        scenario.check(12).concludes("failure").isTitled("Changed since the branch was cut");
    }

    @Test
    void aLongListIsCutWithALinkToTheWholeOfIt() {
        var boxes = IntStream.range(0, 50).mapToObj(n -> "- [ ] box " + n + "\n").collect(Collectors.joining());
        scenario.pullRequest(12)
                .from("task/fix-login")
                .changing("tasks/fix-login.md", Project.taskFile("Fix it", "ready") + "## QA Exploration\n" + boxes)
                .open();
        scenario.settle();
        var head = scenario.project().atGitHub().pull(12).headSha();
        scenario.check(12)
                .concludes("success")
                .says("open: box 19",
                        "… and 30 more open boxes: https://github.com/acme/shop/blob/" + head + "/tasks/fix-login.md")
                .saysNothingOf("box 20");
    }

    @Test
    void itsButtonsAreThoseThatAreOfUse() {
        scenario.pullRequest(12).from("task/fix-login").open();
        scenario.pullRequest(13).from("tidy-up").open();
        scenario.settle();
        assertThat(buttons(12)).isEqualTo("Reconcile now");
        assertThat(buttons(13)).isEmpty();
        scenario.project().commit("tasks/fix-login.md", "---\ntitle: Fix it\nstatus: finished\n---\n");
        scenario.pullRequest(12).merge();
        scenario.settle();
        assertThat(buttons(12)).isEqualTo("Reconcile now, Reconcile all");
    }

    private String buttons(int number) {
        var run = scenario.check(number).run();
        return scenario.gitHub()
                .writes()
                .reversed()
                .stream()
                .filter(write -> isOf(write, run.head().value(), run.id()))
                .findFirst()
                .stream()
                .flatMap(write -> StreamSupport
                        .stream(Objects.requireNonNull(write.body()).path("actions").spliterator(), false))
                .map(action -> action.path("label").asText())
                .collect(Collectors.joining(", "));
    }

    private static boolean isOf(Write write, String head, long id) {
        return write.path().endsWith("/" + id)
                || (write.body() != null && write.body().path("head_sha").asText().equals(head));
    }
}
