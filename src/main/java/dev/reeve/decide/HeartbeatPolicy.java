package dev.reeve.decide;

import dev.reeve.model.OwnerKey;
import dev.reeve.model.Pass;
import dev.reeve.model.TaskSummary;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What a heartbeat goes by. Time stands still within it.
 *
 * @param owner whose queue is looked at
 * @param reconcile what its reconciling and its advisory passes go by; {@code now}, the owners and {@code idle} are in there
 * @param pickupOverdue after how long a task that could be dispatched is overdue
 * @param stall after how long without output a worker counts as stalled
 * @param limits what keeps workers from being started
 * @param off passes that are left out
 */
public record HeartbeatPolicy(OwnerKey owner, ReconcilePolicy reconcile, Duration pickupOverdue, Duration stall,
        Limits limits, Set<Pass> off) {

    /**
     * What keeps workers from being started.
     *
     * @param retryCooldown how long after a failed run
     * @param maxAttempts runs of a task, until an operator or new commits reset the count
     * @param maxWorkers workers at once
     * @param maxInReview open pull requests of this queue
     * @param maxPerCycle workers that one heartbeat starts
     */
    public record Limits(Duration retryCooldown, int maxAttempts, int maxWorkers, int maxInReview,
            int maxPerCycle) {}

    /** The same at another time. */
    public HeartbeatPolicy at(Instant time) {
        return new HeartbeatPolicy(owner, reconcile.at(time), pickupOverdue, stall, limits, off);
    }

    /** The same for a heartbeat that may change only this. */
    public HeartbeatPolicy repairing(ReconcilePolicy.Repairs only) {
        return new HeartbeatPolicy(owner, reconcile.repairing(only), pickupOverdue, stall, limits, off);
    }

    /** Whether a task is of interest here: in this queue, or in nobody's. */
    public boolean concerns(TaskSummary task) {
        return !(Whose.of(task, this) instanceof Whose.Anothers);
    }

    /** When the heartbeat began. */
    public Instant now() {
        return reconcile.now();
    }
}
