package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that happened in the runs of a task: a line of its history.
 *
 * @param runId the run that it is about; null for what is about none
 * @param details its other members in the order in which they are written: {@code id} and {@code text} of a follow-up, {@code updates} (the ids that a run delivers, separated by spaces), {@code state},
 *        {@code exit_code}, {@code outcome}, {@code summary}, {@code reason}, {@code by}, …
 */
public record RunEvent(Instant at, Kind kind, @Nullable String runId, Map<String, String> details) {

    /** What happened. */
    public enum Kind {
        /** A run was ordered. */
        RUN,
        /** What its worker was told. */
        PROMPT,
        /** Its worker began; what it was told is delivered. */
        STARTED,
        /** A follow-up was taken in. */
        UPDATE,
        /** A follow-up will not be delivered any more, for a reason. */
        EXPIRED,
        /** Somebody asked for the run's end. */
        INTERRUPT,
        /** How it ended. */
        OUTCOME;

        /** As the file has it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that name; nothing for what other versions write. */
        public static Optional<Kind> parse(String id) {
            for (var kind : values()) {
                if (kind.id().equals(id)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** Makes it immutable, in its order. */
    public RunEvent {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** A detail; nothing where it has none of that name. */
    public Optional<String> detail(String name) {
        return Optional.ofNullable(details.get(name));
    }
}
