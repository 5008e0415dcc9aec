package dev.reeve.decide;

import java.time.Duration;
import java.time.Instant;

/** Which ends of usage limits are believed. They are what workers and their output say, and one of them holds up a whole queue. */
final class UsageLimit {

    /** Usage limits last hours, or a week; what names a later end is a mistake, and must not hold up a queue for good. */
    private static final Duration LONGEST = Duration.ofDays(8);

    private UsageLimit() {}

    /** Whether a limit that is said to end then still holds. */
    static boolean holds(Instant until, Instant now) {
        return until.isAfter(now) && Duration.between(now, until).compareTo(LONGEST) < 0;
    }
}
