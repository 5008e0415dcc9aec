package dev.reeve.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How urgent a task is, {@code p0} first. */
public enum Priority {
    P0, P1, P2, P3;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The priority that the text names, or nothing. */
    public static Optional<Priority> parse(String text) {
        return Arrays.stream(values()).filter(p -> p.id().equals(text)).findFirst();
    }

    /** As it is written, {@code p1}. */
    public String id() {
        return id;
    }
}
