package dev.reeve.cli;

import dev.reeve.dispatch.Stopping.Stopped;
import dev.reeve.store.RunRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Ends a worker. */
@Command(name = "stop", description = "End a task's worker and everything that it started. The attempt isn't counted.", footer = {
        "", "Exit codes: 0 nothing of it runs any more, 1 it still runs, 2 wrong usage or configuration."})
final class StopCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Reeve reeve;

    @Mixin
    private RunOptions options = new RunOptions();

    StopCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var slug = options.slug();
        var work = options.workplace(reeve);
        NamedTask.of(work, slug).demandKnown();
        try (var dispatching = RunOptions.dispatching(reeve, work)) {
            return switch (dispatching.stop(slug, work.agent().owner().value(), PATIENCE)) {
                case Stopped.Ended(var run) -> {
                    reeve.console().out().println("stopped    " + slug + "  run " + run.id() + ": " + how(run));
                    yield Exit.DONE.code();
                }
                case Stopped.NothingRuns() -> {
                    reeve.console().out().println("no worker is at " + slug);
                    yield Exit.DONE.code();
                }
                case Stopped.StillRuns(var run) -> throw Refusal.failed("run " + run.id() + " of " + slug
                        + " has not ended within " + PATIENCE.toSeconds() + " s; its runner is process "
                        + run.runner().pid());
            };
        }
    }

    private static String how(RunRecord run) {
        return run.ending().map(RunRecord.Ending::reason).map(Dispatched::plain).orElse("it has ended");
    }
}
