package dev.reeve.work;

import dev.reeve.config.Configured;
import dev.reeve.config.Configured.Origin;
import dev.reeve.config.TeamConfiguration;

/** What the check run is called, which branch protection and merge queues wait for: also where the rest of the configuration can't be used. */
final class CheckName {

    static final String USUAL = "reeve";

    private CheckName() {}

    static String in(Configured<TeamConfiguration> configured) {
        return switch (configured) {
            case Configured.Valid<TeamConfiguration> valid -> valid.value().checks().name();
            case Configured.Faulty<TeamConfiguration> faulty -> faulty.origins()
                    .stream()
                    .filter(origin -> origin.key().equals("checks.name"))
                    .map(Origin::value)
                    .filter(name -> name.matches("[^\\p{Cntrl}]{1,100}"))
                    .findFirst()
                    .orElse(USUAL);
        };
    }
}
