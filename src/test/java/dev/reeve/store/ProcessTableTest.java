package dev.reeve.store;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProcessTableTest {

    private static final String BOOT = "2f1c8a5e-0000-4000-8000-000000000001";

    @TempDir
    Path proc;

    private ProcessTable given(String stat) throws IOException {
        Files.createDirectories(proc.resolve("self"));
        Files.createDirectories(proc.resolve("77"));
        Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.writeString(proc.resolve("77/stat"), stat);
        Files.writeString(proc.resolve("sys/kernel/random/boot_id"), BOOT + "\n");
        Files.writeString(proc.resolve("stat"), "cpu 1 2 3\nbtime 1000000\nprocesses 5\n");
        return new ProcessTable(proc);
    }

    private static String stat(String name, char state, long ticks) {
        return "77 (" + name + ") " + state + " 1 77 77 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 " + ticks
                + " 100 200 300\n";
    }

    @Test
    void theVeryProcessLives() throws IOException {
        var table = given(stat("worker", 'S', 4242));
        assertThat(table.identify(77)).contains(new ProcessIdentity(77, 4242L, BOOT));
        assertThat(table.isAlive(new ProcessIdentity(77, 4242L, BOOT), null)).isTrue();
    }

    @Test
    void anotherProcessWithItsPidIsNotIt() throws IOException {
        var table = given(stat("worker", 'R', 4243));
        assertThat(table.isAlive(new ProcessIdentity(77, 4242L, BOOT), null)).isFalse();
        assertThat(table.isAlive(new ProcessIdentity(77, 4243L, "another boot"), null)).isFalse();
    }

    @Test
    void aNameThatLooksLikeFieldsDoesNotShiftThem() throws IOException {
        for (var name : new String[]{"a b", ") S 1 (", "x) Z 1 2 3", "line\nend) R", "((("}) {
            var table = given(stat(name, 'S', 99));
            assertThat(table.isAlive(new ProcessIdentity(77, 99L, BOOT), null)).as(name).isTrue();
        }
    }

    @Test
    void aZombieIsDead() throws IOException {
        var table = given(stat("worker", 'Z', 4242));
        assertThat(table.isAlive(new ProcessIdentity(77, 4242L, BOOT), null)).isFalse();
        assertThat(table.identify(77)).isEmpty();
    }

    @Test
    void aBarePidIsTheProcessUnlessThatStartedLater() throws IOException {
        var table = given(stat("worker", 'S', 500));
        var pidOnly = new ProcessIdentity(77, null, null);
        assertThat(table.isAlive(pidOnly, null)).isTrue();
        assertThat(table.isAlive(pidOnly, Instant.ofEpochSecond(1000005))).isTrue();
        assertThat(table.isAlive(pidOnly, Instant.ofEpochSecond(1000004))).isFalse();
    }

    @Test
    void noProcessHasAPidThatIsNone() throws IOException {
        var table = given(stat("worker", 'S', 1));
        for (long pid : new long[]{0, -1, 78, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(table.isAlive(new ProcessIdentity(pid, null, null), null)).isFalse();
        }
    }

    @Test
    void whatIsNoStatIsAnErrorAndNotADeath() throws IOException {
        for (var text : new String[]{"", "77 (x) S", "77 (x) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 x 20"}) {
            var table = given(text);
            assertThatThrownBy(() -> table.isAlive(new ProcessIdentity(77, 1L, BOOT), null))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aRealProcessIsKnownUntilItIsKilledEvenWhileItIsAZombie() throws Exception {
        var table = new ProcessTable();
        // The shell never reaps its child, which so becomes a zombie when it is killed.
        var shell = new ProcessBuilder("sh", "-c", "sleep 300 & echo $!; exec sleep 300").start();
        try (var out = shell.inputReader()) {
            long child = Long.parseLong(out.readLine());
            var identity = table.identify(child).orElseThrow();
            assertThat(table.isAlive(identity, null)).isTrue();
            assertThat(table.isAlive(new ProcessIdentity(child, null, null), Instant.EPOCH)).isFalse();
            ProcessHandle.of(child).orElseThrow().destroyForcibly();
            Awaitility.await().until(() -> !table.isAlive(identity, null));
        } finally {
            shell.destroyForcibly().waitFor();
        }
    }
}
