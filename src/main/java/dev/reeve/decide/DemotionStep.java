package dev.reeve.decide;

import dev.reeve.model.DeskFacts;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Step 2: a task in progress that nobody works on goes back to {@code ready}, unless its work looks done.
 *
 * <p>Only where the operator works is it known that nobody does, so without a desk nothing is demoted; nor is anything while the
 * state of its pull request is unknown. A task that somebody just set to {@code in_progress} by hand has no worktree yet: its
 * file's own change counts as a sign of work.
 */
final class DemotionStep {

    private DemotionStep() {}

    static void decide(TaskFacts facts, ReconcilePolicy policy, TaskPlan.Draft draft) {
        if (facts.desk() instanceof DeskFacts.AtDesk desk && StaleInProgress.isInProgress(desk.root())
                && agrees(facts.published())
                && !draft.has(Action.Complete.class) && !desk.mayHaveLiveWorker() && hasNoPullRequest(facts)) {
            idleReason(desk, policy).ifPresent(reason -> left(facts, policy, reason, draft));
        }
    }

    /** What looks done would be started again from the beginning if it went back, so it is told instead. */
    private static void left(TaskFacts facts, ReconcilePolicy policy, String reason, TaskPlan.Draft draft) {
        var seen = StaleInProgress.seen(facts);
        if (seen.isEmpty()) {
            demote(facts, policy, reason, draft);
        } else {
            draft.signal(StaleInProgress.signal(facts.slug(), seen));
        }
    }

    /** On the default branch it must be in progress too, unless it isn't there yet. */
    private static boolean agrees(TaskCopy published) {
        return published instanceof TaskCopy.Absent || StaleInProgress.isInProgress(published);
    }

    private static boolean hasNoPullRequest(TaskFacts facts) {
        return switch (facts.pullRequest()) {
            case PullRequestLookup.None() -> true;
            case PullRequestLookup.Unknown _ -> false;
            case PullRequestLookup.Found(var pr) -> pr.state() == PullRequest.State.CLOSED;
        };
    }

    static Optional<String> idleReason(DeskFacts.AtDesk desk, ReconcilePolicy policy) {
        return switch (desk.place()) {
            case DeskFacts.WorktreePlace.Unreadable _ -> Optional.empty();
            case DeskFacts.WorktreePlace.Gone() -> idleSince(policy, modified(desk.root()))
                    .map(idle -> "no worktree and no change for " + idle);
            case DeskFacts.WorktreePlace.There(var worktree, var copy) -> {
                var signs = Stream.of(modified(desk.root()), modified(copy),
                        Stream.ofNullable(worktree.lastActivity()));
                yield idleSince(policy, signs.flatMap(sign -> sign))
                        .map(idle -> "no commit or change in its worktree for " + idle);
            }
        };
    }

    private static Stream<Instant> modified(TaskCopy copy) {
        return copy instanceof TaskCopy.Valid(var _, var modified) ? Stream.ofNullable(modified) : Stream.of();
    }

    private static Optional<String> idleSince(ReconcilePolicy policy, Stream<Instant> signs) {
        var idle = Duration.between(signs.max(Instant::compareTo).orElse(Instant.EPOCH), policy.now());
        return idle.compareTo(policy.idle()) < 0 ? Optional.empty() : Optional.of(Durations.inWords(idle));
    }

    private static void demote(TaskFacts facts, ReconcilePolicy policy, String reason, TaskPlan.Draft draft) {
        var why = "in progress with no worker and no open PR, " + reason;
        switch (policy.publish()) {
            case NONE -> draft.skip(why + "; task files are written elsewhere (publish: none)");
            case WORKTREE -> {
                if (CompletionStep.hasLocalChanges(facts)) {
                    draft.skip(why + ", but the task file has local changes: commit or drop them");
                } else {
                    draft.act(new Action.Demote(facts.slug(), why));
                }
            }
            // By the time that somebody merges it, it may be untrue: nothing would take it back.
            case PULL_REQUEST -> draft.skip(why + "; by pull request only completions are written: set it to ready");
            case PUSH -> {
                if (StaleInProgress.isInProgress(facts.published())) {
                    draft.act(new Action.Demote(facts.slug(), why));
                }
            }
        }
    }
}
