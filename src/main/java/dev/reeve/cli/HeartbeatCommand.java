package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.app.LocalAgent;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReportJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
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
        if (once) {
            return beatOnce(work);
        }
        if (format.kind() == OutputFormat.Kind.JSON) {
            throw Refusal.usage("--format json is for one heartbeat: add --once");
        }
        return new Beating(reeve, options, work).run(_ -> {});
    }

    private int beatOnce(Workplace work) throws IOException {
        var reconciled = options.reconcileFirst(reeve, work);
        if (format.kind() == OutputFormat.Kind.TEXT) {
            reconciled.ifPresent(report -> BeatOptions.print(reeve, report));
        }
        try (var agent = options.agent(reeve, work)) {
            return switch (agent.beat(PATIENCE_WITH_GITHUB)) {
                case LocalAgent.Cycle.Seen seen -> {
                    int exit = print(seen, reconciled);
                    agent.remember();
                    yield exit;
                }
                case LocalAgent.Cycle.Busy() ->
                    throw Refusal.failed("another heartbeat of " + work.agent().owner() + " is under way for too long");
                case LocalAgent.Cycle.Refused(var signal) -> throw Refusal.failed(signal, "");
                case LocalAgent.Cycle.CutShort() -> throw Refusal.failed("it was stopped");
            };
        }
    }

    private int print(LocalAgent.Cycle.Seen seen, Optional<ReconcileReport> reconciled) throws IOException {
        seen.beat().gitHub().notice().ifPresent(notice -> reeve.console().err().println("reeve: " + notice));
        var view = StatusView.of(seen);
        switch (format.kind()) {
            case TEXT -> {
                new StatusText(reeve.console(), seen.head().generatedAt()).print(view);
                BeatLog.pruned(seen.beat()).forEach(reeve.console().out()::println);
            }
            case JSON -> OutputFormat.print(reeve.console().out(), json -> write(json, seen, view, reconciled));
        }
        return Exit.DONE.code();
    }

    private static void write(JsonGenerator json, LocalAgent.Cycle.Seen seen, StatusView view,
            Optional<ReconcileReport> reconciled) throws IOException {
        json.writeStartObject();
        StatusJson.members(json, view, seen.head().generatedAt());
        json.writeArrayFieldStart("pruned");
        for (var entry : seen.beat().pruned().entrySet()) {
            json.writeStartObject();
            json.writeStringField("slug", entry.getKey().value());
            json.writeStringField("reason", entry.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (reconciled.isPresent()) {
            json.writeFieldName("reconciled");
            ReportJson.write(json, reconciled.get());
        }
        json.writeEndObject();
    }
}
