package dev.reeve.decide;

import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.DeskFacts.DispatchFiles;
import dev.reeve.model.DeskFacts.LastRun;
import dev.reeve.model.DeskFacts.WorktreePlace;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
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

    /** The worktree, unless its entry is another owner's: then it is theirs to remove. */
    static void worktree(TaskFacts facts, ReconcilePolicy policy, TaskPlan.Draft draft) {
        if (facts.desk() instanceof AtDesk desk && !desk.mayHaveLiveWorker() && isOurs(desk.claim())
                && desk.place() instanceof WorktreePlace.There(var worktree, var _)) {
            completedAt(facts, policy).filter(at -> isPast(at, policy))
                    .ifPresent(_ -> remove(facts, worktree, policy, draft));
        }
    }

    private static boolean isOurs(Claim claim) {
        return switch (claim) {
            case Claim.None _,Claim.Held _ -> true;
            case Claim.HeldByAnother _,Claim.Unreadable _ -> false;
        };
    }

    /** The dispatch files; to be asked after the register entry was decided on. */
    static void dispatchFiles(TaskFacts facts, TaskPlan.Draft draft) {
        if (facts.desk() instanceof AtDesk desk && !desk.mayHaveLiveWorker()
                && desk.dispatchFiles() == DispatchFiles.PRESENT) {
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

    /** The time or day that a key of a completed task states. */
    static Optional<Instant> parse(@Nullable String text) {
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
        if (unsaved.isPresent() || !policy.removesWorktrees()) {
            draft.signal(
                    orphan(facts.slug(), worktree, unsaved.orElse("its operator's next reconcile removes it")));
        } else {
            draft.act(new Action.RemoveWorktree(facts.slug(), worktree, worktree.path() + ": completed more than "
                    + Durations.inWords(policy.retention()) + " ago, clean and pushed"));
        }
    }

    static Signal orphan(Slug slug, Worktree worktree, String why) {
        var size = worktree.bytes() < 0 ? "" : " (" + Sizes.inWords(worktree.bytes()) + ")";
        return Signal.of(SignalKind.ORPHANED_WORKTREE, slug,
                "the task is completed and " + worktree.path() + size + " is still there: " + why);
    }
}
