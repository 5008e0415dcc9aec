package dev.reeve.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/** Prints what makes a shell complete Reeve's commands. */
@Command(name = "completion", description = "Print a completion script for bash and zsh.", footer = {"",
        "bash:  source <(reeve completion)",
        "zsh:   autoload -U +X bashcompinit && bashcompinit; source <(reeve completion)"})
final class CompletionCommand implements Callable<Integer> {

    private final Reeve reeve;

    CompletionCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() {
        reeve.console().out().print(AutoComplete.bash("reeve", Commands.complete(new Reeve(reeve.console()))));
        return Exit.DONE.code();
    }
}
