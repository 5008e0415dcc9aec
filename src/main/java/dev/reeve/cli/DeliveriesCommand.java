package dev.reeve.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about deliveries. */
@Command(name = "deliveries", description = "Show the webhook deliveries that a server took in, and what became of them.")
final class DeliveriesCommand extends Group {

    static CommandLine line(Reeve reeve) {
        return new CommandLine(new DeliveriesCommand()).addSubcommand(new DeliveriesListCommand(reeve))
                .addSubcommand(new DeliveriesShowCommand(reeve));
    }
}
