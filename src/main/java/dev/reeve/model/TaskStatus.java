package dev.reeve.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a task file may say of its task. Claimed, running or retrying are no statuses: they live in the register. */
public enum TaskStatus {
    NOT_STARTED, READY, IN_PROGRESS, BLOCKED, COMPLETED, CANCELLED;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The status that the text names exactly, or nothing. */
    public static Optional<TaskStatus> parse(String text) {
        return Arrays.stream(values()).filter(s -> s.id().equals(text)).findFirst();
    }

    /** As it is written, {@code in_progress}. */
    public String id() {
        return id;
    }

    /** True when nothing more will be done: {@code completed} or {@code cancelled}. */
    public boolean isFinal() {
        return this == COMPLETED || this == CANCELLED;
    }
}
