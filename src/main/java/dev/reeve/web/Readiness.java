package dev.reeve.web;

import dev.reeve.inbox.Inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether the server can do its work. Asked often, it looks at most once a second, because looking writes to the database.
 *
 * <p><b>Threading:</b> for any thread.
 */
public final class Readiness {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 3;

    private final Inbox inbox;
    private final Supplier<Optional<String>> work;
    private final InstantSource clock;
    private List<String> last = List.of();
    private Instant looked = Instant.EPOCH;

    /** @param runnerAlive whether work is being claimed */
    public Readiness(Inbox inbox, BooleanSupplier runnerAlive, InstantSource clock) {
        this(inbox, () -> runnerAlive.getAsBoolean() ? Optional.empty() : Optional.of("work is not being run"), clock);
    }

    /** @param work why nothing is worked on; nothing when it is */
    public Readiness(Inbox inbox, Supplier<Optional<String>> work, InstantSource clock) {
        this.inbox = inbox;
        this.work = work;
        this.clock = clock;
    }

    /** What keeps it from being ready, in plain words; nothing when it is. */
    public synchronized List<String> problems() {
        var now = clock.instant();
        if (Duration.between(looked, now).abs().compareTo(FRESH) > 0) {
            last = look();
            looked = now;
        }
        return last;
    }

    private List<String> look() {
        var problems = new ArrayList<String>();
        work.get().ifPresent(problems::add);
        try {
            var _ = inbox.probe().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException _) {
            problems.add("the database can't be written");
        }
        return List.copyOf(problems);
    }
}
