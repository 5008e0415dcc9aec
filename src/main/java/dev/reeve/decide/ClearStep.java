package dev.reeve.decide;

import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.DeskFacts.DispatchFiles;
import dev.reeve.model.DeskFacts.LastRun;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.Worktree;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Step 4: what a task that is over has left behind is put away, dispatch files into the archive, its worktree when it has served its time. */
final class ClearStep {

    private ClearStep() {}

    static void decide(TaskFacts facts, ReconcilePolicy policy, TaskPlan.Draft draft) {
        if (facts.desk() instanceof AtDesk desk && !desk.mayHaveLiveWorker()) {
            archive(facts, desk, draft);
            worktree(facts, desk, policy, draft);
        }
    }

    private static void archive(TaskFacts facts, AtDesk desk, TaskPlan.Draft draft) {
        if (desk.dispatchFiles() == DispatchFiles.PRESENT) {
            boolean unclaimed = desk.claim() instanceof Claim.None || draft.has(Action.Prune.class);
            if (ReconcileDecision.isOrBecomesCompleted(facts, draft)) {
                draft.act(new Action.Archive(facts.slug(), "dispatch files of a completed task"));
            } else if (unclaimed && isFinished(desk.run())) {
                draft.act(
                        new Action.Archive(facts.slug(), "dispatch files of a finished run without a register entry"));
            }
        }
    }

    /** A run that says it is running but isn't alive is no finished run: its tombstone is still wanted. */
    private static boolean isFinished(LastRun last) {
        return last instanceof LastRun.Known(var run) && (run.exitCode() != null || run.outcome() != null);
    }

    private static void worktree(TaskFacts facts, AtDesk desk, ReconcilePolicy policy, TaskPlan.Draft draft) {
        if (desk.place() instanceof WorktreePlace.There(var worktree, var _)) {
            completedAt(facts, policy).filter(at -> isPast(at, policy))
                    .ifPresent(_ -> remove(facts, worktree, policy, draft));
        }
    }

    private static boolean isPast(Instant completedAt, ReconcilePolicy policy) {
        return Duration.between(completedAt, policy.now()).compareTo(policy.retention()) >= 0;
    }

    /** When the task was completed: the merge's time if the file has it, else the end of the day that it names. */
    private static Optional<Instant> completedAt(TaskFacts facts, ReconcilePolicy policy) {
        var landed = ReconcileDecision.landed(facts, policy).flatMap(pr -> Optional.ofNullable(pr.mergedAt()));
        if (!facts.isCompleted()) {
            return Optional.empty();
        }
        return landed.or(() -> stated(facts.root())).or(() -> stated(facts.published()));
    }

    private static Optional<Instant> stated(TaskCopy copy) {
        return copy.asTask()
                .flatMap(task -> parse(task.frontmatter().get("pr_merged_at"))
                        .or(() -> parse(task.frontmatter().get("completed_at"))));
    }

    private static Optional<Instant> parse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(text.contains("T") ? Instant.parse(text)
                    : LocalDate.parse(text).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static void remove(TaskFacts facts, Worktree worktree, ReconcilePolicy policy, TaskPlan.Draft draft) {
        var unsaved = PruneStep.unsaved(worktree);
        if (unsaved.isPresent() || policy.worktrees() == ReconcilePolicy.Worktrees.LEFT_ALONE) {
            var size = worktree.bytes() < 0 ? "" : " (" + Sizes.inWords(worktree.bytes()) + ")";
            draft.signal(
                    Signal.of(SignalKind.ORPHANED_WORKTREE, facts.slug(), "the task is completed and " + worktree.path()
                            + size + " is still there: " + unsaved.orElse("its operator's next reconcile removes it")));
        } else {
            draft.act(new Action.RemoveWorktree(facts.slug(), worktree.path(),
                    "completed more than " + Durations.inWords(policy.retention()) + " ago, clean and pushed"));
        }
    }
}
