package dev.reeve.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about configuration. */
@Command(name = "config", description = "Look at the configuration.")
final class ConfigCommand extends Group {

    static CommandLine line(Reeve reeve) {
        return new CommandLine(new ConfigCommand()).addSubcommand(new ConfigCheckCommand(reeve));
    }
}
