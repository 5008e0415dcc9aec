package dev.reeve.durable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock between threads and processes of one machine, released by the kernel when its holder dies. It lies on a
 * file of its own that is never replaced, deleted or read: the kernel forgets a process's lock as soon as that
 * process closes any channel on the locked file.
 *
 * <p><b>Threading:</b> for any number of threads. Inside a process a mutex for each real path comes first, because
 * a file lock belongs to the whole process. A lock is given back by the thread that took it, and one thread can't take it
 * twice.
 */
public final class LockFile {

    private static final ConcurrentHashMap<Path, ReentrantLock> MUTEXES = new ConcurrentHashMap<>();
    private static final long SHORTEST_PAUSE = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(16).toNanos();

    private final Path file;
    private final Duration patience;
    private final Checkpoint checkpoint;

    /**
     * @param file its folder must exist when the lock is taken; the file is made when it doesn't
     * @param patience how long to wait for another holder
     * @param checkpoint told of each durable step that is taken under this lock
     */
    public LockFile(Path file, Duration patience, Checkpoint checkpoint) {
        this.file = file.toAbsolutePath();
        this.patience = patience;
        this.checkpoint = checkpoint;
    }

    /**
     * Takes the lock.
     *
     * @throws LockTimeoutException when another holder did not give it back in time
     * @throws InterruptedIOException when the thread was interrupted while it waited
     * @throws IllegalStateException when this thread holds it already
     * @throws IOException when the lock file can't be opened, or is no regular file
     */
    public Held hold() throws IOException {
        var real = file.resolveSibling(".").toRealPath().resolve(file.getFileName());
        long deadline = System.nanoTime() + patience.toNanos();
        var mutex = MUTEXES.computeIfAbsent(real, path -> new ReentrantLock());
        if (mutex.isHeldByCurrentThread()) {
            throw new IllegalStateException("this thread already holds " + real);
        }
        takeMutex(mutex);
        boolean taken = false;
        try {
            var held = new Held(mutex, lockedChannel(real, deadline), checkpoint);
            taken = true;
            return held;
        } finally {
            if (!taken) {
                mutex.unlock();
            }
        }
    }

    private void takeMutex(ReentrantLock mutex) throws IOException {
        try {
            if (!mutex.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new LockTimeoutException(file, patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private FileChannel lockedChannel(Path real, long deadline) throws IOException {
        if (Files.exists(real, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(real.toString(), null, "is no regular file, so it can't be a lock");
        }
        // Not closed here when locked: closing it is what gives the lock back.
        var channel = FileChannel.open(real, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        boolean locked = false;
        try {
            awaitLock(channel, deadline);
            locked = true;
            return channel;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** Asks again and again, because the blocking call can't be bounded in time. */
    private void awaitLock(FileChannel channel, long deadline) throws IOException {
        long pause = SHORTEST_PAUSE;
        while (channel.tryLock() == null) {
            if (System.nanoTime() - deadline >= 0) {
                throw new LockTimeoutException(file, patience);
            }
            LockSupport.parkNanos(pause);
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
    }

    private InterruptedIOException interrupted() {
        return new InterruptedIOException("interrupted while waiting for the lock " + file);
    }

    /** The proof that a lock is held, which everything that changes files demands. Closing it gives the lock back. */
    public static final class Held implements AutoCloseable {

        private final ReentrantLock mutex;
        private final FileChannel channel;
        private final Checkpoint checkpoint;

        private Held(ReentrantLock mutex, FileChannel channel, Checkpoint checkpoint) {
            this.mutex = mutex;
            this.channel = channel;
            this.checkpoint = checkpoint;
        }

        /** @throws IllegalStateException when the lock was given back, or is another thread's */
        void demand() {
            if (!channel.isOpen() || !mutex.isHeldByCurrentThread()) {
                throw new IllegalStateException("the lock is not held by this thread");
            }
        }

        void reached(String step) {
            checkpoint.reached(step);
        }

        /** Gives the lock back; closing it again does nothing. */
        @Override
        public void close() throws IOException {
            if (!channel.isOpen()) {
                return;
            }
            try {
                channel.close();
            } finally {
                mutex.unlock();
            }
        }
    }
}
