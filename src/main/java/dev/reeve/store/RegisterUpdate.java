package dev.reeve.store;

import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;

import java.util.List;
import java.util.Map;

/** What an update of a register came to. */
public sealed interface RegisterUpdate {

    /** What an operator should know of the file; says so when it was corrupt and set aside. */
    List<Signal> signals();

    /** The file states {@code after} now, durably. */
    record Written(Map<Slug, RegisterEntry> before, Map<Slug, RegisterEntry> after, List<Signal> signals)
            implements
                RegisterUpdate {}

    /** There was nothing to change; the file was not touched. */
    record Unchanged(Map<Slug, RegisterEntry> entries, List<Signal> signals) implements RegisterUpdate {}

    /** The file is not for this Reeve to touch, and was not. */
    record Refused(Signal signal) implements RegisterUpdate {
        @Override
        public List<Signal> signals() {
            return List.of(signal);
        }
    }
}
