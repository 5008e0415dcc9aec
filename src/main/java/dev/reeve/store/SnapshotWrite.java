package dev.reeve.store;

import dev.reeve.model.Signal;

import java.util.List;

/** What writing a snapshot came to. */
public sealed interface SnapshotWrite {

    /** What an operator should know of the file that was there before. */
    List<Signal> signals();

    /** It is there, durably. */
    record Written(List<Signal> signals) implements SnapshotWrite {}

    /** The file is not for this Reeve to touch, and was not. */
    record Refused(Signal signal) implements SnapshotWrite {
        @Override
        public List<Signal> signals() {
            return List.of(signal);
        }
    }
}
