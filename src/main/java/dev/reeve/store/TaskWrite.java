package dev.reeve.store;

import dev.reeve.model.Fault;

/** What became of the change of a task file. */
public sealed interface TaskWrite {

    /** The file holds the new bytes, durably. */
    record Written() implements TaskWrite {}

    /** The file holds other bytes than expected, or is gone, and was left: read it anew and decide again. */
    record Changed() implements TaskWrite {}

    /** There is something that is not written to, and it was left. */
    record Refused(Fault fault) implements TaskWrite {}
}
