package dev.reeve.cli;

import dev.reeve.app.CheckoutPass;
import dev.reeve.app.CheckoutPass.Fetching;
import dev.reeve.app.GitHubToken;
import dev.reeve.app.LocalTasks;
import dev.reeve.app.Machine;
import dev.reeve.decide.ReconcilePolicy.Repairs;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReconcileReport.Change;
import dev.reeve.reconcile.ReconcileReport.Mode;
import dev.reeve.reconcile.ReconcileReport.Note;
import dev.reeve.reconcile.ReportJson;
import dev.reeve.store.DispatchStatus;
import dev.reeve.store.Register;
import dev.reeve.store.RegisterUpdate;
import dev.reeve.store.Registers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Takes out of the register what is over. */
@Command(name = "prune", description = "Take entries out of the register whose work is over; say why the others stay.", footer = {
        "", "Exit codes: 0 done or nothing to do, 1 some step failed, 2 wrong usage or configuration."})
final class RegisterPruneCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Parameters(paramLabel = "SLUG", description = "The entries to look at; all when none is named.")
    private List<String> slugs = new ArrayList<>();

    @Mixin
    private Workplace.OwnerOption owner = new Workplace.OwnerOption();

    @Option(names = "--dry-run", description = "Print what would be done and do nothing.")
    private boolean dryRun;

    @Option(names = "--force", description = "Take the named entries out whatever they say, unless a worker is at them. Worktrees and branches stay.")
    private boolean force;

    @Mixin
    private OutputFormat format = new OutputFormat();

    RegisterPruneCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var work = owner.workplace(reeve);
        var named = Slugs.of(slugs);
        if (force && (named.isEmpty() || dryRun)) {
            throw Refusal.usage("--force needs the SLUGs that are meant, and no --dry-run");
        }
        var entries = entries(work);
        named.stream().filter(slug -> !entries.containsKey(slug)).findFirst().ifPresent(slug -> {
            throw Refusal.usage(notRegistered(work, slug));
        });
        if (force) {
            return drop(work, named.stream().distinct().map(entries::get).filter(Objects::nonNull).toList());
        }
        return entries.isEmpty() ? nothing() : prune(work, named.isEmpty() ? List.copyOf(entries.keySet()) : named);
    }

    private static Map<Slug, RegisterEntry> entries(Workplace work) throws IOException {
        return switch (registers(work).read(work.agent().owner())) {
            case Register.Loaded(var entries, var _) -> entries;
            case Register.Corrupt(var signal) ->
                throw Refusal.failed(signal, "The next heartbeat sets it aside: reeve heartbeat --once");
            case Register.Untouchable(var signal) -> throw Refusal.failed(signal, "");
        };
    }

    private static String notRegistered(Workplace work, Slug slug) {
        return slug + " is not in the register of " + work.agent().owner() + ": reeve register list shows what is";
    }

    private int nothing() throws IOException {
        if (format.kind() == OutputFormat.Kind.TEXT) {
            reeve.console().out().println("nothing is registered");
            return Exit.DONE.code();
        }
        return print(new ReconcileReport(dryRun ? Mode.DRY_RUN : Mode.ACT, 0, List.of(), List.of(), List.of(),
                List.of()));
    }

    private int prune(Workplace work, List<Slug> asked) throws IOException {
        var request = new CheckoutPass.Request(asked, Optional.empty(), dryRun ? Mode.DRY_RUN : Mode.ACT,
                Repairs.REGISTER, () -> GitHubToken.of(work.agent(), reeve.console().environment()), Fetching.FIRST);
        try (var pass = new CheckoutPass(work.checkout(), work.team(), work.agent(), request, Machine.real())) {
            return switch (pass.run()) {
                case CheckoutPass.Ended.Reported(var report) -> print(report);
                case CheckoutPass.Ended.UnknownTask(var slug, var _) -> throw Refusal.usage(notRegistered(work, slug));
            };
        }
    }

    private int print(ReconcileReport report) throws IOException {
        switch (format.kind()) {
            case TEXT -> new ReconcileText(reeve.console().out(), reeve.console().paint()).print(report);
            case JSON -> OutputFormat.print(reeve.console().out(), json -> ReportJson.write(json, report));
        }
        return (report.failures().isEmpty() ? Exit.DONE : Exit.FAILED).code();
    }

    /** All of them or none. */
    private int drop(Workplace work, List<RegisterEntry> entries) throws IOException {
        for (var entry : entries) {
            refuseLive(work, entry.slug());
        }
        return switch (registers(work).remove(work.agent().owner(), entries)) {
            case RegisterUpdate.Written(var _, var left, var _) -> print(dropped(entries, left.keySet()));
            case RegisterUpdate.Unchanged _ ->
                throw Refusal.failed("what was registered was claimed anew meanwhile; look again: reeve register list");
            case RegisterUpdate.Refused(var signal) -> throw Refusal.failed(signal, "");
        };
    }

    private static ReconcileReport dropped(List<RegisterEntry> entries, Set<Slug> left) {
        var changes = new ArrayList<Change>();
        var notes = new ArrayList<Note>();
        for (var entry : entries) {
            if (left.contains(entry.slug())) {
                notes.add(new Note(Note.Kind.SKIPPED, entry.slug(), "it was claimed anew meanwhile"));
            } else {
                changes.add(new Change("pruned", entry.slug(), "by force", null, null, null));
            }
        }
        return new ReconcileReport(Mode.ACT, entries.size(), changes, notes, List.of(), List.of());
    }

    private static void refuseLive(Workplace work, Slug slug) throws IOException {
        var tasks = new TasksRoot(work.team().tasks());
        var live = switch (LocalTasks.dispatch(work.checkout().root(), tasks).read(slug)) {
            case DispatchStatus.None() -> false;
            case DispatchStatus.Known(var run) -> run.alive();
            case DispatchStatus.Corrupt _,DispatchStatus.Untouchable _ -> true;
        };
        if (live) {
            throw Refusal.failed("a worker is at " + slug + ", or may be: its entry stays");
        }
    }

    private static Registers registers(Workplace work) {
        return LocalTasks.registers(work.checkout().root());
    }
}
