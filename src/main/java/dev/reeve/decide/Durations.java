package dev.reeve.decide;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Lengths of time as people say them. */
public final class Durations {

    private Durations() {}

    /** How long ago it was, {@code 12 min ago}; what is in the future, because a clock has jumped back, was {@code just now}. */
    public static String ago(Instant then, Instant now) {
        var length = Duration.between(then, now);
        return !length.isPositive() ? "just now" : inWords(length) + " ago";
    }

    /** The time in UTC to the second. */
    static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The two largest units, {@code 3 d 4 h}, {@code 12 min}, {@code 40 s}. */
    public static String inWords(Duration duration) {
        if (duration.toDays() > 3650) {
            return "years";
        }
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
