package dev.reeve.app;

import java.util.List;
import java.util.Optional;

/**
 * What the server does by itself, at its start and regularly: it finds out where the App is installed, reads GitHub's log of deliveries, and has
 * repositories swept. The work itself is the queue's; here it is only asked for. Each has a thread of its own, as reading the log may take minutes.
 *
 * <p><b>Threading.</b> For any thread.
 */
record Rounds(List<Round> rounds) implements AutoCloseable {

    Rounds {
        rounds = List.copyOf(rounds);
    }

    Rounds start() {
        rounds.forEach(Round::start);
        return this;
    }

    /** Looks at the clock now; for when it was set, which a sleeping thread doesn't notice. */
    void wake() {
        rounds.forEach(Round::wake);
    }

    /** Whether all have done what was due when they were last woken. */
    boolean isQuiet() {
        return rounds.stream().allMatch(Round::isQuiet);
    }

    /** What is not done any more; nothing when all is well. */
    Optional<String> dead() {
        return rounds.stream().filter(round -> !round.isAlive()).map(round -> round.name() + " has ended").findFirst();
    }

    @Override
    public void close() {
        rounds.forEach(Round::close);
    }
}
