package dev.reeve.store;

import dev.reeve.model.Signal;
import dev.reeve.model.SnapshotHead;

/** A snapshot as a reader finds it. */
public sealed interface SnapshotReading {

    /** There is none yet. */
    record None() implements SnapshotReading {}

    /** This is what it says of the queue. */
    record Known(SnapshotHead head) implements SnapshotReading {}

    /** There is a JSON object that states no schema, as older scripts wrote it. The next heartbeat replaces it. */
    record Foreign() implements SnapshotReading {}

    /** The file is no snapshot. The next heartbeat sets it aside. */
    record Corrupt(Signal signal) implements SnapshotReading {}

    /** The file is not for this Reeve to read or touch: of a newer schema, or a link. */
    record Untouchable(Signal signal) implements SnapshotReading {}
}
