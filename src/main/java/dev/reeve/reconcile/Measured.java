package dev.reeve.reconcile;

import dev.reeve.git.Checkout;
import dev.reeve.model.Worktree;

/** Worktrees with their size. */
final class Measured {

    private Measured() {}

    static Worktree of(Worktree seen) {
        return new Worktree(seen.path(), seen.branch(), seen.head(), seen.clean(), seen.pushed(), seen.ahead(),
                seen.lastActivity(),
                Checkout.bytesOnDisk(seen.path()));
    }
}
