package dev.reeve.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about git hooks. */
@Command(name = "hooks", description = "Install and uninstall the git hooks that reconcile after a pull.")
final class HooksCommand extends Group {

    static CommandLine line(Reeve reeve) {
        return new CommandLine(new HooksCommand()).addSubcommand(new HooksInstallCommand(reeve))
                .addSubcommand(new HooksUninstallCommand(reeve))
                .addSubcommand(new HooksRunCommand(reeve));
    }
}
