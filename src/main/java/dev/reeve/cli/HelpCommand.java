package dev.reeve.cli;

import dev.reeve.config.Nearest;
import dev.reeve.model.Text;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Prints the help of a command, as its {@code --help} does. */
@Command(name = "help", description = "Print the help of a command.")
final class HelpCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Parameters(paramLabel = "COMMAND", description = "The command, as in: reeve help task set.")
    private List<String> command = new ArrayList<>();

    HelpCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() {
        var line = Commands.complete(new Reeve(reeve.console()));
        for (var word : command) {
            line = below(line, word);
        }
        var ansi = reeve.console().paint() == Paint.ANSI ? Help.Ansi.ON : Help.Ansi.OFF;
        line.usage(reeve.console().out(), Help.defaultColorScheme(ansi));
        return Exit.DONE.code();
    }

    private static CommandLine below(CommandLine line, String word) {
        var found = line.getSubcommands().get(word);
        if (found == null) {
            throw Refusal.usage("there is no command " + Text.quoted(word)
                    + Nearest.to(word, line.getSubcommands().keySet())
                            .map(meant -> ": did you mean " + meant + "?")
                            .orElse(": reeve help shows all"));
        }
        return found;
    }
}
