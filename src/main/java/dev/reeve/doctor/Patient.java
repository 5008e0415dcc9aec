package dev.reeve.doctor;

import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.GitIdentity;
import dev.reeve.config.ConfigurationFault;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.Source;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Checkout;
import dev.reeve.model.Owners;
import dev.reeve.model.Place;
import dev.reeve.model.TasksRoot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A repository that is examined, with what is configured for it.
 *
 * @param checkout the main one
 */
public record Patient(Checkout checkout, Configured<TeamConfiguration> team, Configured<AgentConfiguration> agent) {

    private static final int LONGEST = 1 << 20;

    /** The repository of a checkout. */
    public static Patient of(Checkout checkout, Inputs inputs) throws IOException {
        var team = readTeam(checkout.root().resolve(TeamConfiguration.FILE));
        var git = new GitIdentity(checkout.config("reeve.owner"), checkout.userEmail());
        return new Patient(checkout, team, AgentConfiguration.read(inputs, git, said(team)));
    }

    private static Configured<TeamConfiguration> readTeam(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return TeamConfiguration.read(TeamConfiguration.FILE, new byte[0]);
        }
        if (!Files.isRegularFile(file)) {
            var here = new Source.InFile(Place.of(TeamConfiguration.FILE));
            return new Configured.Faulty<>(
                    List.of(new ConfigurationFault(here, "", "is not a file: put one in its place")),
                    List.of(), List.of());
        }
        try (var in = Files.newInputStream(file)) {
            return TeamConfiguration.read(TeamConfiguration.FILE, in.readNBytes(LONGEST));
        }
    }

    /** What the team says; the defaults where that is wrong. */
    TeamConfiguration said() {
        return said(team);
    }

    private static TeamConfiguration said(Configured<TeamConfiguration> team) {
        return valid(team).orElseGet(TeamConfiguration::builtIn);
    }

    /** What holds for commands in this checkout, if nothing is wrong with it. */
    Optional<AgentConfiguration> asked() {
        return valid(agent);
    }

    private static <T> Optional<T> valid(Configured<T> read) {
        return switch (read) {
            case Configured.Valid<T>(var value, var _, var _) -> Optional.of(value);
            case Configured.Faulty<T> _ -> Optional.empty();
        };
    }

    TasksRoot tasks() {
        return new TasksRoot(said().tasks());
    }

    Owners owners() {
        return asked().map(AgentConfiguration::owners).orElseGet(() -> said().owners());
    }

    Path root() {
        return checkout.root();
    }
}
