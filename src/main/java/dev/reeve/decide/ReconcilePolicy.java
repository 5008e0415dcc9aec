package dev.reeve.decide;

import dev.reeve.model.BranchName;
import dev.reeve.model.Owners;
import dev.reeve.model.Publish;

import java.time.Duration;
import java.time.Instant;

/**
 * What a reconcile pass goes by. Time stands still within a pass.
 *
 * @param now when the pass began
 * @param defaultBranch where merged work counts
 * @param idle after how long without a sign of work a task in progress counts as left
 * @param retention how long the worktree of a completed task is kept
 * @param publish where changes of task files go
 * @param worktrees whether worktrees may be removed in this pass
 * @param repairs what the pass may change at all
 */
public record ReconcilePolicy(Instant now, BranchName defaultBranch, Duration idle, Duration retention, Owners owners,
        Publish publish, Worktrees worktrees, Repairs repairs) {

    /** Whether worktrees may be removed. */
    public enum Worktrees {
        /** The pass runs for the operator whose worktrees they are. */
        REMOVED_WHEN_DONE,
        /** The pass runs for the server, which touches nobody's folders. */
        LEFT_ALONE
    }

    /** What a pass may change. */
    public enum Repairs {
        /** Task files, registers, dispatch files, and worktrees where {@link Worktrees} allows it. */
        EVERYTHING,
        /** Registers and nothing else, as in a heartbeat. */
        REGISTER,
        /** Nothing: it only looks. */
        NOTHING
    }

    /** For a pass that may change everything. */
    public ReconcilePolicy(Instant now, BranchName defaultBranch, Duration idle, Duration retention, Owners owners,
            Publish publish, Worktrees worktrees) {
        this(now, defaultBranch, idle, retention, owners, publish, worktrees, Repairs.EVERYTHING);
    }

    /** The same at another time. */
    ReconcilePolicy at(Instant time) {
        return new ReconcilePolicy(time, defaultBranch, idle, retention, owners, publish, worktrees, repairs);
    }

    /** The same for a pass that may change only this. */
    public ReconcilePolicy repairing(Repairs only) {
        return new ReconcilePolicy(now, defaultBranch, idle, retention, owners, publish, worktrees, only);
    }

    /** Whether the worktree of a completed task goes when its time is over. */
    boolean removesWorktrees() {
        return worktrees == Worktrees.REMOVED_WHEN_DONE && repairs == Repairs.EVERYTHING;
    }
}
