package dev.reeve.reconcile;

import dev.reeve.config.ConfigurationFault;

import java.util.List;
import java.util.stream.Collectors;

/** The repository's {@code .reeve.yml} can't be used, so nothing is done in it until it is mended. */
public final class Misconfigured extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigurationFault> faults;

    Misconfigured(List<ConfigurationFault> faults) {
        super(faults.stream().map(ConfigurationFault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** Everything that is wrong with it. */
    public List<ConfigurationFault> faults() {
        return faults;
    }
}
