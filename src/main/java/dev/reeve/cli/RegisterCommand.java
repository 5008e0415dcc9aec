package dev.reeve.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about the register. */
@Command(name = "register", description = "Show and prune the register of claimed tasks.")
final class RegisterCommand extends Group {

    static CommandLine line(Reeve reeve) {
        return new CommandLine(new RegisterCommand()).addSubcommand(new RegisterListCommand(reeve))
                .addSubcommand(new RegisterPruneCommand(reeve));
    }
}
