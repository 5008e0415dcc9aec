package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;

import java.util.List;

/** What a task's file says wrongly about itself: its faults, and an owner in nobody's queue. */
final class TaskFileSignals {

    private TaskFileSignals() {}

    static List<Signal> of(BeatFacts facts, HeartbeatPolicy policy) {
        return switch (facts.task()) {
            case CatalogEntry.Faulty(var slug, var _, var faults) ->
                faults.stream().map(fault -> Signal.of(fault, slug)).toList();
            case CatalogEntry.Valid(var task) -> !task.status().isFinal()
                    && Whose.of(facts, policy) instanceof Whose.Nobodys(var reason)
                            ? List.of(Signal.of(
                                    new Fault(SignalKind.UNROUTABLE_OWNER, Place.of(task.path().value()), reason),
                                    task.slug()))
                            : List.of();
            case CatalogEntry.Missing _ -> List.of();
        };
    }
}
