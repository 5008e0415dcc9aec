package dev.reeve.decide;

import dev.reeve.model.BeatFacts.Dependency.State;
import dev.reeve.model.Bucket;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.Judgement;
import dev.reeve.model.Judgement.Dispatchability.Dispatchable;
import dev.reeve.model.Judgement.Dispatchability.NotDispatchable;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Pass;
import dev.reeve.model.Priority;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestStanding.Checks;
import dev.reeve.model.PullRequestStanding.Mergeability;
import dev.reeve.model.PullRequestStanding.Reviews;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Severity;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskStatus;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static dev.reeve.decide.GivenBeat.NOW;
import static dev.reeve.decide.GivenBeat.aBeat;
import static org.assertj.core.api.Assertions.assertThat;

/** Buckets, what may be dispatched, and the order of a queue. What runs have to say is in {@link RunSignalsTest}. */
class BeatDecisionTest {

    private static final Duration MINUTES = Duration.ofMinutes(5);
    private static final Duration HOURS = Duration.ofHours(5);

    private static AbstractStringAssert<?> whyNot(GivenBeat beat) {
        assertThat(beat.judge().dispatch()).isInstanceOf(NotDispatchable.class);
        return assertThat(beat.judge().dispatch() instanceof NotDispatchable(var reason) ? reason : "");
    }

    private static void assertBucket(GivenBeat beat, Bucket bucket) {
        assertThat(beat.judge().bucket()).as(beat.judge().reason()).isEqualTo(bucket);
    }

    @Test
    void aReadyTaskWithNothingInItsWayIsReadyAndDispatchableSinceItWasChanged() {
        var judged = aBeat().changed(MINUTES).judge();

        assertThat(judged.bucket()).isEqualTo(Bucket.READY);
        assertThat(judged.dispatch()).isEqualTo(new Dispatchable(NOW.minus(MINUTES)));
        assertThat(judged.incident()).isEmpty();
    }

    @Test
    void everySpellingOfTheOwnerAndEveryRoleOfTheirsIsRoutedHere() {
        for (var spelling : List.of("dave", "Dave.Fowler", "@dave-fowler", "dave.fowler@example.com",
                "SR Engineer-Architect")) {
            assertBucket(aBeat().owner(spelling), Bucket.READY);
        }
    }

    @Test
    void anotherPersonsTaskIsElsewhereAndHasNoSignalsWhateverItsState() {
        var beat = aBeat().owner("erin").status(TaskStatus.IN_PROGRESS).worktree(2, HOURS).run(GivenRun.exited(1));

        assertBucket(beat, Bucket.ELSEWHERE);
        assertThat(beat.signals()).isEmpty();
        whyNot(aBeat().owner("erin")).contains("erin");
    }

    @Test
    void anUnknownOwnerOrNoneIsShownToEverybodyAndNeverDispatched() {
        for (var owner : Arrays.asList("whoever", null, "../etc", "")) {
            var beat = aBeat().owner(owner).changed(HOURS);
            assertThat(beat.signals()).containsExactly(SignalKind.UNROUTABLE_OWNER);
            assertBucket(beat, Bucket.NEEDS_ATTENTION);
            whyNot(beat).contains("owner");
        }
    }

    @Test
    void aTaskThatIsOverRaisesNeitherRoutingNorRunSignals() {
        var beat = aBeat().status(TaskStatus.COMPLETED).owner("whoever").run(GivenRun.exited(1));

        assertBucket(beat, Bucket.DONE);
        assertThat(beat.signals()).isEmpty();
        assertBucket(aBeat().status(TaskStatus.CANCELLED), Bucket.DONE);
    }

    @Test
    void whatACompletedTaskLeftBehindIsAnIncidentAlthoughItStaysDone() {
        var beat = aBeat().status(TaskStatus.COMPLETED).worktree(0, HOURS).registeredWithWorktree();

        assertBucket(beat, Bucket.DONE);
        assertThat(beat.signals()).containsExactly(SignalKind.REGISTER_ORPHAN);
        assertThat(beat.judge().incident().orElseThrow().remedy()).contains("reeve reconcile fix-login", "--force");
    }

    @Test
    void anEntryThatCouldBePrunedAndIsStillThereIsAnOrphan() {
        assertThat(aBeat().status(TaskStatus.COMPLETED).registered(1).signals())
                .containsExactly(SignalKind.REGISTER_ORPHAN);
        assertThat(aBeat().missing().registered(1).judge().incident().orElseThrow().lead().message())
                .contains("the task is gone", "not been pruned yet");
    }

    @Test
    void aSlugWithoutAFileIsNothingUnlessSomethingAsksForAPerson() {
        assertThat(aBeat().missing().run(GivenRun.exited(0)).judgeAny()).isEmpty();
        assertThat(aBeat().missing().run(GivenRun.exited(1)).judgeAny()).isEmpty();
        assertBucket(aBeat().missing().run(GivenRun.alive()), Bucket.ACTIVE);
        assertBucket(aBeat().missing().registered(1), Bucket.NEEDS_ATTENTION);
        var theirs = new Claim.HeldByAnother(new OwnerKey("erin"),
                new RegisterEntry(GivenTask.SLUG, null, null, null, null, null, null, 1, null, null));
        assertThat(aBeat().missing().claim(theirs).run(GivenRun.alive()).judgeAny()).isEmpty();
    }

    @Test
    void aFaultyFileNeedsAttentionAtItsPlace() {
        var judged = aBeat().faulty().run(GivenRun.dead("running")).judge();

        assertThat(judged.bucket()).isEqualTo(Bucket.NEEDS_ATTENTION);
        assertThat(judged.signals().getFirst().place()).hasToString("tasks/fix-login.md:3:9");
        assertThat(judged.incident().orElseThrow().remedy()).contains("tasks/fix-login.md:3:9", "reeve task check");
        assertThat(judged.signals().getFirst().kind()).isEqualTo(SignalKind.INVALID_STATUS);
    }

    @Test
    void plannedIsBacklogAndBlockedWaits() {
        assertBucket(aBeat().status(TaskStatus.NOT_STARTED), Bucket.BACKLOG);
        assertBucket(aBeat().status(TaskStatus.NOT_STARTED).dependsOn("other", State.OPEN, HOURS), Bucket.BACKLOG);
        assertBucket(aBeat().status(TaskStatus.BLOCKED), Bucket.WAITING);
    }

    @Test
    void aDependencyThatIsNotCompletedIsWaitedFor() {
        whyNot(aBeat().dependsOn("other", State.OPEN, HOURS)).isEqualTo("its dependency other is not completed");
        whyNot(aBeat().dependsOn("other", State.CANCELLED, HOURS)).contains("other is cancelled");
        whyNot(aBeat().dependsOn("other", State.UNREADABLE, HOURS)).contains("other has a faulty file");
        whyNot(aBeat().dependsOn("other", State.UNKNOWN, HOURS)).contains("other is no task");
        assertBucket(aBeat().dependsOn("other", State.OPEN, HOURS), Bucket.WAITING);
        assertBucket(aBeat().dependsOn("other", State.COMPLETED, HOURS), Bucket.READY);
    }

    @Test
    void overdueCountsFromTheLastDependencyThatWasCompleted() {
        var waiting = aBeat().changed(HOURS)
                .dependsOn("a", State.COMPLETED, MINUTES)
                .dependsOn("b", State.COMPLETED, HOURS);

        assertThat(waiting.judge().dispatch()).isEqualTo(new Dispatchable(NOW.minus(MINUTES)));
        assertThat(waiting.signals()).isEmpty();
    }

    @Test
    void whatNobodyPicksUpIsOverdueAndStillDispatchable() {
        var beat = aBeat().changed(HOURS);

        assertThat(beat.signals()).containsExactly(SignalKind.PICKUP_OVERDUE);
        assertThat(beat.judge().incident().orElseThrow().lead().message()).contains("5 h 0 min");
        assertBucket(beat, Bucket.NEEDS_ATTENTION);
        assertThat(beat.judge().dispatch()).isInstanceOf(Dispatchable.class);
    }

    @Test
    void whatIsRegisteredOrWaitsIsNotOverdue() {
        assertThat(aBeat().changed(HOURS).registered(1).signals()).isEmpty();
        assertThat(aBeat().changed(HOURS).dependsOn("other", State.OPEN, HOURS).signals()).isEmpty();
        assertThat(aBeat().changed(HOURS).status(TaskStatus.BLOCKED).signals()).isEmpty();
        assertThat(aBeat().changed(Duration.ofMinutes(30)).signals()).as("for exactly that long").isEmpty();
    }

    @Test
    void aClockThatJumpedBackMakesNothingOverdueAndNoTimeNegative() {
        var judged = aBeat().changedInTheFuture().dependsOn("a", State.COMPLETED, HOURS.negated()).judge();

        assertThat(judged.dispatch()).isEqualTo(new Dispatchable(NOW));
        assertThat(judged.reason()).doesNotContain("-");
        assertThat(judged.signals()).isEmpty();
    }

    @Test
    void anOpenPullRequestIsWaitedForInWordsThatSayWhatIsMissing() {
        var open = aBeat().pull(PullRequest.State.OPEN);
        whyNot(open).isEqualTo("PR #12 is open");
        assertThat(waitingFor(new Checks.Pending(List.of("build")), new Reviews.Pending()))
                .isEqualTo("PR #12 waits for CI (build) and review");
        assertThat(waitingFor(new Checks.Passed(), new Reviews.Approved()))
                .isEqualTo("PR #12 is approved and green: merge it");
        assertThat(waitingFor(new Checks.None(), new Reviews.Approved()))
                .isEqualTo("PR #12 is approved and green: merge it");
        assertThat(waitingFor(new Checks.Unknown("timed out"), new Reviews.Approved())).isEqualTo("PR #12 is open");
        assertBucket(aBeat().pull(PullRequest.State.DRAFT), Bucket.WAITING);
        whyNot(aBeat().pull(PullRequest.State.DRAFT)).isEqualTo("PR #12 is a draft");
    }

    private static String waitingFor(Checks checks, Reviews reviews) {
        var beat = aBeat().pull(PullRequest.State.OPEN).standing(checks, reviews, Mergeability.MERGEABLE);
        assertBucket(beat, Bucket.WAITING);
        return beat.judge().reason();
    }

    @Test
    void aMergedPullRequestWaitsForItsCompletionAndIsNotDoneAgain() {
        assertBucket(aBeat().pull(PullRequest.State.MERGED), Bucket.WAITING);
        whyNot(aBeat().pull(PullRequest.State.MERGED)).contains("PR #12 is merged");
    }

    @Test
    void aReopenedTaskIsWorkedOnAgain() {
        var beat = aBeat().reopened(12).pull(PullRequest.State.MERGED);

        assertThat(beat.signals()).containsExactly(SignalKind.REOPENED);
        assertThat(beat.judge().dispatch()).isInstanceOf(Dispatchable.class);
    }

    @Test
    void whatThePullRequestAsksOfPeopleIsSignalled() {
        var beat = aBeat().pull(PullRequest.State.OPEN)
                .standing(new Checks.Failed(List.of("build\u001b[2J", "lint")),
                        new Reviews.ChangesRequested(List.of("erin")),
                        Mergeability.CONFLICT);

        assertThat(beat.signals()).containsExactly(SignalKind.PR_CONFLICT, SignalKind.PR_CI_FAILING,
                SignalKind.PR_CHANGES_REQUESTED);
        assertThat(beat.judge().signals()).noneMatch(signal -> signal.message().contains("\u001b"));
        assertBucket(beat, Bucket.NEEDS_ATTENTION);
    }

    @Test
    void aPendingReviewIsGoodToKnowAndAClosedPullRequestNeedsAPerson() {
        var pending = aBeat().pull(PullRequest.State.OPEN)
                .standing(new Checks.Passed(), new Reviews.Pending(), Mergeability.UNKNOWN);
        assertThat(pending.judge().signals()).singleElement()
                .satisfies(signal -> assertThat(signal.severity()).isEqualTo(Severity.INFO))
                .satisfies(signal -> assertThat(signal.kind()).isEqualTo(SignalKind.PR_REVIEW_PENDING));

        var closed = aBeat().pull(PullRequest.State.CLOSED);
        assertThat(closed.signals()).containsExactly(SignalKind.PR_CLOSED_UNMERGED);
        whyNot(closed).contains("pr_closed_unmerged");
    }

    @Test
    void aLookupThatFailedIsToldWithTheAgeOfWhatIsKnown() {
        var beat = aBeat().pull(PullRequest.State.OPEN)
                .standing(new Checks.Unknown("timed out"), new Reviews.Approved(), Mergeability.MERGEABLE);

        assertThat(beat.judge().signals()).singleElement()
                .satisfies(signal -> assertThat(signal.kind()).isEqualTo(SignalKind.LOOKUP_FAILED))
                .satisfies(signal -> assertThat(signal.message()).contains("10 min ago", "timed out"));
    }

    @Test
    void withoutGitHubOnlyATaskThatShowsNoSignOfWorkIsDispatchable() {
        assertThat(aBeat().pullUnknown().judge().dispatch()).isInstanceOf(Dispatchable.class);
        assertThat(aBeat().pullUnknown().signals()).isEmpty();
        assertThat(aBeat().pullUnknown().run(GivenRun.exited(1)).judge().dispatch()).isInstanceOf(Dispatchable.class);
        whyNot(aBeat().pullUnknown().registered(1)).contains("it is registered", "isn't known");
        whyNot(aBeat().pullUnknown().worktree(0, HOURS)).contains("it has a worktree");
        whyNot(aBeat().pullUnknown().carrying(12)).contains("carries PR #12");
        whyNot(aBeat().pullUnknown().run(GivenRun.exited(0))).contains("ended without an outcome");
    }

    @Test
    void aPersonsWorkInProgressIsActiveUntilItIsIdle() {
        assertBucket(aBeat().status(TaskStatus.IN_PROGRESS).changed(MINUTES), Bucket.ACTIVE);
        assertBucket(aBeat().status(TaskStatus.IN_PROGRESS).changed(HOURS).worktree(0, MINUTES), Bucket.ACTIVE);
        var idle = aBeat().status(TaskStatus.IN_PROGRESS).changed(HOURS).worktree(0, HOURS);
        assertThat(idle.signals()).containsExactly(SignalKind.STUCK_IN_PROGRESS);
        assertThat(idle.judge().incident().orElseThrow().lead().message()).contains("no commit or change", "5 h");
        assertThat(
                aBeat().status(TaskStatus.IN_PROGRESS).changed(HOURS).run(GivenRun.alive().output(MINUTES)).signals())
                .isEmpty();
    }

    @Test
    void finishedAndLeftInProgressSaysWhatItSawAndIsNotStuck() {
        var commits = aBeat().status(TaskStatus.IN_PROGRESS).changed(HOURS).worktree(3, HOURS).judge();
        assertThat(commits.signals()).singleElement()
                .satisfies(signal -> assertThat(signal.kind()).isEqualTo(SignalKind.STALE_IN_PROGRESS_RECONCILE))
                .satisfies(signal -> assertThat(signal.message()).contains("3 commits").doesNotContain("PR", "review"));
        var review = aBeat().status(TaskStatus.IN_PROGRESS).changed(HOURS).reviewAnswered().judge();
        assertThat(review.signals()).singleElement()
                .satisfies(signal -> assertThat(signal.message()).contains("review").doesNotContain("PR", "commit"));
        var open = aBeat().status(TaskStatus.IN_PROGRESS).changed(HOURS).pull(PullRequest.State.OPEN).judge();
        assertThat(open.signals()).singleElement()
                .satisfies(signal -> assertThat(signal.message()).contains("PR #12 is open").doesNotContain("commit"));
    }

    @Test
    void whileAWorkerIsAtItATaskInProgressIsNeitherStaleNorStuck() {
        var beat = aBeat().status(TaskStatus.IN_PROGRESS)
                .changed(HOURS)
                .worktree(3, HOURS)
                .run(GivenRun.alive().output(MINUTES));

        assertThat(beat.signals()).isEmpty();
        assertBucket(beat, Bucket.ACTIVE);
    }

    @Test
    void aWorktreeThatSaysMoreThanTheRootIsDriftThatNamesTheKeysAndStopsDispatch() {
        var beat = aBeat().changed(HOURS)
                .registeredWithWorktree()
                .worktree(1, MINUTES, Map.of("status", "completed", "pr_number", "12"), MINUTES)
                .run(GivenRun.exited(0));

        assertThat(beat.signals()).containsExactly(SignalKind.METADATA_DRIFT);
        assertThat(beat.judge().incident().orElseThrow().lead().message()).contains("status, pr_number");
        whyNot(beat).contains("metadata_drift");
    }

    @Test
    void anOpenPullRequestAccountsForDriftAndTheTaskWaits() {
        var beat = aBeat().changed(HOURS)
                .registeredWithWorktree()
                .worktree(1, MINUTES, Map.of("pr_number", "12"), MINUTES)
                .run(GivenRun.exited(0))
                .pull(PullRequest.State.OPEN);

        assertThat(beat.judge().signals()).singleElement()
                .satisfies(signal -> assertThat(signal.severity()).isEqualTo(Severity.INFO));
        assertBucket(beat, Bucket.WAITING);
    }

    @Test
    void aPassThatIsSwitchedOffLeavesItsSignalsOut() {
        var drift = aBeat().changed(HOURS).worktree(1, MINUTES, Map.of("pr_number", "12"), MINUTES);
        assertThat(drift.signals()).contains(SignalKind.METADATA_DRIFT);
        assertThat(drift.off(Pass.METADATA_DRIFT).signals()).doesNotContain(SignalKind.METADATA_DRIFT);
        assertThat(aBeat().pull(PullRequest.State.CLOSED).off(Pass.PR_ATTENTION).signals()).isEmpty();
        assertThat(aBeat().status(TaskStatus.COMPLETED).registered(1).off(Pass.REGISTER_ORPHANS).signals()).isEmpty();
        assertThat(TaskPass.on(Set.of(Pass.values()))).containsExactly(TaskPass.TASK_FILE, TaskPass.LAST_RUN,
                TaskPass.STUCK);
    }

    @Test
    void theLimitsOfTheQueueAreWaitedFor() {
        var pause = new QueueState.Pause(new Slug("other"), NOW.plusSeconds(90));
        whyNot(aBeat().queue(new QueueState(4, 0, Optional.empty()))).contains("all workers are busy: 4 of 4");
        whyNot(aBeat().queue(new QueueState(0, 6, Optional.empty()))).contains("6 of 6");
        whyNot(aBeat().queue(new QueueState(0, 0, Optional.of(pause)))).contains("2026-03-28T12:01:30Z", "other");
        whyNot(aBeat().queue(new QueueState(0, 0, Optional.empty()).unseen(Optional.of("git: no such disk"))))
                .contains("could not be looked at: git: no such disk");
        assertBucket(aBeat().queue(new QueueState(4, 0, Optional.empty())), Bucket.WAITING);
    }

    @Test
    void aTaskInAnotherOwnersRegisterIsLeftToThem() {
        var entry = new RegisterEntry(GivenTask.SLUG, null, null, null, null, null, null, 1, null, null);
        whyNot(aBeat().claim(new Claim.HeldByAnother(new OwnerKey("erin"), entry))).contains("register of erin");
        whyNot(aBeat().claim(new Claim.Unreadable("newer"))).contains("a register can't be read: newer");
    }

    @Test
    void theQueueCountsEveryWorkerOwnPullRequestsOnceAndTheLatestPause() {
        var facts = List.of(aBeat().run(GivenRun.alive()).facts(), aBeat().owner("erin").runUnreadable().facts(),
                aBeat().pull(PullRequest.State.OPEN).facts(),
                aBeat().slug("twin").pull(PullRequest.State.DRAFT).facts(),
                aBeat().owner("erin").pull(PullRequest.State.OPEN).facts(),
                aBeat().run(GivenRun.exited(1).limitedFor(MINUTES)).facts(),
                aBeat().slug("later").run(GivenRun.exited(1).limitedFor(HOURS)).facts(),
                aBeat().slug("over").run(GivenRun.exited(1).limitedFor(HOURS.negated())).facts(),
                aBeat().slug("absurd").run(GivenRun.exited(1).limitedFor(Duration.ofDays(3000))).facts());

        assertThat(BeatDecision.queue(facts, aBeat().policy())).isEqualTo(new QueueState(2, 1,
                Optional.of(new QueueState.Pause(new Slug("later"), NOW.plus(HOURS)))));
    }

    @Test
    void theQueueIsOrderedByBucketPriorityAgeAndSlug() {
        var judged = List.of(aBeat().slug("waits").status(TaskStatus.BLOCKED).priority(Priority.P0).judge(),
                aBeat().slug("b").changed(MINUTES).judge(), aBeat().slug("a").changed(MINUTES).judge(),
                aBeat().slug("older").changed(Duration.ofMinutes(20)).judge(),
                aBeat().slug("urgent").priority(Priority.P0).judge());

        assertThat(judged.stream().sorted(BeatDecision.ORDER)).extracting((Judgement j) -> j.facts().slug().value())
                .containsExactly("waits", "urgent", "older", "a", "b");
    }

    @Test
    void incidentsThatAskForAPersonComeFirst() {
        var info = aBeat().slug("aaa")
                .pull(PullRequest.State.OPEN)
                .standing(new Checks.Passed(), new Reviews.Pending(), Mergeability.MERGEABLE)
                .judge();
        var attention = aBeat().slug("zzz").owner("whoever").judge();

        assertThat(BeatDecision.incidents(List.of(info, attention, aBeat().judge())))
                .extracting(incident -> incident.slug().value())
                .containsExactly("zzz", "aaa");
    }
}
