package dev.reeve.model;

import java.util.List;

/**
 * What an operator has to know about one task, as one row: its signals, the most causal one first.
 *
 * @param signals at least one
 * @param remedy what the operator can do about the leading one
 */
public record Incident(Slug slug, List<Signal> signals, String remedy) {

    public Incident {
        signals = List.copyOf(signals);
        if (signals.isEmpty()) {
            throw new IllegalArgumentException("an incident without a signal");
        }
    }

    /** The signal that leads. */
    public Signal lead() {
        return signals.getFirst();
    }

    /** The severity of the gravest. */
    public Severity severity() {
        return signals.stream().map(Signal::severity).max(Severity::compareTo).orElseThrow();
    }
}
