package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.app.LocalTasks;
import dev.reeve.cli.Table.Cell;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Signal;
import dev.reeve.model.Text;
import dev.reeve.reconcile.SignalJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Lists what is claimed. */
@Command(name = "list", description = "List the tasks that are claimed: where, on which branch, since when, and how often it was tried.", footer = {
        "", "Exit codes: 0 done, 1 a register can't be read, 2 wrong usage or configuration."})
final class RegisterListCommand implements Callable<Integer> {

    private static final int LONGEST = 500;

    private final Reeve reeve;

    @Mixin
    private Workplace.OwnerOption owner = new Workplace.OwnerOption();

    @Option(names = "--all", description = "Those of every owner.")
    private boolean all;

    @Mixin
    private OutputFormat format = new OutputFormat();

    RegisterListCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    private record Claimed(OwnerKey owner, RegisterEntry entry) {}

    @Override
    public Integer call() throws IOException {
        var work = owner.workplace(reeve);
        var registers = LocalTasks.registers(work.checkout().root());
        var claimed = new ArrayList<Claimed>();
        var signals = new ArrayList<Signal>();
        for (var one : all ? registers.owners() : List.of(work.agent().owner())) {
            var register = registers.read(one);
            register.entries().values().forEach(entry -> claimed.add(new Claimed(one, entry)));
            signals.addAll(register.signals());
        }
        print(claimed, signals);
        return (signals.isEmpty() ? Exit.DONE : Exit.FAILED).code();
    }

    private void print(List<Claimed> claimed, List<Signal> signals) throws IOException {
        switch (format.kind()) {
            case TEXT -> {
                text(claimed, signals);
                signals.forEach(signal -> reeve.console()
                        .err()
                        .println("reeve: " + Text.plain(signal.place() + ": " + signal.message(), LONGEST)));
            }
            case JSON -> OutputFormat.print(reeve.console().out(), json -> json(json, claimed, signals));
        }
    }

    private void text(List<Claimed> claimed, List<Signal> signals) {
        var table = new Table("");
        claimed.forEach(one -> table.row(Cell.of(one.entry().slug()), Cell.of(one.owner()),
                Cell.of(shown(one.entry().branch())), Cell.of(pullRequest(one.entry())),
                Cell.of("attempt " + one.entry().attempts()), Cell.of(shown(since(one.entry()))),
                Cell.of(shown(one.entry().worktreePath()))));
        table.print(reeve.console().out());
        if (claimed.isEmpty() && signals.isEmpty()) {
            reeve.console().out().println("nothing is registered");
        }
    }

    private static String pullRequest(RegisterEntry entry) {
        return entry.prNumber() == null ? "-" : "#" + entry.prNumber();
    }

    private static @Nullable Instant since(RegisterEntry entry) {
        return entry.startedAt() != null ? entry.startedAt() : entry.registeredAt();
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static void json(JsonGenerator json, List<Claimed> claimed, List<Signal> signals) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("entries");
        for (var one : claimed) {
            json.writeStartObject();
            json(json, one);
            json.writeEndObject();
        }
        json.writeEndArray();
        SignalJson.array(json, "signals", signals);
        json.writeEndObject();
    }

    private static void json(JsonGenerator json, Claimed one) throws IOException {
        var entry = one.entry();
        json.writeStringField("slug", entry.slug().value());
        json.writeStringField("owner", one.owner().value());
        OutputFormat.optional(json, "branch", entry.branch());
        OutputFormat.optional(json, "worktree_path", entry.worktreePath());
        OutputFormat.optional(json, "since", since(entry));
        json.writeNumberField("attempts", entry.attempts());
        OutputFormat.optional(json, "run_id", entry.runId());
        if (entry.prNumber() != null) {
            json.writeNumberField("pr_number", entry.prNumber());
        }
    }
}
