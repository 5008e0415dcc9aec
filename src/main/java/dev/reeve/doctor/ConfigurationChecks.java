package dev.reeve.doctor;

import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.ConfigurationFault;
import dev.reeve.config.Configured;
import dev.reeve.config.Source;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.model.Owners;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.stream.Stream;

/** What is configured: by the team, and for whoever works here. */
record ConfigurationChecks(Patient patient) {

    private static final String CONFIGURATION = "configuration";
    private static final String OWNER = "owner";

    List<Finding> findings() {
        return Check.all(List.of(new Check(CONFIGURATION, this::team), new Check(OWNER, this::agent)));
    }

    private List<Finding> team() {
        boolean there = Files.exists(patient.root().resolve(TeamConfiguration.FILE), LinkOption.NOFOLLOW_LINKS);
        var fine = there ? Finding.ok(CONFIGURATION, TeamConfiguration.FILE + " is valid")
                : Finding.info(CONFIGURATION, "there is no " + TeamConfiguration.FILE + ": the defaults hold",
                        "reeve init makes one");
        return findings(CONFIGURATION, patient.team(), fine);
    }

    private List<Finding> agent() {
        return findings(OWNER, patient.agent(),
                patient.asked().map(this::owner).orElseGet(() -> Finding.info(OWNER, "isn't known")));
    }

    static List<Finding> findings(String check, Configured<?> read, Finding fine) {
        var warnings = read.warnings()
                .stream()
                .map(w -> Finding.warning(check, w.toString(), "see docs/configuration.md"));
        return switch (read) {
            case Configured.Valid<?> _ -> Stream.concat(Stream.of(fine), warnings).toList();
            case Configured.Faulty<?>(var faults, var _, var _) ->
                Stream.concat(faults.stream().map(fault -> fault(check, fault)), warnings).toList();
        };
    }

    private static Finding fault(String check, ConfigurationFault fault) {
        return Finding.error(check, fault.toString(),
                "correct it there; reeve config check shows everything that is set");
    }

    private Finding owner(AgentConfiguration agent) {
        var source = patient.agent()
                .origins()
                .stream()
                .filter(origin -> origin.key().equals("owner"))
                .map(origin -> " (by " + origin.source() + ")")
                .findFirst()
                .orElse("");
        var said = "the queue here is that of " + agent.owner() + source;
        return switch (patient.said().owners().route(agent.owner().value())) {
            case Owners.Routing.Routed _ -> Finding.ok(OWNER, said);
            case Owners.Routing.Unroutable _ when ownersAreConfigured() -> Finding.warning(OWNER,
                    said + ", who is not among the owners in " + TeamConfiguration.FILE,
                    "add the name there, or as an alias of a name that is; or say who you are: git config reeve.owner NAME");
            case Owners.Routing.Unroutable _ -> Finding.info(OWNER,
                    said + "; no owners are configured, so tasks of others and of roles are in nobody's queue",
                    "name the people under owners: in " + TeamConfiguration.FILE);
        };
    }

    private boolean ownersAreConfigured() {
        return patient.team()
                .origins()
                .stream()
                .anyMatch(origin -> origin.key().equals("owners") && origin.source() instanceof Source.InFile);
    }
}
