package dev.reeve.reconcile;

import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What GitHub could not be asked is told once for a reason, however many tasks it concerns. */
final class Lookups {

    private Lookups() {}

    static List<Signal> grouped(List<Signal> signals) {
        var failed = new LinkedHashMap<String, List<Signal>>();
        var grouped = new ArrayList<Signal>();
        for (var signal : signals) {
            if (signal.kind() == SignalKind.LOOKUP_FAILED) {
                failed.computeIfAbsent(signal.message(), _ -> new ArrayList<>()).add(signal);
            } else {
                grouped.add(signal);
            }
        }
        failed.forEach((message, some) -> grouped.add(some.size() == 1 ? some.getFirst()
                : new Signal(SignalKind.LOOKUP_FAILED, SignalKind.LOOKUP_FAILED.severity(), null,
                        message + " (" + some.size() + " tasks)", null)));
        return grouped;
    }
}
