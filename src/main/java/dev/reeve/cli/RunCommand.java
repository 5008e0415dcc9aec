package dev.reeve.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Runs the agent. */
@Command(name = "run", description = "Run the agent: reconcile, then beat every heartbeat.interval; complete merged tasks as they are noticed, start workers for ready ones.", footer = {
        "",
        "One agent runs for an owner in a checkout. Stop it with Ctrl-C or SIGTERM; workers go on, and the next agent finds them.",
        "Exit codes: 0 stopped by a signal, 1 another agent runs already, 2 wrong usage or configuration."})
final class RunCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Mixin
    private BeatOptions options = new BeatOptions();

    RunCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var work = options.workplace(reeve);
        try (var dispatching = RunOptions.dispatching(reeve, work)) {
            return new Beating(reeve, options, work)
                    .run(new MergedTasks(reeve, options, work).andThen(new DispatchedTasks(reeve, dispatching)));
        }
    }
}
