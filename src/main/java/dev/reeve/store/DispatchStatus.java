package dev.reeve.store;

import dev.reeve.model.Fault;
import dev.reeve.model.Run;

/** What a task's dispatch status file says. */
public sealed interface DispatchStatus {

    /** There is no such file: no run is known. */
    record None() implements DispatchStatus {}

    /** The last run. */
    record Known(Run run) implements DispatchStatus {}

    /** The file is there and says nothing that could be read; whether a worker runs is unknown. */
    record Corrupt(Fault fault) implements DispatchStatus {}

    /** There is a link or a folder instead of the file; it is left as it is, and whether a worker runs is unknown. */
    record Untouchable(Fault fault) implements DispatchStatus {}
}
