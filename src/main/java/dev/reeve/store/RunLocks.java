package dev.reeve.store;

import dev.reeve.durable.Checkpoint;
import dev.reeve.durable.LockFile;
import dev.reeve.durable.LockFile.Held;
import dev.reeve.durable.LockTimeoutException;
import dev.reeve.model.Slug;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The locks around runs, which the kernel gives back when their holder dies: one start of a task at a time, one run of a task at a time, one new worktree at a time.
 *
 * <p><b>Threading:</b> for any number of threads and processes.
 */
public final class RunLocks {

    private final StateFolder state;

    public RunLocks(StateFolder state) {
        this.state = state;
    }

    /** Of whoever starts a run of the task; nothing when somebody else does. */
    public Optional<Held> start(Slug slug) throws IOException {
        return take("start-" + slug, Duration.ZERO);
    }

    /**
     * Of whoever looks after a run of the task.
     *
     * @param patience how long to wait for one that may be just about to end
     */
    public Optional<Held> run(Slug slug, Duration patience) throws IOException {
        return take("run-" + slug, patience);
    }

    /** Of whoever makes a worktree. */
    public Optional<Held> worktrees(Duration patience) throws IOException {
        return take("worktrees", patience);
    }

    private Optional<Held> take(String name, Duration patience) throws IOException {
        Path file;
        try (var locked = state.lock()) {
            file = locked.folder().resolve(name + ".lock");
        }
        try {
            return Optional.of(new LockFile(file, patience, Checkpoint.NONE).hold());
        } catch (LockTimeoutException e) {
            return Optional.empty();
        }
    }
}
