package dev.reeve.cli;

import dev.reeve.decide.Start;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Starts a worker. */
@Command(name = "dispatch", description = "Start a worker for a task: read it anew, claim it, make its worktree, run the configured command there.", footer = {
        "",
        "The worker goes on by itself; reeve watch SLUG follows it, reeve stop SLUG ends it. Why one isn't started: reeve explain SLUG.",
        "Exit codes: 0 it runs, 1 it was refused or could not be started, 2 wrong usage or configuration."})
final class DispatchCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--force", description = "Even if its status, dependencies, attempts, rest or limits speak against it. A task that is over, another's, merged or being worked on stays refused.")
    private boolean force;

    @Mixin
    private OutputFormat format = new OutputFormat();

    DispatchCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var slug = options.slug();
        var work = options.workplace(reeve);
        try (var dispatching = RunOptions.dispatching(reeve, work)) {
            var started = dispatching.start(slug, force ? Start.FORCED : Start.READY, work.agent().owner().value());
            return Dispatched.print(reeve, format, slug, started, dispatching.limits().maxAttempts());
        }
    }
}
