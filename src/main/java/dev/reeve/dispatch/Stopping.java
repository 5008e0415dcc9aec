package dev.reeve.dispatch;

import dev.reeve.model.RunEvent;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.ProcessTable;
import dev.reeve.store.RunFiles;
import dev.reeve.store.RunLocks;
import dev.reeve.store.RunRecord;
import dev.reeve.store.StateFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Ends runs on an operator's word. */
public final class Stopping {

    private final RunFiles files;
    private final RunLocks locks;
    private final Aftermath aftermath;
    private final InstantSource clock;

    public Stopping(Path checkout, TasksRoot tasks, InstantSource clock) {
        var state = new StateFolder(checkout, clock);
        this.files = new RunFiles(state, tasks);
        this.locks = new RunLocks(state);
        this.aftermath = new Aftermath(checkout, tasks, clock);
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Stopped {

        /** The run is over, and recorded. */
        record Ended(RunRecord run) implements Stopped {}

        /** There was nothing to end. */
        record NothingRuns() implements Stopped {}

        /** It was told to end and has not within the time. */
        record StillRuns(RunRecord run) implements Stopped {}
    }

    /**
     * Ends the run of a task: its runner is told, which ends the whole process tree and records that.
     *
     * @param by who wants it
     * @param patience how long to wait for the end
     */
    public Stopped stop(Slug slug, String by, Duration patience) throws IOException, InterruptedException {
        var run = files.status(slug).filter(RunRecord::isUnderWay);
        if (run.isEmpty()) {
            return new Stopped.NothingRuns();
        }
        var free = locks.run(slug, Duration.ZERO);
        if (free.isPresent()) {
            free.get().close();
            aftermath.of(slug);
        } else {
            tell(run.get(), by);
            var after = locks.run(slug, patience);
            if (after.isEmpty()) {
                return new Stopped.StillRuns(run.get());
            }
            after.get().close();
        }
        return files.status(slug).<Stopped>map(Stopped.Ended::new).orElseGet(Stopped.NothingRuns::new);
    }

    private void tell(RunRecord run, String by) throws IOException {
        files.history()
                .append(run.slug(), new RunEvent(clock.instant(), RunEvent.Kind.INTERRUPT, run.id().value(),
                        Map.of("by", by)));
        if (new ProcessTable().isAlive(run.runner(), run.updatedAt())) {
            Optional<ProcessHandle> runner = ProcessHandle.of(run.runner().pid());
            runner.ifPresent(ProcessHandle::destroy);
        }
    }
}
