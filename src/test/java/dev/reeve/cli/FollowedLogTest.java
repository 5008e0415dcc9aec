package dev.reeve.cli;

import dev.reeve.app.LocalTasks;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;

/** What whoever follows a worker's output sees of it while it grows and is cut. */
class FollowedLogTest {

    @TempDir
    private Path folder;
    private final StringWriter seen = new StringWriter();
    private Dispatches dispatches;

    @BeforeEach
    void aWorkerThatPrintsNothing() {
        dispatches = new Dispatches(folder).waitingWorker("");
        assertThat(dispatches.dispatch("fix-login").exit()).isZero();
        dispatches.await("fix-login", "\"running\"");
    }

    @AfterEach
    void end() {
        dispatches.close();
    }

    private FollowedLog followed() {
        var root = dispatches.operator().checkout();
        var tasks = new TasksRoot(new TaskPath("tasks"));
        return new FollowedLog(
                new Console(Map.of(), root, new PrintWriter(seen), new PrintWriter(seen), Console.Screen.OTHER),
                new Workers(LocalTasks.dispatch(root, tasks), LocalTasks.runs(root, tasks)), new Slug("fix-login"));
    }

    private Path log() {
        return dispatches.file("fix-login", ".log");
    }

    private void print(byte... bytes) throws IOException {
        Files.write(log(), bytes, StandardOpenOption.APPEND);
    }

    /** As a runner does when there is too much. */
    private void cut(int leftOut, String rest) throws IOException {
        var next = log().resolveSibling(".next");
        Files.writeString(next, "[reeve: " + leftOut + " bytes before this are left out]\n" + rest);
        Files.move(next, log(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitSeen(String text) {
        Awaitility.await().untilAsserted(() -> assertThat(seen.toString()).isEqualTo(text));
    }

    @Test
    void aLogThatIsCutGoesOnWhereItWasAndWhatWasMissedIsSaid() throws Exception {
        print("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
        try (var thread = Executors.newSingleThreadExecutor()) {
            var exit = thread.submit(() -> followed().follow(false));
            awaitSeen("one\ntwo\n");

            cut(4, "two\nthree\n");
            awaitSeen("one\ntwo\nthree\n");

            var missed = "[reeve: 999 bytes before this are left out]\nlast\n";
            cut(999, "last\n");
            awaitSeen("one\ntwo\nthree\n" + missed);

            dispatches.release();
            assertThat(exit.get()).isZero();
        }
    }

    @Test
    void aLetterWhoseBytesComeApartIsOneLetterAndControlCharactersAreShown() throws Exception {
        print((byte) 0xe2, (byte) 0x82);
        try (var thread = Executors.newSingleThreadExecutor()) {
            var exit = thread.submit(() -> followed().follow(false));
            print((byte) 0xac, (byte) 0x1b, (byte) '[', (byte) 0xff, (byte) '\r', (byte) '\n');
            awaitSeen("€\\u{1b}[�\n");
            dispatches.release();
            assertThat(exit.get()).isZero();
        }
    }
}
