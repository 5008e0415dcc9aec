package dev.reeve.config;

import java.util.List;

/** What reading a configuration gave: the configuration, or everything that is wrong with it. */
public sealed interface Configured<T> {

    /** Each value that is set or has a default, and where it comes from; secrets as {@code ***}. */
    List<Origin> origins();

    /** What works but should be looked at. */
    List<ConfigurationFault> warnings();

    /** It can be used. */
    record Valid<T>(T value, List<Origin> origins, List<ConfigurationFault> warnings) implements Configured<T> {}

    /** It can't be used; {@code faults} has every reason, never none. */
    record Faulty<T>(List<ConfigurationFault> faults, List<Origin> origins, List<ConfigurationFault> warnings)
            implements
                Configured<T> {}

    /**
     * One configured value.
     *
     * @param value as text, {@code ***} for a secret; written by others, so to be escaped like all text from outside
     */
    record Origin(String key, String value, Source source) {}
}
