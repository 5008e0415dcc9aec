package dev.reeve.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about a server's queue. */
@Command(name = "queue", description = "Show a server's open work, have it tried again, or end what is dead.")
final class QueueCommand extends Group {

    static CommandLine line(Reeve reeve) {
        return new CommandLine(new QueueCommand()).addSubcommand(new QueueListCommand(reeve))
                .addSubcommand(new QueueShowCommand(reeve))
                .addSubcommand(new QueueReplayCommand(reeve))
                .addSubcommand(new QueueDiscardCommand(reeve));
    }
}
