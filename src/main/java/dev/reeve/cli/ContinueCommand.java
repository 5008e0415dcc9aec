package dev.reeve.cli;

import dev.reeve.decide.Start;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Starts another run where the last one ended. */
@Command(name = "continue", description = "Start a new run in the task's worktree, with what happened so far as its context.", footer = {
        "", "Exit codes: 0 it runs, 1 it was refused or could not be started, 2 wrong usage or configuration."})
final class ContinueCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = {"-m", "--message"}, paramLabel = "TEXT", description = "What the worker is to be told first.")
    private @Nullable String message;

    @Option(names = "--pending", hidden = true, description = "Only if something waits to be told to the worker.")
    private boolean pending;

    @Mixin
    private OutputFormat format = new OutputFormat();

    ContinueCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var slug = options.slug();
        if (message != null) {
            UpdateCommand.demandText(message);
        }
        var work = options.workplace(reeve);
        var by = work.agent().owner().value();
        if (message != null) {
            NamedTask.of(work, slug).demandOpen();
        }
        try (var dispatching = RunOptions.dispatching(reeve, work)) {
            if (message != null) {
                dispatching.add(slug, by, message);
            }
            var started = dispatching.start(slug, pending ? Start.FOLLOW_UP : Start.CONTINUED, by);
            int exit = Dispatched.print(reeve, format, slug, started, dispatching.limits().maxAttempts());
            if (exit != Exit.DONE.code() && message != null) {
                reeve.console().err().println("The message waits: it is told to the next worker of " + slug + ".");
            }
            return exit;
        }
    }
}
