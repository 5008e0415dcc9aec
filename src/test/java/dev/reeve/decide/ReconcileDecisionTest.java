package dev.reeve.decide;

import dev.reeve.model.Publish;
import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;

import static dev.reeve.decide.GivenTask.aTask;
import static dev.reeve.model.PullRequest.State.CLOSED;
import static dev.reeve.model.PullRequest.State.MERGED;
import static dev.reeve.model.PullRequest.State.OPEN;
import static dev.reeve.model.TaskStatus.CANCELLED;
import static dev.reeve.model.TaskStatus.COMPLETED;
import static dev.reeve.model.TaskStatus.IN_PROGRESS;
import static dev.reeve.model.TaskStatus.READY;
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
        var plan = aTask().carrying(12).pullRequest(MERGED).inTheMerge(READY, null).decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.signals()).extracting(Signal::kind, Signal::severity)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(SignalKind.REOPENED, Severity.INFO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed_by", "completed_at", "pr_merged_at", "merge_commit"})
    void whatOnlyACompletionWritesShowsThatItWasUndone(String key) {
        var plan = aTask().carrying(12).keys(Map.of(key, "x")).pullRequest(MERGED).inTheMerge(READY, 12).decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.signals()).extracting(Signal::kind).containsExactly(SignalKind.REOPENED);
    }

    @Test
    void aNumberThatCameWithThePullRequestKeepsNobodyFromCompletingIt() {
        var plan = aTask().status(IN_PROGRESS).carrying(12).pullRequest(MERGED).inTheMerge(IN_PROGRESS, 12).decide();

        assertThat(plan.actions()).singleElement().isInstanceOfSatisfying(Action.Complete.class, complete -> {
            var task = aTask().status(IN_PROGRESS).carrying(12).facts().published().asTask().orElseThrow();
            assertThat(CompletionStep.isStillWanted(task, complete)).isTrue();
            var completed = aTask().status(COMPLETED).carrying(12).facts().published().asTask().orElseThrow();
            assertThat(CompletionStep.isStillWanted(completed, complete)).isFalse();
        });
        assertThat(plan.signals()).isEmpty();
    }

    @Test
    void aTaskThatWasCompletedInTheMergeAndIsNotNowWasReopened() {
        var plan = aTask().carrying(12).pullRequest(MERGED).inTheMerge(COMPLETED, 12).decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.signals()).extracting(Signal::kind).containsExactly(SignalKind.REOPENED);
    }

    @Test
    void whileItIsNotKnownWhatTheMergeSaidNothingIsDone() {
        var plan = aTask().carrying(12).registered().pullRequest(MERGED).mergeNotVisible().decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.deferred()).singleElement().asString().contains("not known yet");
    }

    @Test
    void aTaskThatTookANumberAfterItWasDecidedOnIsNotCompletedOnceMore() {
        var complete = (Action.Complete) aTask().pullRequest(MERGED).decide().actions().getFirst();
        var reopened = aTask().carrying(12).facts().published().asTask().orElseThrow();

        assertThat(CompletionStep.isStillWanted(reopened, complete)).isFalse();
    }

    @Test
    void aTaskInProgressThatLooksDoneIsToldAndNotDemoted() {
        var ahead = aTask().status(IN_PROGRESS).worktree(true, true, LONG).worktreeAhead(2).decide();
        var reviewed = aTask().status(IN_PROGRESS).reviewed().decide();

        assertThat(ahead.actions()).isEmpty();
        assertThat(ahead.signals()).singleElement().satisfies(signal -> {
            assertThat(signal.kind()).isEqualTo(SignalKind.STALE_IN_PROGRESS_RECONCILE);
            assertThat(signal.severity()).isEqualTo(Severity.ATTENTION);
            assertThat(signal.message()).contains("2 commits that the default branch doesn't have");
        });
        assertThat(reviewed.actions()).isEmpty();
        assertThat(reviewed.signals()).singleElement()
                .satisfies(signal -> assertThat(signal.message()).contains("its review has been answered"));
    }

    @Test
    void whatShowsThatATaskInProgressLooksDoneIsNamed() {
        assertThat(StaleInProgress.seen(aTask().status(IN_PROGRESS).facts())).isEmpty();
        assertThat(StaleInProgress.seen(aTask().worktree(true, true, LONG).worktreeAhead(2).reviewed().facts()))
                .as("not in progress")
                .isEmpty();
        var all = aTask().status(IN_PROGRESS).worktree(true, true, LONG).worktreeAhead(1).reviewed().pullRequest(OPEN);
        assertThat(StaleInProgress.seen(all.facts())).containsExactly("PR #12 is open",
                "its worktree has a commit that the default branch doesn't have", "its review has been answered");
        assertThat(StaleInProgress.seen(all.run("running", true, null).facts())).as("a worker is at it").isEmpty();
    }

    @Test
    void aCompletedFileThatNamesItsMergeIsEvidenceWhereGitHubCannotBeAsked() {
        var plan = aTask().status(COMPLETED).carrying(12).registered().pullRequestUnknown().worktree(true, true, SHORT);

        assertThat(plan.worktreesLeftAlone().decide().actions()).singleElement()
                .isInstanceOfSatisfying(Action.Prune.class,
                        prune -> assertThat(prune.reason()).isEqualTo("PR #12 is merged, as its file says"));
        assertThat(aTask().status(COMPLETED)
                .registered()
                .pullRequestUnknown()
                .worktree(true, false, SHORT)
                .worktreesLeftAlone()
                .decide()
                .signals()).extracting(Signal::message)
                .contains(
                        "register entry: its pull request is merged, as its file says, but its worktree has unpushed commits");
    }

    @Test
    void anEntryWhoseWorktreeCannotBeReadIsAnOrphanWhetherOrNotItsTaskIsOver() {
        assertThat(aTask().registered().worktreeUnreadable("odd").decide().signals()).extracting(Signal::message)
                .containsExactly("register entry: its worktree can't be read: odd");
        var over = aTask().status(COMPLETED).registered().worktreeUnreadable("odd").decide();
        assertThat(over.actions()).isEmpty();
        assertThat(over.signals()).extracting(Signal::message)
                .singleElement()
                .asString()
                .endsWith("can't be read: odd");
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

    /** By the time that somebody merges it, it may be untrue. */
    @Test
    void byPullRequestNothingIsDemotedAndThatIsSaid() {
        var plan = aTask().publishing(Publish.PULL_REQUEST).status(IN_PROGRESS).decide();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.skipped()).singleElement().asString().contains("only completions are written: set it to ready");
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
