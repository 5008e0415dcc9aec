package dev.reeve.decide;

import dev.reeve.decide.ReconcilePolicy.Repairs;
import dev.reeve.decide.ReconcilePolicy.Worktrees;
import dev.reeve.model.AtMerge;
import dev.reeve.model.BranchName;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.DeskFacts.DispatchFiles;
import dev.reeve.model.DeskFacts.LastRun;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.Fault;
import dev.reeve.model.LocalState;
import dev.reeve.model.MergeVisibility;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Owners;
import dev.reeve.model.Place;
import dev.reeve.model.Priority;
import dev.reeve.model.Publish;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Run;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.Worktree;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every plan, whatever the facts. */
class ReconcileDecisionPropertyTest {

    private static final Instant NOW = GivenTask.NOW;
    private static final RegisterEntry ENTRY = new RegisterEntry(GivenTask.SLUG, "tasks/fix-login.md",
            GivenTask.WORKTREE.toString(), "task/fix-login", null, null, null, 1, "r1", null);

    private static final Fault FAULT = new Fault(SignalKind.INVALID_STATUS, Place.of("tasks/fix-login.md"), "wrong");

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void afterAPlanWasCarriedOutThereIsNothingMoreToDo(@ForAll("facts") TaskFacts facts,
            @ForAll("policies") ReconcilePolicy policy) {
        var plan = ReconcileDecision.decide(facts, policy);

        var after = facts;
        for (var action : plan.actions()) {
            after = carriedOut(after, action, policy);
        }

        assertThat(ReconcileDecision.decide(after, policy).actions()).as("after %s", plan.actions()).isEmpty();
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void whereAWorkerMayBeAtItOnlyItsCompletionIsWritten(@ForAll("facts") TaskFacts facts,
            @ForAll("policies") ReconcilePolicy policy) {
        if (facts.desk() instanceof AtDesk desk && desk.mayHaveLiveWorker()) {
            assertThat(ReconcileDecision.decide(facts, policy).actions())
                    .allSatisfy(action -> assertThat(action).isInstanceOf(Action.Complete.class));
        }
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void anUnknownPullRequestChangesNoTask(@ForAll("facts") TaskFacts facts,
            @ForAll("policies") ReconcilePolicy policy) {
        var unknown = new TaskFacts(facts.slug(), facts.published(), facts.desk(),
                new PullRequestLookup.Unknown("timed out"), MergeVisibility.NONE);

        assertThat(ReconcileDecision.decide(unknown, policy).actions())
                .noneSatisfy(action -> assertThat(action).isInstanceOfAny(Action.Complete.class, Action.Demote.class));
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void onlyWhatIsSavedIsRemovedAndOnlyOurOwnEntryIsPruned(@ForAll("facts") TaskFacts facts,
            @ForAll("policies") ReconcilePolicy policy) {
        for (var action : ReconcileDecision.decide(facts, policy).actions()) {
            switch (action) {
                case Action.RemoveWorktree remove -> {
                    assertThat(remove.worktree().clean() && remove.worktree().pushed()).isTrue();
                    assertThat(facts.isCompleted()).isTrue();
                    assertThat(policy.worktrees()).isEqualTo(Worktrees.REMOVED_WHEN_DONE);
                }
                case Action.Prune prune -> assertThat(facts.desk())
                        .isInstanceOfSatisfying(AtDesk.class,
                                desk -> assertThat(desk.claim()).isEqualTo(prune.claim()));
                case Action.Complete complete -> assertThat(facts.merge()).isEqualTo(MergeVisibility.REACHABLE);
                case Action.Demote _,Action.Archive _ -> assertThat(facts.desk()).isInstanceOf(AtDesk.class);
            }
        }
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void aPassThatMayRepairTheRegisterAloneDoesNothingElse(@ForAll("facts") TaskFacts facts,
            @ForAll("policies") ReconcilePolicy policy) {
        var plan = ReconcileDecision.decide(facts, policy.repairing(Repairs.REGISTER));

        assertThat(plan.actions()).allSatisfy(action -> assertThat(action).isInstanceOf(Action.Prune.class));
        assertThat(plan.skipped()).isEmpty();
        assertThat(plan.deferred()).isEmpty();
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void whatLooksDoneIsNeverDemoted(@ForAll("facts") TaskFacts facts, @ForAll("policies") ReconcilePolicy policy) {
        if (!StaleInProgress.seen(facts).isEmpty()) {
            assertThat(ReconcileDecision.decide(facts, policy).actions())
                    .noneSatisfy(action -> assertThat(action).isInstanceOf(Action.Demote.class));
        }
    }

    private static TaskFacts carriedOut(TaskFacts facts, Action action, ReconcilePolicy policy) {
        return switch (action) {
            case Action.Complete complete ->
                written(facts, policy, TaskStatus.COMPLETED, complete.completion().prNumber());
            case Action.Demote _ -> written(facts, policy, TaskStatus.READY, null);
            case Action.Prune _ -> with(facts, desk -> new AtDesk(desk.root(), desk.rootState(), new Claim.None(),
                    desk.place(), desk.run(), desk.dispatchFiles()));
            case Action.Archive _ -> with(facts, desk -> new AtDesk(desk.root(), desk.rootState(), desk.claim(),
                    desk.place(), new LastRun.None(), DispatchFiles.ABSENT));
            case Action.RemoveWorktree _ -> with(facts, desk -> new AtDesk(desk.root(), desk.rootState(), desk.claim(),
                    new WorktreePlace.Gone(), desk.run(), desk.dispatchFiles()));
        };
    }

    private static TaskFacts written(TaskFacts facts, ReconcilePolicy policy, TaskStatus status,
            @Nullable Integer number) {
        if (policy.publish() == Publish.WORKTREE && facts.desk() instanceof AtDesk) {
            return with(facts, desk -> new AtDesk(copy(status, number, NOW), LocalState.MODIFIED, desk.claim(),
                    desk.place(), desk.run(), desk.dispatchFiles()));
        }
        return new TaskFacts(facts.slug(), copy(status, number, null), facts.desk(), facts.pullRequest(),
                facts.merge(), facts.atMerge());
    }

    private static TaskFacts with(TaskFacts facts, java.util.function.UnaryOperator<AtDesk> change) {
        return facts.desk() instanceof AtDesk desk ? new TaskFacts(facts.slug(), facts.published(), change.apply(desk),
                facts.pullRequest(), facts.merge(), facts.atMerge()) : facts;
    }

    private static TaskCopy copy(TaskStatus status, @Nullable Integer number, @Nullable Instant modified) {
        var keys = new LinkedHashMap<String, String>();
        keys.put("status", status.id());
        if (status == TaskStatus.COMPLETED) {
            keys.put("pr_merged_at", "2026-03-20T10:00:00Z");
        }
        return new TaskCopy.Valid(new Task(GivenTask.SLUG, new TaskPath("tasks/fix-login.md"), "Fix", status,
                Priority.P2, null, "dave", List.of(), BranchName.ofTask(GivenTask.SLUG), number, keys, List.of(),
                false),
                modified);
    }

    @Provide
    Arbitrary<ReconcilePolicy> policies() {
        return Combinators.combine(Arbitraries.of(Publish.class), Arbitraries.of(Worktrees.class))
                .as((publish, worktrees) -> new ReconcilePolicy(NOW, new BranchName("main"), Duration.ofHours(1),
                        Duration.ofHours(24), Owners.none(), publish, worktrees));
    }

    @Provide
    Arbitrary<TaskFacts> facts() {
        return Combinators
                .combine(copies(false), desks(), pullRequests(), Arbitraries.of(MergeVisibility.class),
                        Arbitraries.of(12, 7).injectNull(0.3))
                .as((published, desk, pull, merge, number) -> new TaskFacts(GivenTask.SLUG, published, desk, pull,
                        pull instanceof PullRequestLookup.Found(var pr) && pr.state() == PullRequest.State.MERGED
                                ? merge
                                : MergeVisibility.NONE,
                        atMerge(merge, number)));
    }

    private static AtMerge atMerge(MergeVisibility merge, @Nullable Integer number) {
        return merge == MergeVisibility.REACHABLE ? new AtMerge.Stated(copy(TaskStatus.READY, number, null))
                : new AtMerge.Unknown();
    }

    private static Arbitrary<TaskCopy> copies(boolean onDisk) {
        var times = Arbitraries.of(NOW.minusSeconds(60), NOW.minus(Duration.ofDays(3))).injectNull(onDisk ? 0 : 1);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(1, Arbitraries.just((TaskCopy) new TaskCopy.Absent())),
                net.jqwik.api.Tuple.of(1, Arbitraries.just((TaskCopy) new TaskCopy.Faulty(List.of(FAULT)))),
                net.jqwik.api.Tuple.of(8, Combinators
                        .combine(Arbitraries.of(TaskStatus.class), Arbitraries.of(12, 7).injectNull(0.6), times)
                        .as(ReconcileDecisionPropertyTest::copy)));
    }

    static Arbitrary<DeskFacts> desks() {
        return Combinators
                .combine(copies(true), Arbitraries.of(LocalState.class), claims(), places(), runs(),
                        Arbitraries.of(DispatchFiles.class))
                .as((root, state, claim, place, run, files) -> (DeskFacts) new AtDesk(root, state, claim, place, run,
                        files))
                .injectNull(0.1)
                .map(desk -> desk == null ? new DeskFacts.NoDesk() : desk);
    }

    private static Arbitrary<Claim> claims() {
        return Arbitraries.of(new Claim.None(), new Claim.Held(new OwnerKey("dave"), ENTRY),
                new Claim.HeldByAnother(new OwnerKey("erin"), ENTRY), new Claim.Unreadable("newer"));
    }

    private static Arbitrary<WorktreePlace> places() {
        var there = Combinators
                .combine(Arbitraries.of(true, false), Arbitraries.of(true, false),
                        Arbitraries.of(NOW.minusSeconds(60), NOW.minus(Duration.ofDays(3))), copies(true))
                .as((clean, pushed, active, copy) -> (WorktreePlace) new WorktreePlace.There(
                        new Worktree(GivenTask.WORKTREE, new BranchName("task/fix-login"), GivenTask.HEAD, clean,
                                pushed, clean ? 0 : 3, active, -1),
                        copy));
        return Arbitraries.oneOf(there, there, Arbitraries.just(new WorktreePlace.Gone()),
                Arbitraries.just(new WorktreePlace.Unreadable("git said no")));
    }

    private static Arbitrary<LastRun> runs() {
        return Arbitraries.of(new LastRun.None(), new LastRun.Unreadable("not JSON"),
                new LastRun.Known(new Run("r1", "running", true, null, null, null, NOW, null, null, null)),
                new LastRun.Known(new Run("r1", "running", false, null, null, null, NOW, null, null, null)),
                new LastRun.Known(new Run("r1", "exited", false, 0, null, null, NOW, null, null, null)));
    }

    static Arbitrary<PullRequestLookup> pullRequests() {
        var found = Combinators.combine(Arbitraries.of(PullRequest.State.class), Arbitraries.of("main", "release"))
                .as((state, base) -> {
                    boolean merged = state == PullRequest.State.MERGED;
                    return (PullRequestLookup) new PullRequestLookup.Found(new PullRequest(12, "Fix", "", "rj", state,
                            "task/fix-login", GivenTask.HEAD, false, base, merged ? NOW.minusSeconds(7200) : null,
                            merged ? GivenTask.MERGE : null, "https://github.com/acme/shop/pull/12"));
                });
        return Arbitraries.oneOf(found, found, Arbitraries.just(new PullRequestLookup.None()),
                Arbitraries.just(new PullRequestLookup.Unknown("timed out")));
    }
}
