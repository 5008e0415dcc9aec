package dev.reeve.cli;

import dev.reeve.config.Configured;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Checkout;
import dev.reeve.git.Git;
import dev.reeve.git.Housekeeping;
import dev.reeve.model.BranchName;
import dev.reeve.setup.Deed;
import dev.reeve.setup.GitHooks;
import dev.reeve.setup.GitHooks.Shared;
import dev.reeve.setup.Site;
import dev.reeve.setup.Site.Mode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The main checkout of the repository that a command was started in, as the commands that set it up need it. */
record Premises(Checkout checkout) {

    static Premises around(Reeve reeve) throws IOException {
        return new Premises(Workplace.mainCheckout(reeve));
    }

    Housekeeping housekeeping() {
        return new Housekeeping(Git.onPath(), checkout.root());
    }

    Site site(Mode mode) {
        return new Site(checkout.commonFolder(), mode);
    }

    List<Deed> install(Optional<Path> launcher, Shared shared, Mode mode) throws IOException {
        return hooks().install(launcher, shared, site(mode));
    }

    List<Deed> uninstall(Shared shared, Mode mode) throws IOException {
        return hooks().uninstall(shared, site(mode));
    }

    private GitHooks hooks() throws IOException {
        return new GitHooks(checkout.root(), checkout.commonFolder(), housekeeping(), defaultBranch());
    }

    /** As this checkout knows it; no remote is asked, so that the same is written each time. */
    private BranchName defaultBranch() throws IOException {
        return configuredBranch().orElseGet(checkout::presumedDefaultBranch);
    }

    private Optional<BranchName> configuredBranch() throws IOException {
        return switch (Whereabouts.at(checkout.root()).readTeam()) {
            case Configured.Valid<TeamConfiguration>(var team, var _, var _) -> team.defaultBranch();
            case Configured.Faulty<TeamConfiguration> _ -> Optional.empty();
        };
    }
}
