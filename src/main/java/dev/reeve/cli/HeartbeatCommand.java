package dev.reeve.cli;

import dev.reeve.app.LocalAgent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Looks at everything and says what is true. */
@Command(name = "heartbeat", description = "Look at all tasks, workers and pull requests, say what is true, write the snapshot. It changes no task file itself.", footer = {
        "", "Exit codes: 0 done, whatever it found, 1 it could not look, 2 wrong usage or configuration."})
final class HeartbeatCommand implements Callable<Integer> {

    /** Somebody waits for it, but not for ever. */
    private static final Duration PATIENCE_WITH_GITHUB = Duration.ofSeconds(30);

    private final Reeve reeve;

    @Option(names = "--once", description = "Beat once and end; else every heartbeat.interval until it is told to stop.")
    private boolean once;

    @Mixin
    private BeatOptions options = new BeatOptions();

    @Mixin
    private OutputFormat format = new OutputFormat();

    HeartbeatCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var work = options.workplace(reeve);
        if (!once) {
            return new Beating(reeve, options, work).run(_ -> {});
        }
        options.reconcileFirst(reeve, work);
        try (var agent = options.agent(reeve, work)) {
            return switch (agent.beat(PATIENCE_WITH_GITHUB)) {
                case LocalAgent.Cycle.Seen seen -> print(seen);
                case LocalAgent.Cycle.Busy() ->
                    throw Refusal.failed("another heartbeat of " + work.agent().owner() + " is under way for too long");
            };
        }
    }

    private int print(LocalAgent.Cycle.Seen seen) throws IOException {
        seen.beat().gitHub().notice().ifPresent(notice -> reeve.console().err().println("reeve: " + notice));
        var view = StatusView.of(seen);
        switch (format.kind()) {
            case TEXT -> new StatusText(reeve.console(), seen.head().generatedAt()).print(view);
            case JSON -> OutputFormat.print(reeve.console().out(),
                    json -> StatusJson.write(json, view, seen.head().generatedAt()));
        }
        return Exit.DONE.code();
    }
}
