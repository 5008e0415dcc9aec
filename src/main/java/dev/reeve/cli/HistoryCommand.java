package dev.reeve.cli;

import dev.reeve.app.LocalTasks;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.RunHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Shows what happened in a task's runs. */
@Command(name = "history", description = "Show what happened in a task's runs, and what waits to be told to its worker.", footer = {
        "",
        "--format json has everything, prompts too. Exit codes: 0 done, 1 nothing is known of any run, 2 wrong usage or configuration."})
final class HistoryCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--prompts", description = "Print what workers were told in full, and not its size and first line only.")
    private boolean prompts;

    @Mixin
    private OutputFormat format = new OutputFormat();

    HistoryCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var slug = options.slug();
        var checkout = Workplace.mainCheckout(reeve);
        var team = Whereabouts.at(checkout.root()).team();
        var events = LocalTasks.history(checkout.root(), new TasksRoot(team.tasks())).read(slug);
        var pending = RunHistory.pending(events);
        switch (format.kind()) {
            case TEXT -> new HistoryText(reeve.console().out(), prompts).print(events, pending);
            case JSON -> HistoryJson.print(reeve.console().out(), slug, events, pending);
        }
        if (events.isEmpty() && format.kind() == OutputFormat.Kind.TEXT) {
            reeve.console().err().println("reeve: nothing is known of any run of " + slug);
        }
        return (events.isEmpty() ? Exit.FAILED : Exit.DONE).code();
    }
}
