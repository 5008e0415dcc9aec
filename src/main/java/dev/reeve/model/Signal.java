package dev.reeve.model;

import org.jspecify.annotations.Nullable;

/**
 * Something that an operator should know.
 *
 * @param slug the task it is about; null when it is about a file that is no task, or about several tasks
 * @param place where it is, for what has a place in a file
 */
public record Signal(SignalKind kind, Severity severity, @Nullable Slug slug, String message, @Nullable Place place) {

    /** A signal of its kind's own severity about a task. */
    public static Signal of(SignalKind kind, Slug slug, String message) {
        return new Signal(kind, kind.severity(), slug, message, null);
    }

    /** The signal that a fault in a file is. */
    public static Signal of(Fault fault, @Nullable Slug slug) {
        return new Signal(fault.kind(), fault.kind().severity(), slug, fault.message(), fault.place());
    }
}
