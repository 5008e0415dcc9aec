package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.DeskFacts;

import java.util.Optional;

/** How often a task has been tried. */
final class Attempts {

    private Attempts() {}

    /** Runs that its register entry counts. */
    static int counted(BeatFacts facts) {
        return facts.desk().isPresent() && facts.desk().get().claim() instanceof DeskFacts.Claim.Held(var _, var entry)
                ? entry.attempts()
                : 0;
    }

    /** That none is left, if so. */
    static Optional<String> used(BeatFacts facts, HeartbeatPolicy policy) {
        int attempts = counted(facts);
        int most = policy.limits().maxAttempts();
        return attempts < most ? Optional.empty()
                : Optional.of(attempts + " of " + most + " attempts are used: new commits or an operator reset them");
    }
}
