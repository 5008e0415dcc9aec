package dev.reeve.dispatch;

import dev.reeve.model.OwnerKey;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.Registers;
import dev.reeve.store.RunFiles;
import dev.reeve.store.RunLocks;
import dev.reeve.store.RunRecord;
import dev.reeve.store.RunRecord.State;
import dev.reeve.store.StateFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What a runner leaves that was killed: a worker that nobody looks after, and a status that says it runs. The worker is ended, and what can be known is written down. Doing it again, or beside somebody else who does it, does no harm.
 */
public final class Aftermath {

    private final Path checkout;
    private final InstantSource clock;
    private final RunFiles files;
    private final RunLocks locks;

    public Aftermath(Path checkout, TasksRoot tasks, InstantSource clock) {
        this.checkout = checkout;
        this.clock = clock;
        var state = new StateFolder(checkout, clock);
        this.files = new RunFiles(state, tasks);
        this.locks = new RunLocks(state);
    }

    /** Brings the task's last run in order, if nobody looks after it any more. */
    public void of(Slug slug) throws IOException, InterruptedException {
        var last = files.status(slug).filter(RunRecord::isUnderWay);
        if (last.isEmpty()) {
            return;
        }
        var held = locks.run(slug, Duration.ZERO);
        if (held.isEmpty()) {
            return;
        }
        try (var _ = held.get()) {
            var run = files.status(slug).filter(RunRecord::isUnderWay);
            if (run.isPresent()) {
                leftBehind(run.get());
            }
        }
    }

    private void leftBehind(RunRecord run) throws IOException, InterruptedException {
        new ProcessTree(run.id(), run.worker() == null ? List.of() : List.of(run.worker())).end(Duration.ZERO);
        var owner = owner(run);
        if (owner.isEmpty()) {
            return;
        }
        var told = files.tombstone(run.slug())
                .filter(stone -> stone.id().equals(run.id()) && stone.ending().isPresent());
        var last = told.orElseGet(() -> gone(run));
        files.ended(owner.get(), last, RunWords.ended(last, last.ending().orElseThrow()));
    }

    /** It ended when it was last heard of, as far as anybody knows. */
    private RunRecord gone(RunRecord run) {
        var how = new RunRecord.Ending(clock.instant(), null, null, null, null, null,
                "what looked after it was killed, and its worker was ended", null, null, null);
        return run.ended(State.WORKER_GONE, how, run.logBytes());
    }

    /** Whose register has it. */
    private Optional<OwnerKey> owner(RunRecord run) throws IOException {
        var registers = new Registers(new StateFolder(checkout, clock));
        for (var owner : registers.owners()) {
            if (registers.read(owner).entries().containsKey(run.slug())) {
                return Optional.of(owner);
            }
        }
        return registers.owners().stream().findFirst();
    }
}
