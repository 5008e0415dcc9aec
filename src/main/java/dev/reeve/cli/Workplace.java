package dev.reeve.cli;

import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.GitIdentity;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Checkout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where and for whom a command works: registers and worktrees are the main checkout's, so it is that one, wherever among its worktrees the
 * command was started.
 */
record Workplace(Checkout checkout, TeamConfiguration team, AgentConfiguration agent) {

    /** The option that says for whom. */
    static final class OwnerOption {

        @Option(names = "--owner", paramLabel = "OWNER", description = "Whose queue and register; else TASK_MANAGER_OWNER, reeve.owner or the e-mail in git's configuration.")
        private @Nullable String owner;

        /** The workplace around the folder that the command was started in. */
        Workplace workplace(Reeve reeve) throws IOException {
            var checkout = mainCheckout(reeve);
            var team = Whereabouts.at(checkout.root()).team();
            return new Workplace(checkout, team, agent(reeve, checkout, team, owner));
        }
    }

    /**
     * What whoever works there was told; wrong usage when it isn't known who they are.
     *
     * @param owner what {@code --owner} says; null when it wasn't given
     */
    static AgentConfiguration agent(Reeve reeve, Checkout checkout, TeamConfiguration team, @Nullable String owner) {
        var flags = new HashMap<String, List<String>>();
        if (owner != null) {
            flags.put("--owner", List.of(owner));
        }
        var inputs = new Inputs(Map.copyOf(flags), reeve.console().environment(), reeve.directory(), Optional.empty());
        var git = new GitIdentity(checkout.config("reeve.owner"), checkout.userEmail());
        return switch (AgentConfiguration.read(inputs, git, team)) {
            case Configured.Valid<AgentConfiguration>(var agent, var _, var _) -> agent;
            case Configured.Faulty<AgentConfiguration>(var faults, var _, var _) ->
                throw Refusal.usage(faults.getFirst().toString());
        };
    }

    /** The option that says from when on work in progress counts as left. */
    static final class IdleOption {

        @Option(names = "--idle-seconds", paramLabel = "N", description = "After how many seconds without a sign of work a task in progress counts as left; else heartbeat.idle (1h).")
        private @Nullable Long idleSeconds;

        Optional<Duration> idle() {
            if (idleSeconds != null && idleSeconds < 0) {
                throw Refusal.usage("--idle-seconds must not be negative");
            }
            return Optional.ofNullable(idleSeconds).map(Duration::ofSeconds);
        }
    }

    /** The main checkout of the repository that the command was started in. */
    static Checkout mainCheckout(Reeve reeve) throws IOException {
        return Whereabouts.around(reeve.directory()).mainCheckout();
    }
}
