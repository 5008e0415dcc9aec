package dev.reeve.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about task files. */
@Command(name = "task", description = "Check and edit task files.")
final class TaskCommand extends Group {

    static CommandLine line(Reeve reeve) {
        return new CommandLine(new TaskCommand()).addSubcommand(new TaskCheckCommand(reeve))
                .addSubcommand(new TaskSetCommand(reeve));
    }
}
