package dev.reeve.dispatch;

import dev.reeve.config.TeamConfiguration.Prompt;

import java.util.ArrayList;
import java.util.List;

/** How a worker's program gets its prompt. */
final class Commands {

    private static final String PROMPT_FILE = "{prompt_file}";

    private Commands() {}

    /** The program and its arguments. */
    static List<String> of(RunOrder.Program program, RunSite site) {
        var command = new ArrayList<String>();
        for (var word : program.command()) {
            command.add(program.how() == Prompt.FILE ? word.replace(PROMPT_FILE, site.prompt().toString()) : word);
        }
        if (program.how() == Prompt.ARGUMENT) {
            command.add(program.prompt());
        }
        return command;
    }

    /** What it finds on its standard input. */
    static String input(RunOrder.Program program) {
        return switch (program.how()) {
            case STDIN -> program.prompt();
            case ARGUMENT, FILE -> "";
        };
    }
}
