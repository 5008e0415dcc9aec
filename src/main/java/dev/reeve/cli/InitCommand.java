package dev.reeve.cli;

import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.GitIdentity;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Checkout;
import dev.reeve.git.GitFailure;
import dev.reeve.model.BranchName;
import dev.reeve.model.OwnerKey;
import dev.reeve.setup.Deed;
import dev.reeve.setup.GitHooks.Shared;
import dev.reeve.setup.Setup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Makes a repository ready for Reeve. */
@Command(name = "init", description = "Set a repository up: .reeve.yml, ignore rules, tasks folder, a section of AGENTS.md, git hooks.", footer = {
        "", "What is there is kept, and running it again changes nothing. Commit what it made.",
        "Exit codes: 0 done or nothing to do, 1 some step failed, 2 not in a checkout."})
final class InitCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Mixin
    private HookOptions options = new HookOptions();

    InitCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var place = Premises.around(reeve);
        var checkout = place.checkout();
        var setup = new Setup(checkout.root(), place.housekeeping(), place.site(options.mode()));
        var deeds = new ArrayList<Deed>(setup.files(() -> branchAtRemote(checkout), owner(checkout)));
        deeds.addAll(place.install(options.launcher(), Shared.LEFT_ALONE, options.mode()));
        return new DeedText(reeve.console()).print(deeds, options.mode()).code();
    }

    /** Where the remote can't be asked, nobody knows: the file then leaves it to be asked later. */
    private static Optional<BranchName> branchAtRemote(Checkout checkout) {
        try {
            return checkout.config("remote.origin.url").isEmpty() ? Optional.empty() : checkout.defaultBranch();
        } catch (GitFailure e) {
            return Optional.empty();
        }
    }

    private Optional<OwnerKey> owner(Checkout checkout) {
        var inputs = Inputs.of(reeve.console().environment(), reeve.directory());
        var git = new GitIdentity(checkout.config("reeve.owner"), checkout.userEmail());
        return switch (AgentConfiguration.read(inputs, git, TeamConfiguration.builtIn())) {
            case Configured.Valid<AgentConfiguration>(var agent, var _, var _) -> Optional.of(agent.owner());
            case Configured.Faulty<AgentConfiguration> _ -> Optional.empty();
        };
    }
}
