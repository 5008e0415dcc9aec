package dev.reeve.cli;

import dev.reeve.setup.GitHooks.Shared;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Installs the git hooks, or brings them up to date. */
@Command(name = "install", description = "Reconcile after git pull, and after the default branch was checked out.", footer = {
        "",
        "Hooks that are there are kept and run first. All worktrees share them. No hook makes git fail or wait for long.",
        "Exit codes: 0 done or nothing to do, 1 some hook could not be installed, 2 not in a checkout."})
final class HooksInstallCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Mixin
    private HookOptions options = new HookOptions();

    @Option(names = "--shared", description = "Also where core.hooksPath leads out of this repository, to hooks that others may run too.")
    private boolean shared;

    HooksInstallCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var deeds = Premises.around(reeve)
                .install(options.launcher(), shared ? Shared.CHANGED : Shared.LEFT_ALONE, options.mode());
        return new DeedText(reeve.console()).print(deeds, options.mode()).code();
    }
}
