package dev.reeve.store;

import dev.reeve.durable.AtomicFile;
import dev.reeve.durable.ConfinedFolder;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.RunEvent;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Status and tombstone of runs: written by whoever looks after a run, read by whoever comes after it.
 *
 * <p>A run writes only as long as it is the one that its register entry names; what a run before it has to say is late and changes nothing. Its end is written in this order: tombstone, history, status. The tombstone alone
 * decides: whoever finds a run that is over by its tombstone and not by its status writes the rest, as often as it takes.
 *
 * <p><b>Threading:</b> for any number of threads and processes.
 */
public final class RunFiles {

    private static final int LARGEST = 1 << 20;
    private static final String STATUS = ".status.json";
    private static final String TOMBSTONE = ".tombstone.json";

    private final StateFolder state;
    private final Path logs;
    private final Registers registers;
    private final RunHistory history;

    public RunFiles(StateFolder state, TasksRoot tasks) {
        this.state = state;
        this.logs = Path.of(tasks.path().value(), "logs");
        this.registers = new Registers(state);
        this.history = new RunHistory(state, tasks);
    }

    /** What happened in the runs of each task. */
    public RunHistory history() {
        return history;
    }

    /** What came of writing. */
    public enum Written {
        DONE,
        /** Another run has taken the task over: nothing was written. */
        LATE
    }

    /** The folder of the dispatch files, made where it is missing. */
    public Path folder() throws IOException {
        return ConfinedFolder.made(state.checkout(), logs);
    }

    /** Where a run's output goes. */
    public Path log(Slug slug) throws IOException {
        return folder().resolve("dispatch-" + slug + ".log");
    }

    /** The last run by its status; nothing where there is none, or one of an older script. */
    public Optional<RunRecord> status(Slug slug) throws IOException {
        return read(slug, STATUS);
    }

    /** Likewise by its tombstone. */
    public Optional<RunRecord> tombstone(Slug slug) throws IOException {
        return read(slug, TOMBSTONE);
    }

    private Optional<RunRecord> read(Slug slug, String rest) throws IOException {
        var folder = ConfinedFolder.existing(state.checkout(), logs);
        if (folder.isPresent()
                && FileContent.read(file(folder.get(), slug, rest), LARGEST) instanceof FileContent.Bytes content) {
            try {
                return JsonText.read(content.bytes()) instanceof Json.Obj object ? RunFields.read(slug, object)
                        : Optional.empty();
            } catch (JsonText.NotJson e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Writes how a run that is under way stands. Its tombstone can wait until {@link #tombstone(OwnerKey, RunRecord)}. */
    public Written underWay(OwnerKey owner, RunRecord run, RunEvent... events) throws IOException {
        return write(owner, run, STATUS, events);
    }

    /** Writes the last that is known of a run that is under way. */
    public Written tombstone(OwnerKey owner, RunRecord run) throws IOException {
        return write(owner, run, TOMBSTONE);
    }

    private Written write(OwnerKey owner, RunRecord run, String rest, RunEvent... events) throws IOException {
        try (var locked = state.lock()) {
            if (isLate(owner, run)) {
                return Written.LATE;
            }
            if (events.length > 0) {
                history.append(locked, run.slug(), List.of(events));
            }
            write(locked, run, rest);
            return Written.DONE;
        }
    }

    /** Reads what a start reads, and makes what it writes, without writing it. */
    public void rehearse(Slug slug) throws IOException {
        var last = status(slug);
        var _ = history.pending(slug);
        for (var owner : registers.owners()) {
            var _ = registers.read(owner);
        }
        if (last.isPresent()) {
            var _ = JsonText.write(RunFields.write(last.get()));
        }
    }

    /** Writes how a run ended. Doing it again, with what its tombstone says, completes what a crash has left. */
    public Written ended(OwnerKey owner, RunRecord run, RunEvent outcome) throws IOException {
        try (var locked = state.lock()) {
            if (isLate(owner, run)) {
                return Written.LATE;
            }
            write(locked, run, TOMBSTONE);
            if (!isTold(run)) {
                history.append(locked, run.slug(), List.of(outcome));
            }
            write(locked, run, STATUS);
            return Written.DONE;
        }
    }

    private boolean isTold(RunRecord run) throws IOException {
        return history.read(run.slug())
                .stream()
                .anyMatch(event -> event.kind() == RunEvent.Kind.OUTCOME && run.id().value().equals(event.runId()));
    }

    private boolean isLate(OwnerKey owner, RunRecord run) throws IOException {
        var entry = registers.read(owner).entries().get(run.slug());
        return Optional.ofNullable(entry)
                .map(RegisterEntry::runId)
                .filter(id -> !id.equals(run.id().value()))
                .isPresent();
    }

    private void write(StateFolder.Locked locked, RunRecord run, String rest) throws IOException {
        AtomicFile.replace(locked.held(), file(ConfinedFolder.made(state.checkout(), logs), run.slug(), rest),
                JsonText.write(RunFields.write(run)));
    }

    private static Path file(Path folder, Slug slug, String rest) {
        return folder.resolve("dispatch-" + slug + rest);
    }
}
