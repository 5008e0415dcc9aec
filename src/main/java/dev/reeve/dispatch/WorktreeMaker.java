package dev.reeve.dispatch;

import dev.reeve.git.Addition;
import dev.reeve.git.NewWorktree;
import dev.reeve.store.RunLocks;
import dev.reeve.store.RunRecord.Site;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/** Makes worktrees, one at a time: of several {@code git worktree add} at once git loses some. */
record WorktreeMaker(Dispatcher.Setting setting) {

    /** @param patience how long to wait for others who make one */
    Addition make(Site site, Duration patience) throws IOException {
        var held = new RunLocks(setting.state()).worktrees(patience);
        if (held.isEmpty()) {
            return new Addition.Refused("another worktree is being made for too long");
        }
        try (var _ = held.get()) {
            var checkout = setting.checkout();
            var base = checkout.remoteTip(setting.branch()).or(checkout::head);
            if (base.isEmpty()) {
                return new Addition.Refused("the repository has no commit yet that work could begin from");
            }
            Files.createDirectories(site.worktree().resolveSibling("."));
            return checkout.addWorktree(new NewWorktree(site.worktree(), site.branch(), base.get()));
        }
    }
}
