package dev.reeve.decide;

import dev.reeve.decide.Explanation.Fact;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects facts; what isn't known is left out. */
final class FactList {

    private final Instant now;
    private final List<Fact> facts = new ArrayList<>();

    FactList(Instant now) {
        this.now = now;
    }

    void add(String name, @Nullable Object value) {
        if (value != null) {
            facts.add(new Fact(name, value.toString()));
        }
    }

    void at(String name, @Nullable Instant time) {
        if (time != null) {
            add(name, Durations.seconds(time) + " (" + Durations.ago(time, now) + ")");
        }
    }

    List<Fact> facts() {
        return List.copyOf(facts);
    }
}
