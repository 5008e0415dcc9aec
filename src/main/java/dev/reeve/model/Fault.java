package dev.reeve.model;

/** What is wrong with a file and where; the message says what to do about it. */
public record Fault(SignalKind kind, Place place, String message) {

    /** {@code file:line:column: kind: message}. */
    @Override
    public String toString() {
        return place + ": " + kind.id() + ": " + message;
    }
}
