package dev.reeve.config;

import java.util.List;

/** What a test expects of a configuration. */
final class Expect {

    private Expect() {}

    /** The configuration, which must be valid. */
    static <T> T valid(Configured<T> read) {
        return switch (read) {
            case Configured.Valid<T>(var value, _, _) -> value;
            case Configured.Faulty<T>(var faults, _, _) -> throw new AssertionError(faults);
        };
    }

    /** What is wrong with the configuration, which must not be valid. */
    static <T> List<String> faults(Configured<T> read) {
        return switch (read) {
            case Configured.Valid<T> valid -> throw new AssertionError("no fault: " + valid);
            case Configured.Faulty<T>(var faults, _, _) -> faults.stream().map(Object::toString).toList();
        };
    }
}
