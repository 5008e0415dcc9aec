package dev.reeve.recovery;

import dev.reeve.github.DeliveryLog;
import dev.reeve.github.DeliveryLog.Entry;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The log back to a time, read page by page.
 *
 * @param entries the newest first
 * @param malformed how many entries can't be understood
 * @param end why it ended there
 */
record LogReading(List<Entry> entries, int malformed, End end) {

    /** An entry may be listed later than a newer one; so long after it, or so many entries. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final int LARGEST_OVERLAP = 300;
    private static final int MOST_PAGES = 500;

    /** Why a reading ended. */
    enum End {
        /** It came to what had been read before. */
        REACHED,
        /** The log has nothing older. */
        END_OF_LOG,
        /** The log is longer than is read. */
        TOO_LONG
    }

    /** Reads from the newest entry to a little before {@code until}; null for nothing but the newest page. */
    static LogReading of(DeliveryLog log, @Nullable Instant until) {
        var entries = new ArrayList<Entry>();
        int malformed = 0;
        String cursor = null;
        for (int number = 0; number < MOST_PAGES; number++) {
            var page = log.page(cursor);
            entries.addAll(page.entries());
            malformed += page.malformed();
            if (until == null || isBefore(entries, until)) {
                return new LogReading(List.copyOf(entries), malformed, End.REACHED);
            }
            if (page.next().isEmpty()) {
                return new LogReading(List.copyOf(entries), malformed,
                        has(entries, until) ? End.REACHED : End.END_OF_LOG);
            }
            cursor = page.next().get();
        }
        return new LogReading(List.copyOf(entries), malformed, has(entries, until) ? End.REACHED : End.TOO_LONG);
    }

    private static boolean isBefore(List<Entry> entries, Instant until) {
        return (!entries.isEmpty() && entries.getLast().deliveredAt().isBefore(until.minus(OVERLAP)))
                || entries.stream().filter(entry -> !entry.deliveredAt().isAfter(until)).count() >= LARGEST_OVERLAP;
    }

    private static boolean has(List<Entry> entries, @Nullable Instant until) {
        return until == null || entries.stream().anyMatch(entry -> !entry.deliveredAt().isAfter(until));
    }
}
