package dev.reeve.durable;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LockFileTest {

    @TempDir
    Path folder;

    private LockFile lock(Duration patience) {
        return new LockFile(folder.resolve("lock"), patience, Checkpoint.NONE);
    }

    @Test
    void oneThreadAtATimeHoldsIt() throws Exception {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> {
                        try (var held = lock(Duration.ofSeconds(20)).hold()) {
                            held.demand();
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            inside.decrementAndGet();
                        }
                        return i;
                    }))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void whoWaitsTooLongIsToldWhichFile() throws Exception {
        try (var held = lock(Duration.ofSeconds(5)).hold()) {
            held.demand();
            var other = CompletableFuture.runAsync(() -> hold(lock(Duration.ofMillis(20))));
            assertThatThrownBy(other::get).cause()
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .isInstanceOf(LockTimeoutException.class)
                    .hasMessageContaining(folder.resolve("lock").toString())
                    .hasMessageContaining("nothing was changed");
        }
        hold(lock(Duration.ofSeconds(5)));
    }

    @Test
    void theSameFileByAnotherPathIsTheSameLock() throws Exception {
        var alias = Files.createSymbolicLink(folder.resolve("alias"), Files.createDirectory(folder.resolve("real")));
        var direct = new LockFile(folder.resolve("real/lock"), Duration.ofSeconds(5), Checkpoint.NONE);
        var indirect = new LockFile(alias.resolve("lock"), Duration.ofMillis(20), Checkpoint.NONE);
        try (var held = direct.hold()) {
            held.demand();
            assertThatThrownBy(() -> CompletableFuture.runAsync(() -> hold(indirect)).get())
                    .hasRootCauseInstanceOf(LockTimeoutException.class);
        }
    }

    @Test
    void oneThreadCantTakeItTwice() throws IOException {
        var lock = lock(Duration.ofSeconds(5));
        try (var held = lock.hold()) {
            held.demand();
            assertThatThrownBy(lock::hold).isInstanceOf(IllegalStateException.class);
            held.demand();
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        try (var held = lock(Duration.ofSeconds(5)).hold()) {
            held.demand();
            var result = new CompletableFuture<Throwable>();
            var waiting = Thread.ofPlatform().start(() -> {
                try (var never = lock(Duration.ofMinutes(5)).hold()) {
                    result.completeExceptionally(new AssertionError("taken: " + (never != null)));
                } catch (IOException e) {
                    result.complete(e);
                }
            });
            Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            waiting.interrupt();
            assertThat(result.get()).isInstanceOf(InterruptedIOException.class);
        }
    }

    @Test
    void aLinkIsNoLockFile() throws IOException {
        Files.createSymbolicLink(folder.resolve("lock"), folder.resolve("elsewhere"));
        assertThatThrownBy(() -> lock(Duration.ofSeconds(1)).hold()).hasMessageContaining("no regular file");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
        Files.delete(folder.resolve("lock"));
        hold(lock(Duration.ofSeconds(1)));
    }

    private static void hold(LockFile lock) {
        try (var held = lock.hold()) {
            held.demand();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
