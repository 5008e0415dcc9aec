package dev.reeve.inbox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The counts of open work, asked of the database at most once a second, because a scrape reads each of them by itself.
 *
 * <p><b>Threading:</b> for any thread.
 */
final class PendingCache implements Supplier<Pending> {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Database database;
    private final InstantSource clock;
    private @Nullable Pending last;
    private Instant asked = Instant.EPOCH;

    PendingCache(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public synchronized Pending get() {
        var now = clock.instant();
        if (last == null || Duration.between(asked, now).abs().compareTo(FRESH) > 0) {
            last = database.reader().withHandle(handle -> WorkView.pending(handle, now));
            asked = now;
        }
        return last;
    }
}
