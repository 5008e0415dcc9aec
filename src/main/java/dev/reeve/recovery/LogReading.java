package dev.reeve.recovery;

import dev.reeve.github.DeliveryLog;
import dev.reeve.github.DeliveryLog.Entry;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The log back to a time, read page by page.
 *
 * @param entries the newest first
 * @param malformed how many entries can't be understood
 * @param end why it ended there
 */
record LogReading(List<Entry> entries, int malformed, End end) {

    /** An entry may be listed so long after a newer one. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    /** Why a reading ended. */
    enum End {
        /** It came to what had been read before. */
        REACHED,
        /** The log has nothing older. */
        END_OF_LOG,
        /** The log is longer than is read. */
        TOO_LONG,
        /** Somebody else has the turn by now. */
        OVERTAKEN
    }

    /**
     * Reads from the newest entry to ten minutes before {@code until}; null for nothing but the newest page.
     *
     * @param mostPages not more than so many, even if it doesn't get as far
     * @param turn takes or keeps the turn; asked before each further page
     */
    static LogReading of(DeliveryLog log, @Nullable Instant until, int mostPages, BooleanSupplier turn) {
        var entries = new ArrayList<Entry>();
        int malformed = 0;
        String cursor = null;
        for (int number = 1;; number++) {
            var page = log.page(cursor);
            entries.addAll(page.entries());
            malformed += page.malformed();
            var end = end(page, until, number == mostPages);
            if (end == null && !turn.getAsBoolean()) {
                end = End.OVERTAKEN;
            }
            if (end != null) {
                return new LogReading(List.copyOf(entries), malformed,
                        has(entries, until) && end != End.OVERTAKEN ? End.REACHED : end);
            }
            cursor = page.next().orElse(null);
        }
    }

    /** Why a page is the last; null when it isn't. */
    private static @Nullable End end(DeliveryLog.Page page, @Nullable Instant until, boolean isLast) {
        if (until == null || page.entries().stream().anyMatch(e -> e.deliveredAt().isBefore(until.minus(OVERLAP)))) {
            return End.REACHED;
        }
        return page.next().isEmpty() ? End.END_OF_LOG : isLast ? End.TOO_LONG : null;
    }

    private static boolean has(List<Entry> entries, @Nullable Instant until) {
        return until == null || entries.stream().anyMatch(entry -> !entry.deliveredAt().isAfter(until));
    }
}
