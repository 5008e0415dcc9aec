package dev.reeve.cli;

import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.GitIdentity;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Checkout;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whoever runs a command in a checkout. */
final class LocalAgent {

    private LocalAgent() {}

    /**
     * What they were told; wrong usage when it isn't known who they are.
     *
     * @param owner what {@code --owner} says; null when it wasn't given
     */
    static AgentConfiguration of(Reeve reeve, Checkout checkout, TeamConfiguration team, @Nullable String owner) {
        var git = new GitIdentity(checkout.config("reeve.owner"), checkout.userEmail());
        var flags = new HashMap<String, List<String>>();
        if (owner != null) {
            flags.put("--owner", List.of(owner));
        }
        var inputs = new Inputs(Map.copyOf(flags), reeve.console().environment(), reeve.directory(), Optional.empty());
        return switch (AgentConfiguration.read(inputs, git, team)) {
            case Configured.Valid<AgentConfiguration>(var agent, var _, var _) -> agent;
            case Configured.Faulty<AgentConfiguration>(var faults, var _, var _) ->
                throw Refusal.usage(faults.getFirst().toString());
        };
    }
}
