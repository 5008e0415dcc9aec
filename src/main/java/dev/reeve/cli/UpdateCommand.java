package dev.reeve.cli;

import dev.reeve.app.Dispatching;
import dev.reeve.decide.Start;
import dev.reeve.dispatch.Started;
import dev.reeve.dispatch.Stopping.Stopped;
import dev.reeve.model.FollowUp;
import dev.reeve.model.Slug;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Tells a task's worker something. */
@Command(name = "update", description = "Tell a task's worker something: when its current run ends, a new one begins with it.", footer = {
        "", "It is kept until it was delivered: reeve history SLUG shows what waits.",
        "Exit codes: 0 it is delivered or waits, 1 it was refused or could not be kept, or the run that it was to interrupt goes on, 2 wrong usage or configuration."})
final class UpdateCommand implements Callable<Integer> {

    private static final int LONGEST = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Reeve reeve;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = {"-m",
            "--message"}, required = true, paramLabel = "TEXT", description = "What the worker is to be told.")
    private String message = "";

    @Option(names = "--interrupt", description = "Don't wait for the end of the current run: stop it, and begin anew in the same worktree.")
    private boolean interrupt;

    UpdateCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    static void demandText(String text) {
        if (text.isBlank()) {
            throw Refusal.usage("-m needs a text");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw Refusal.usage("-m has more than " + LONGEST + " bytes: put it into the task's file");
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        demandText(message);
        var slug = options.slug();
        var work = options.workplace(reeve);
        var by = work.agent().owner().value();
        NamedTask.of(work, slug).demandOpen();
        try (var dispatching = RunOptions.dispatching(reeve, work)) {
            var update = dispatching.add(slug, by, message);
            var exit = interrupt ? interrupt(dispatching, slug, by) : Exit.DONE;
            tell(slug, update, dispatching.start(slug, Start.FOLLOW_UP, by), dispatching);
            return exit.code();
        }
    }

    private Exit interrupt(Dispatching dispatching, Slug slug, String by) throws IOException, InterruptedException {
        return switch (dispatching.stop(slug, by, PATIENCE)) {
            case Stopped.Ended(var run) -> {
                reeve.console().out().println("stopped    " + slug + "  run " + run.id());
                yield Exit.DONE;
            }
            case Stopped.NothingRuns() -> Exit.DONE;
            case Stopped.StillRuns(var run) -> {
                reeve.console()
                        .err()
                        .println("reeve: run " + run.id() + " of " + slug + " has not ended within "
                                + PATIENCE.toSeconds() + " s: reeve stop " + slug + " tries again");
                yield Exit.FAILED;
            }
        };
    }

    private void tell(Slug slug, FollowUp update, Started started, Dispatching dispatching) throws IOException {
        var out = reeve.console().out();
        boolean waits = dispatching.pending(slug).stream().anyMatch(one -> one.id().equals(update.id()));
        switch (started) {
            case Started.Running _ ->
                out.println(Dispatched.plain(Dispatched.line(slug, started, dispatching.limits().maxAttempts())));
            case Started.Refused(var reason) when waits -> out.println("pending    " + slug + "  " + update.id()
                    + " waits for the next run: " + Dispatched.plain(reason));
            case Started.Failed(var reason) when waits -> out.println("pending    " + slug + "  " + update.id()
                    + " waits for the next run: " + Dispatched.plain(reason));
            case Started.Refused _,Started.Failed _ -> out.println("delivered  " + slug + "  " + update.id());
        }
    }
}
