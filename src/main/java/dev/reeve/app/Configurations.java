package dev.reeve.app;

import dev.reeve.config.ConfigurationFault;
import dev.reeve.config.Configured;

import java.util.stream.Collectors;

/** Configurations that are read while the server runs, when nobody looks at a command's output. */
final class Configurations {

    private Configurations() {}

    /** @throws IllegalArgumentException when it can't be used; the message has every reason */
    static <T> T valid(Configured<T> read) {
        return switch (read) {
            case Configured.Valid<T>(var value, _, _) -> value;
            case Configured.Faulty<T>(var faults, _, _) -> throw new IllegalArgumentException(
                    faults.stream().map(ConfigurationFault::toString).collect(Collectors.joining("; ")));
        };
    }
}
