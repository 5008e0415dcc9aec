package dev.reeve.store;

import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Slug;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** Real processes on one register: killed in the middle of updates, and many at once. */
class RegisterCrashTest {

    private static final int KILLS = 6;

    @TempDir
    Path checkout;

    private Map<Slug, RegisterEntry> entries() throws IOException {
        var register = new Registers(new StateFolder(checkout, InstantSource.fixed(Instant.EPOCH)))
                .read(RegisterHammer.OWNER);
        assertThat(register).isInstanceOf(Register.Loaded.class);
        assertThat(register.signals()).isEmpty();
        return register.entries();
    }

    @Test
    void killedInTheMiddleOfUpdatesItLosesNoneThatWasAcknowledgedAndTearsNoFile() throws Exception {
        var acknowledged = new ArrayList<Slug>();
        for (int round = 0; round < KILLS; round++) {
            var hammer = RegisterHammer.start(checkout, "r" + round, 2, 1_000_000);
            try (var out = hammer.inputReader()) {
                // A different number each round, so that the kill meets different moments.
                for (int i = 0; i < 10 + 7 * round; i++) {
                    acknowledged.add(new Slug(out.readLine()));
                }
                // By its handle: the process object would close the output, and acknowledgements in it be unread.
                hammer.toHandle().destroyForcibly();
                out.lines().filter(line -> !line.isEmpty()).map(Slug::new).forEach(acknowledged::add);
            } finally {
                hammer.destroyForcibly().waitFor();
            }
            var entries = entries();
            assertThat(entries.keySet()).containsAll(acknowledged);
            // At most the update of each thread that was under way may stand there without having been acknowledged.
            assertThat(entries).hasSizeLessThanOrEqualTo(acknowledged.size() + 1 + 2 * (round + 1));
            assertThat(attempts(entries)).isEqualTo(entries.size() - 1);
        }
        assertThat(names()).noneMatch(name -> name.contains("corrupt"));
    }

    @Test
    void severalProcessesWithSeveralThreadsLoseNoUpdate() throws Exception {
        int processes = 3;
        int threads = 2;
        int updates = 25;
        var hammers = new ArrayList<Process>();
        try {
            for (int p = 0; p < processes; p++) {
                hammers.add(RegisterHammer.start(checkout, "p" + p, threads, updates));
            }
            var outputs = hammers.stream().map(hammer -> CompletableFuture.supplyAsync(() -> lines(hammer))).toList();
            for (int p = 0; p < processes; p++) {
                assertThat(hammers.get(p).waitFor()).isZero();
                assertThat(outputs.get(p).get()).hasSize(threads * updates);
            }
        } finally {
            hammers.forEach(Process::destroyForcibly);
        }
        assertThat(entries()).hasSize(processes * threads * updates + 1);
        assertThat(attempts(entries())).isEqualTo(processes * threads * updates);
        assertThat(names()).containsExactlyInAnyOrder(".gitignore", "state.lock", "task-manager-dave.register.json");
    }

    private static int attempts(Map<Slug, RegisterEntry> entries) {
        var counter = entries.get(RegisterHammer.COUNTER);
        return counter == null ? 0 : counter.attempts();
    }

    private static List<String> lines(Process process) {
        return process.inputReader().lines().toList();
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(checkout.resolve(".tasks/task_manager"))) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }
}
