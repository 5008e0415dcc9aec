package dev.reeve.store;

import dev.reeve.durable.AtomicFile;
import dev.reeve.durable.Checkpoint;
import dev.reeve.durable.ConfinedFolder;
import dev.reeve.durable.LockFile;
import dev.reeve.durable.LockFile.Held;
import dev.reeve.model.Text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The folder {@code .tasks/task_manager} of a checkout or worktree, and the one lock under which Reeve changes any file
 * there, its dispatch files and its task files. It is made when the lock is first taken, with a {@code .gitignore} that hides
 * it: a worktree must not become unclean because Reeve looked at it.
 *
 * <p><b>Threading:</b> immutable; see {@link LockFile} for the lock.
 */
public final class StateFolder {

    private static final Path WHERE = Path.of(".tasks", "task_manager");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path checkout;
    private final InstantSource clock;
    private final Checkpoint checkpoint;

    /** @param checkout the root of the checkout, where {@code .git} is */
    public StateFolder(Path checkout, InstantSource clock) {
        this(checkout, clock, Checkpoint.NONE);
    }

    /** @param checkpoint told of each durable step, for crash tests */
    public StateFolder(Path checkout, InstantSource clock, Checkpoint checkpoint) {
        this.checkout = checkout.toAbsolutePath();
        this.clock = clock;
        this.checkpoint = checkpoint;
    }

    /** The root of the checkout, absolute. */
    public Path checkout() {
        return checkout;
    }

    /** What time it is. */
    Instant now() {
        return clock.instant();
    }

    /**
     * The folder, or nothing when there is none yet.
     *
     * @throws IOException when it leads out of the checkout
     */
    Optional<Path> existing() throws IOException {
        return ConfinedFolder.existing(checkout, WHERE);
    }

    /**
     * The folder while the lock is held.
     *
     * @param now when it was taken
     */
    record Locked(Path folder, Held held, Instant now) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            held.close();
        }
    }

    /**
     * Takes the lock; the folder is made if need be.
     *
     * @throws dev.reeve.durable.LockTimeoutException when it was not to be had within 30 s
     */
    Locked lock() throws IOException {
        var folder = ConfinedFolder.made(checkout, WHERE);
        var held = new LockFile(folder.resolve("state.lock"), PATIENCE, checkpoint).hold();
        boolean ready = false;
        try {
            var ignore = folder.resolve(".gitignore");
            if (!Files.exists(ignore, LinkOption.NOFOLLOW_LINKS)) {
                AtomicFile.replace(held, ignore, "*\n".getBytes(StandardCharsets.UTF_8));
            }
            ready = true;
            return new Locked(folder, held, clock.instant());
        } finally {
            if (!ready) {
                held.close();
            }
        }
    }

    /** Makes the folder where it is missing. */
    public void make() throws IOException {
        lock().close();
    }

    /**
     * A file in a folder.
     *
     * @throws IOException when the system's character set has no bytes for the name
     */
    static Path file(Path folder, String name) throws IOException {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            throw new FileSystemException(Text.plain(name, 300), null,
                    "can't be named in this system's character set; set LC_ALL=C.UTF-8");
        }
    }

    /** How messages name a file of this folder: relative to the checkout. */
    static String display(String fileName) {
        return WHERE + "/" + fileName;
    }
}
