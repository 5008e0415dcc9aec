package dev.reeve.store;

import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;

import java.util.List;
import java.util.Map;

/** A register as a reader finds it. */
public sealed interface Register {

    /** Its entries by slug in the file's order; none when it can't be read. Unmodifiable. */
    Map<Slug, RegisterEntry> entries();

    /** What an operator should know of the file. */
    List<Signal> signals();

    /** It was read; parts of it may be unreadable, which {@code signals} says. No file is an empty register. */
    record Loaded(Map<Slug, RegisterEntry> entries, List<Signal> signals) implements Register {}

    /** The file is no register. The next update sets it aside and begins an empty one; nothing is known of its entries. */
    record Corrupt(Signal signal) implements Register {
        @Override
        public Map<Slug, RegisterEntry> entries() {
            return Map.of();
        }

        @Override
        public List<Signal> signals() {
            return List.of(signal);
        }
    }

    /** The file is not for this Reeve to touch (a newer schema, a link): whether a task has an entry is <i>unknown</i>. */
    record Untouchable(Signal signal) implements Register {
        @Override
        public Map<Slug, RegisterEntry> entries() {
            return Map.of();
        }

        @Override
        public List<Signal> signals() {
            return List.of(signal);
        }
    }
}
