package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.DeskFacts;

import java.util.Optional;

/** How often a task has been tried since somebody last did something about it. */
final class Attempts {

    private Attempts() {}

    /** Runs that its register entry counts; none when somebody has committed since the last. */
    static int counted(BeatFacts facts) {
        return facts.desk().isPresent() && facts.desk().get().claim() instanceof DeskFacts.Claim.Held(var _, var entry)
                && !newCommits(facts) ? entry.attempts() : 0;
    }

    /**
     * Whether its worktree has another commit checked out than when its last run ended. What the run itself committed is in that one, so somebody else was at
     * it, and the next run begins from something else than the failed ones.
     */
    static boolean newCommits(BeatFacts facts) {
        return facts.desk().isPresent()
                && facts.desk().get().run() instanceof DeskFacts.LastRun.Known(var run) && !run.alive()
                && facts.desk().get().place() instanceof DeskFacts.WorktreePlace.There(var worktree, var _)
                && run.account().head() != null && worktree.head() != null
                && !worktree.head().equals(run.account().head());
    }

    /** How many are used, for people. */
    static String words(BeatFacts facts, HeartbeatPolicy policy) {
        return counted(facts) + " of " + policy.limits().maxAttempts()
                + (newCommits(facts) ? ", counted anew: new commits since its last run" : "");
    }

    /** That none is left, if so. */
    static Optional<String> used(BeatFacts facts, HeartbeatPolicy policy) {
        int attempts = counted(facts);
        int most = policy.limits().maxAttempts();
        return attempts < most ? Optional.empty()
                : Optional.of(attempts + " of " + most + " attempts are used: new commits or an operator reset them");
    }
}
