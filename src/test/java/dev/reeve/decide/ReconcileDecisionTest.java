package dev.reeve.decide;

import dev.reeve.model.Publish;
import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

import static dev.reeve.decide.GivenTask.aTask;
import static dev.reeve.model.PullRequest.State.CLOSED;
import static dev.reeve.model.PullRequest.State.MERGED;
import static dev.reeve.model.PullRequest.State.OPEN;
import static dev.reeve.model.TaskStatus.CANCELLED;
import static dev.reeve.model.TaskStatus.COMPLETED;
import static dev.reeve.model.TaskStatus.IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

class ReconcileDecisionTest {

    private static final Duration LONG = Duration.ofHours(5);
    private static final Duration SHORT = Duration.ofMinutes(5);

    @Test
    void aMergedPullRequestCompletesItsTask() {
        var plan = aTask().pullRequest(MERGED).decide();

        assertThat(plan.actions()).singleElement().isInstanceOfSatisfying(Action.Complete.class, complete -> {
            assertThat(complete.completion().completedBy().value()).isEqualTo("davefowler");
            assertThat(complete.completion().completedAt()).isEqualTo("2026-03-27");
            assertThat(complete.completion().prNumber()).isEqualTo(12);
            assertThat(complete.completion().mergeCommit()).isEqualTo(GivenTask.MERGE);
            assertThat(complete.reason()).isEqualTo("PR #12 merged 2026-03-27 by davefowler");
        });
    }

    @Test
    void anAppsPullRequestIsCompletedByTheAppsName() {
        var plan = aTask().pullRequest(MERGED).pullRequestBy("copilot-agent[bot]").decide();

        assertThat(plan.actions()).singleElement()
                .isInstanceOfSatisfying(Action.Complete.class,
                        complete -> assertThat(complete.completion().completedBy().value()).isEqualTo("copilotagent"));
    }

    @Test
    void aMergeIntoAnotherBranchCompletesNothing() {
        assertThat(aTask().pullRequest(MERGED, "release").decide().actions()).isEmpty();
    }

    @Test
    void aMergeThatIsNotVisibleYetIsDeferred() {
        var plan = aTask().pullRequest(MERGED).mergeNotVisible().decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.deferred()).singleElement().asString().contains("not in the fetched main");
    }

    @Test
    void aCompletedTaskIsLeftAlone() {
        var plan = aTask().status(COMPLETED).carrying(12).pullRequest(MERGED).decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.signals()).isEmpty();
    }

    @Test
    void aCancelledTaskStaysCancelled() {
        assertThat(aTask().status(CANCELLED).pullRequest(MERGED).decide().actions()).isEmpty();
    }

    @Test
    void aTaskThatAlreadyCarriesTheNumberWasReopenedAndIsLeftAlone() {
        var plan = aTask().carrying(12).pullRequest(MERGED).decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.signals()).extracting(Signal::kind, Signal::severity)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(SignalKind.REOPENED, Severity.INFO));
    }

    @Test
    void aReopenedTaskIsCompletedByItsNextPullRequest() {
        assertThat(aTask().carrying(7).pullRequest(MERGED).decide().actions()).hasSize(1);
    }

    @Test
    void anOperatorsLocalChangesAreNeverWrittenOver() {
        var plan = aTask().publishing(Publish.WORKTREE).rootChangedByOperator().pullRequest(MERGED).decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.skipped()).singleElement().asString().contains("local changes");
    }

    @Test
    void aCompletionThatStandsOnTheDefaultBranchIsLeftToTheNextPull() {
        var plan = aTask().status(COMPLETED)
                .rootStatus(IN_PROGRESS)
                .publishing(Publish.WORKTREE)
                .pullRequest(MERGED)
                .decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.skipped()).singleElement().asString().contains("the next pull brings it");
    }

    @Test
    void nothingIsWrittenWherePublishIsNone() {
        var plan = aTask().publishing(Publish.NONE).pullRequest(MERGED).decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.skipped()).hasSize(1);
    }

    @Test
    void anUnmergedClosedPullRequestIsSignalled() {
        var plan = aTask().pullRequest(CLOSED).decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.signals()).extracting(Signal::kind).containsExactly(SignalKind.PR_CLOSED_UNMERGED);
    }

    @Test
    void aTaskLeftInProgressWithoutAWorktreeIsDemoted() {
        var plan = aTask().status(IN_PROGRESS).decide();

        assertThat(plan.actions()).singleElement().isInstanceOf(Action.Demote.class);
    }

    @Test
    void aTaskThatSomebodyJustSetInProgressIsNotDemoted() {
        assertThat(aTask().status(IN_PROGRESS).rootTouched(SHORT).decide().actions()).isEmpty();
    }

    @Test
    void anIdleWorktreeDemotesAndABusyOneDoesNot() {
        assertThat(aTask().status(IN_PROGRESS).worktree(true, true, LONG).decide().actions()).hasSize(1);
        assertThat(aTask().status(IN_PROGRESS).worktree(true, true, SHORT).decide().actions()).isEmpty();
    }

    @Test
    void aLiveWorkerAnOpenPullRequestOrAnUnknownOneKeepsItInProgress() {
        assertThat(aTask().status(IN_PROGRESS).run("running", true, null).decide().actions()).isEmpty();
        assertThat(aTask().status(IN_PROGRESS).runUnreadable().decide().actions()).isEmpty();
        assertThat(aTask().status(IN_PROGRESS).pullRequest(OPEN).decide().actions()).isEmpty();
        assertThat(aTask().status(IN_PROGRESS).pullRequestUnknown().decide().actions()).isEmpty();
    }

    @Test
    void withoutADeskNothingIsDemoted() {
        assertThat(aTask().status(IN_PROGRESS).withoutDesk().decide().actions()).isEmpty();
    }

    @Test
    void theEntryOfAMergedTaskIsPruned() {
        var plan = aTask().registered().worktree(true, true, SHORT).pullRequest(MERGED).decide();

        assertThat(plan.actions()).hasExactlyElementsOfTypes(Action.Complete.class, Action.Prune.class);
    }

    @Test
    void anEntryWhoseWorktreeHasUnsavedWorkStaysAndSaysWhy() {
        var dirty = aTask().registered().worktree(false, true, SHORT).pullRequest(MERGED).decide();
        var unpushed = aTask().registered().worktree(true, false, SHORT).pullRequest(MERGED).decide();

        assertThat(dirty.actions()).hasExactlyElementsOfTypes(Action.Complete.class);
        assertThat(dirty.signals()).singleElement().extracting(Signal::message).asString().contains("uncommitted work");
        assertThat(unpushed.signals()).singleElement()
                .extracting(Signal::message)
                .asString()
                .contains("unpushed commits");
    }

    @Test
    void theEntryOfACompletedOrVanishedTaskIsPrunedWhenItsWorktreeIsGone() {
        assertThat(aTask().status(COMPLETED).registered().decide().actions())
                .hasExactlyElementsOfTypes(Action.Prune.class);
        assertThat(aTask().missing().registered().decide().actions()).hasExactlyElementsOfTypes(Action.Prune.class);
    }

    @Test
    void theEntryOfALiveWorkerStays() {
        var plan = aTask().registered().run("running", true, null).pullRequest(MERGED).decide();

        assertThat(plan.actions()).hasExactlyElementsOfTypes(Action.Complete.class);
    }

    @Test
    void theEntryOfAnUnfinishedTaskStaysAndIsSignalledWhenItsWorktreeIsGone() {
        var plan = aTask().registered().decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.signals()).extracting(Signal::kind).containsExactly(SignalKind.REGISTER_ORPHAN);
    }

    @Test
    void dispatchFilesOfCompletedTasksAndOfFinishedUnregisteredRunsAreArchived() {
        assertThat(aTask().status(COMPLETED).run("exited", false, 0).decide().actions())
                .hasExactlyElementsOfTypes(Action.Archive.class);
        assertThat(aTask().run("exited", false, 0).decide().actions()).hasExactlyElementsOfTypes(Action.Archive.class);
    }

    @Test
    void dispatchFilesOfARegisteredOrVanishedRunStay() {
        assertThat(aTask().registered().worktree(true, true, SHORT).run("exited", false, 0).decide().actions())
                .isEmpty();
        assertThat(aTask().run("running", false, null).decide().actions()).isEmpty();
    }

    @Test
    void theWorktreeOfALongCompletedTaskIsRemovedWhenItIsCleanAndPushed() {
        assertThat(aTask().status(COMPLETED).worktree(true, true, LONG).decide().actions())
                .hasExactlyElementsOfTypes(Action.RemoveWorktree.class);
    }

    @Test
    void aWorktreeWithUnsavedWorkIsNeverRemoved() {
        var plan = aTask().status(COMPLETED).worktree(false, true, LONG).decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.signals()).singleElement()
                .extracting(Signal::message)
                .asString()
                .contains("12 MB", "uncommitted work");
    }

    @Test
    void aWorktreeIsKeptForADayAfterTheMerge() {
        var plan = aTask().status(COMPLETED).carrying(12).pullRequest(MERGED).worktree(true, true, LONG).decide();
        var recently = GivenTask.NOW.minus(Duration.ofHours(26));

        assertThat(plan.actions()).as("merged %s", recently).hasExactlyElementsOfTypes(Action.RemoveWorktree.class);
    }

    @Test
    void theServerLeavesWorktreesAlone() {
        var plan = aTask().status(COMPLETED).worktreesLeftAlone().worktree(true, true, LONG).decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.signals()).extracting(Signal::kind).containsExactly(SignalKind.ORPHANED_WORKTREE);
    }

    @Test
    void aNewerWorktreeCopyThatSaysSomethingElseIsDrift() {
        var plan = aTask().registered()
                .worktree(true, true, SHORT)
                .worktreeSays(Map.of("status", "blocked", "pr_number", "12"), SHORT)
                .decide();

        assertThat(plan.signals()).singleElement().satisfies(signal -> {
            assertThat(signal.kind()).isEqualTo(SignalKind.METADATA_DRIFT);
            assertThat(signal.severity()).isEqualTo(Severity.ATTENTION);
            assertThat(signal.message()).contains("status, pr_number");
        });
    }

    @Test
    void driftIsInformationWhileAnOpenPullRequestAccountsForIt() {
        var plan = aTask().registered()
                .worktree(true, true, SHORT)
                .worktreeSays(Map.of("status", "blocked"), SHORT)
                .pullRequest(OPEN)
                .decide();

        assertThat(plan.signals()).extracting(Signal::severity).containsExactly(Severity.INFO);
    }

    @Test
    void anOlderWorktreeCopyIsNoDrift() {
        var plan = aTask().registered()
                .worktree(true, true, SHORT)
                .worktreeSays(Map.of("status", "blocked"), LONG)
                .rootTouched(SHORT)
                .decide();

        assertThat(plan.signals()).isEmpty();
    }

    @Test
    void whatGitHubCouldNotTellIsSaid() {
        assertThat(aTask().pullRequestUnknown().decide().signals()).extracting(Signal::kind)
                .containsExactly(SignalKind.LOOKUP_FAILED);
    }
}
