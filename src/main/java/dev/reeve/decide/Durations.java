package dev.reeve.decide;

import java.time.Duration;

/** Lengths of time as people say them. */
public final class Durations {

    private Durations() {}

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
