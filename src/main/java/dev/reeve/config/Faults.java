package dev.reeve.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong while a configuration is read, so that all of it is told at once. Not for several threads. */
final class Faults {

    private final List<ConfigurationFault> found = new ArrayList<>();

    void add(Source source, String key, String message) {
        found.add(new ConfigurationFault(source, key, message));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<ConfigurationFault> all() {
        return List.copyOf(found);
    }
}
