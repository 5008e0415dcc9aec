package dev.reeve.work;

import dev.reeve.config.ConfigurationFault;
import dev.reeve.config.Configured;
import dev.reeve.config.Source;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.decide.CheckFacts.Remark;
import dev.reeve.model.Place;

import java.util.List;

/** What is wrong with a team's configuration, as remarks at its lines. */
final class Configuration {

    private Configuration() {}

    static List<Remark> faults(Configured<TeamConfiguration> configured) {
        return switch (configured) {
            case Configured.Valid<TeamConfiguration> _ -> List.of();
            case Configured.Faulty<TeamConfiguration> faulty -> remarks(faulty.faults());
        };
    }

    static List<Remark> remarks(List<ConfigurationFault> faults) {
        return faults.stream().map(Configuration::remark).toList();
    }

    private static Remark remark(ConfigurationFault fault) {
        var place = fault.source() instanceof Source.InFile(var at) ? at : Place.of(TeamConfiguration.FILE);
        return new Remark(place, fault.key().isEmpty() ? fault.message() : fault.key() + ": " + fault.message());
    }
}
