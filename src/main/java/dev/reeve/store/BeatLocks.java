package dev.reeve.store;

import dev.reeve.durable.Checkpoint;
import dev.reeve.durable.LockFile;
import dev.reeve.durable.LockFile.Held;
import dev.reeve.durable.LockTimeoutException;
import dev.reeve.model.OwnerKey;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Who beats for an owner in a checkout: one agent at a time, and one cycle at a time, whatever processes there are. Like every lock of ours the kernel
 * gives them back when their holder dies.
 *
 * <p><b>Threading:</b> whoever takes a lock gives it back on the same thread.
 */
public final class BeatLocks {

    private final StateFolder state;
    private final OwnerKey owner;

    public BeatLocks(StateFolder state, OwnerKey owner) {
        this.state = state;
        this.owner = owner;
    }

    /** The lock that an agent holds as long as it runs; nothing when another one does. */
    public Optional<Held> agent() throws IOException {
        try {
            return Optional.of(new LockFile(file("agent"), Duration.ZERO, Checkpoint.NONE).hold());
        } catch (LockTimeoutException e) {
            return Optional.empty();
        }
    }

    /**
     * The lock of one cycle.
     *
     * @param patience how long to wait for another one's end
     * @return nothing when it has not ended by then
     */
    public Optional<Held> cycle(Duration patience) throws IOException {
        try {
            return Optional.of(new LockFile(file("beat"), patience, Checkpoint.NONE).hold());
        } catch (LockTimeoutException e) {
            return Optional.empty();
        }
    }

    private Path file(String kind) throws IOException {
        try (var locked = state.lock()) {
            return locked.folder().resolve(kind + "-" + owner + ".lock");
        }
    }
}
