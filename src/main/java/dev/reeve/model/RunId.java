package dev.reeve.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Names one run of a worker and fences what it writes: whatever carries another id than the register's is late and changes nothing. */
public record RunId(String value) implements Comparable<RunId> {

    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,63}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss")
            .withZone(ZoneOffset.UTC);

    /** @throws IllegalArgumentException when it could be no part of a file's name */
    public RunId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("no run id: " + Text.quoted(value));
        }
    }

    /** One that sorts by time; {@code chance} tells runs of one second apart. */
    public static RunId of(Instant time, long chance) {
        return new RunId(TIME.format(time) + "-" + String.format("%08x", chance & 0xffffffffL));
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
