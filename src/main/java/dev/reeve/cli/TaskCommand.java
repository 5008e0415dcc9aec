package dev.reeve.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about task files. */
@Command(name = "task", description = "List, show, make, check and edit tasks.")
final class TaskCommand extends Group {

    static CommandLine line(Reeve reeve) {
        return new CommandLine(new TaskCommand()).addSubcommand(new TaskListCommand(reeve))
                .addSubcommand(new TaskShowCommand(reeve))
                .addSubcommand(new TaskNewCommand(reeve))
                .addSubcommand(new TaskCheckCommand(reeve))
                .addSubcommand(new TaskSetCommand(reeve));
    }
}
