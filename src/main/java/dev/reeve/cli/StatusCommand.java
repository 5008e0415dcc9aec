package dev.reeve.cli;

import dev.reeve.app.LocalTasks;
import dev.reeve.app.Machine;
import dev.reeve.model.OwnerKey;
import dev.reeve.store.SnapshotReading;
import dev.reeve.store.Snapshots;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Shows what the last heartbeat saw. */
@Command(name = "status", description = "Show what the last heartbeat saw: what needs a person, what is going on, what could be begun.", footer = {
        "", "It reads the snapshot and looks at nothing else: reeve heartbeat --once looks anew.",
        "Exit codes: 0 done, 1 there is no snapshot that can be read, 2 wrong usage or configuration."})
final class StatusCommand implements Callable<Integer> {

    private final Reeve reeve;

    @Mixin
    private Workplace.OwnerOption owner = new Workplace.OwnerOption();

    @Mixin
    private OutputFormat format = new OutputFormat();

    StatusCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var work = owner.workplace(reeve);
        var whose = work.agent().owner();
        var snapshots = LocalTasks.snapshots(work.checkout().root());
        var head = switch (snapshots.head(whose)) {
            case SnapshotReading.Known(var known) -> known;
            case SnapshotReading.None(),SnapshotReading.Foreign() -> throw none(whose, snapshots);
            case SnapshotReading.Corrupt(var signal) ->
                throw Refusal.failed(signal, "The next heartbeat makes a new one: reeve heartbeat --once");
            case SnapshotReading.Untouchable(var signal) -> throw Refusal.failed(signal, "");
        };
        print(StatusView.of(head, snapshots.first(whose, StatusView.LISTED, StatusView.SHOWN)));
        return Exit.DONE.code();
    }

    private static Refusal none(OwnerKey whose, Snapshots snapshots) throws IOException {
        var others = snapshots.owners()
                .stream()
                .filter(other -> !other.equals(whose))
                .map(OwnerKey::value)
                .collect(Collectors.joining(", "));
        return Refusal.failed("no heartbeat of " + whose + " has been here yet; begin with: reeve heartbeat --once"
                + (others.isEmpty() ? "" : "\nThere is a snapshot of " + others + ": use --owner"));
    }

    private void print(StatusView view) throws IOException {
        var now = Machine.real().clock().instant();
        switch (format.kind()) {
            case TEXT -> new StatusText(reeve.console(), now).print(view);
            case JSON -> OutputFormat.print(reeve.console().out(), json -> StatusJson.write(json, view, now));
        }
    }
}
