package dev.reeve.cli;

import dev.reeve.setup.GitHooks.Shared;
import dev.reeve.setup.Site.Mode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Takes the git hooks out again. */
@Command(name = "uninstall", description = "Take Reeve's part out of the git hooks; the rest is as it was, byte for byte.", footer = {
        "", "Exit codes: 0 done or nothing to do, 1 some hook could not be changed, 2 not in a checkout."})
final class HooksUninstallCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Option(names = "--dry-run", description = "Only print what would be done.")
    private boolean dryRun;

    @Option(names = "--shared", description = "Also where core.hooksPath leads out of this repository, to hooks that others may run too.")
    private boolean shared;

    HooksUninstallCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var mode = dryRun ? Mode.DRY_RUN : Mode.ACT;
        var deeds = Premises.around(reeve).uninstall(shared ? Shared.CHANGED : Shared.LEFT_ALONE, mode);
        return new DeedText(reeve.console()).print(deeds, mode).code();
    }
}
