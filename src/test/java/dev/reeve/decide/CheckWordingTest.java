package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.AtHead;
import dev.reeve.decide.CheckFacts.Attention;
import dev.reeve.decide.CheckFacts.OfTask;
import dev.reeve.decide.CheckFacts.Policy;
import dev.reeve.decide.CheckFacts.SinceCut;
import dev.reeve.decide.CheckFacts.TaskRequired;
import dev.reeve.model.BranchName;
import dev.reeve.model.CheckReport;
import dev.reeve.model.CheckReport.Conclusion;
import dev.reeve.model.Fault;
import dev.reeve.model.Finding;
import dev.reeve.model.Place;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Sha;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskStatus;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static dev.reeve.decide.GivenTask.aTask;
import static dev.reeve.model.PullRequest.State.CLOSED;
import static dev.reeve.model.PullRequest.State.MERGED;
import static dev.reeve.model.PullRequest.State.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

class CheckWordingTest {

    private static final Sha DONE = new Sha("ef".repeat(20));

    private static CheckReport report(GivenTask given, List<Fault> faults, TaskRequired required, boolean about) {
        var facts = given.facts();
        if (!(facts.pullRequest() instanceof PullRequestLookup.Found(var pr))) {
            throw new IllegalArgumentException("the story needs a pull request");
        }
        var completedIn = facts.published().isCompleted() ? Optional.of(DONE) : Optional.<Sha>empty();
        var task = new OfTask(facts, given.decide(), Optional.empty(), Optional.empty(), Optional.empty(), completedIn,
                Optional.empty(),
                SinceCut.CHANGED);
        return CheckWording
                .of(new CheckFacts(pr, new BranchName("main"), about ? List.of(task) : List.of(), List.of(),
                        new AtHead(faults, List.of(), List.of()), Attention.NONE,
                        new Policy(required, Set.of(Finding.INVALID_TASK_FILE))));
    }

    private static CheckReport report(GivenTask given) {
        return report(given, List.of(), TaskRequired.NO, true);
    }

    @Test
    void anOpenPullRequestSaysWhatMergingWillDo() {
        var report = report(aTask().pullRequest(OPEN));

        assertThat(report.conclusion()).isEqualTo(Conclusion.SUCCESS);
        assertThat(report.title()).isEqualTo("Merging completes fix-login");
        assertThat(report.summary()).contains("`fix-login`", "Fix the login", "`ready` → `completed`",
                "changed on the default branch");
    }

    @Test
    void aMergedOneSaysWhatWasDone() {
        var report = report(aTask().status(TaskStatus.COMPLETED).carrying(12).pullRequest(MERGED));

        assertThat(report.conclusion()).isEqualTo(Conclusion.SUCCESS);
        assertThat(report.summary()).contains("completed in " + DONE, "register pruned", "no drift");
    }

    @Test
    void withoutADeskItSaysNothingOfARegister() {
        assertThat(report(aTask().status(TaskStatus.COMPLETED).withoutDesk().pullRequest(MERGED)).summary())
                .doesNotContain("register", "drift");
    }

    @Test
    void aMergeThatCouldNotCompleteSaysWhy() {
        var report = report(aTask().carrying(12).pullRequest(MERGED));

        assertThat(report.conclusion()).isEqualTo(Conclusion.NEUTRAL);
        assertThat(report.summary()).contains("somebody reopened it");
    }

    @Test
    void anotherBaseAndAClosedOneAreNeutral() {
        assertThat(report(aTask().pullRequest(OPEN, "release")).conclusion()).isEqualTo(Conclusion.NEUTRAL);
        assertThat(report(aTask().pullRequest(CLOSED)).conclusion()).isEqualTo(Conclusion.NEUTRAL);
    }

    @Test
    void aPullRequestWithoutATaskIsNeutralUnlessOneIsRequired() {
        assertThat(report(aTask().pullRequest(OPEN), List.of(), TaskRequired.NO, false).conclusion())
                .isEqualTo(Conclusion.NEUTRAL);
        assertThat(report(aTask().pullRequest(OPEN), List.of(), TaskRequired.YES, false).conclusion())
                .isEqualTo(Conclusion.ACTION_REQUIRED);
    }

    @Test
    void aTaskThatDoesNotExistAsksForAction() {
        assertThat(report(aTask().missing().pullRequest(OPEN)).conclusion()).isEqualTo(Conclusion.ACTION_REQUIRED);
    }

    @Test
    void invalidTaskFilesFailWithAnAnnotationAtTheirLine() {
        var fault = new Fault(SignalKind.INVALID_STATUS, new Place("tasks/x.md", 4, 9), "no status \"done\"");
        var report = report(aTask().pullRequest(OPEN), List.of(fault), TaskRequired.NO, true);

        assertThat(report.conclusion()).isEqualTo(Conclusion.FAILURE);
        assertThat(report.annotations()).singleElement().satisfies(a -> {
            assertThat(a.path().value()).isEqualTo("tasks/x.md");
            assertThat(a.line()).isEqualTo(4);
        });
    }
}
