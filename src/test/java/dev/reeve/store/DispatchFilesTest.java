package dev.reeve.store;

import dev.reeve.durable.Checkpoint;
import dev.reeve.model.Run;
import dev.reeve.model.Sha;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.model.Tombstone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DispatchFilesTest {

    private static final Instant NOW = Instant.parse("2026-03-27T10:15:30Z");
    private static final Slug A = new Slug("a");

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path checkout;
    private Path logs;
    private DispatchFiles files;

    @BeforeEach
    void folder() throws IOException {
        logs = Files.createDirectories(checkout.resolve("tasks/logs"));
        files = files(Checkpoint.NONE);
    }

    private DispatchFiles files(Checkpoint checkpoint) {
        return new DispatchFiles(new StateFolder(checkout, InstantSource.fixed(NOW), checkpoint), TasksRoot.DEFAULT,
                new ProcessTable());
    }

    private void given(String name, String text) throws IOException {
        Files.writeString(logs.resolve(name), text);
    }

    @Test
    void aStatusIsTheRunThatItStates() throws IOException {
        given("dispatch-a.status.json", """
                {"run_id":"r7","state":"exited","pid":1,"start_ticks":1,"boot_id":"x","exit_code":3,"outcome":"failed",
                 "updated_at":"2026-03-27T10:00:00Z","log_size":17,"unknown":[{}]}""");
        assertThat(files.read(A)).isEqualTo(new DispatchStatus.Known(
                new Run("r7", "exited", false, 3, "failed", null, Instant.parse("2026-03-27T10:00:00Z"), null,
                        null, null)));
        assertThat(files.read(new Slug("b"))).isEqualTo(new DispatchStatus.None());
    }

    @Test
    void whatWasRecordedAtItsEndIsReadAndWhatIsMissingIsInTheTombstone() throws IOException {
        var head = "0123456789abcdef0123456789abcdef01234567";
        given("dispatch-a.status.json", "{\"run_id\":\"r7\",\"state\":\"exited\",\"summary\":\"did it\"}");
        given("dispatch-a.tombstone.json",
                """
                        {"run_id":"r7","state":"exited","summary":"another","reason":"none","claimed":"completed_with_pr","head":"%s"}"""
                        .formatted(head));
        assertThat(run().account())
                .isEqualTo(new Run.Account("did it", "none", "completed_with_pr", new Sha(head)));

        given("dispatch-a.tombstone.json", "{\"run_id\":\"r6\",\"state\":\"exited\",\"reason\":\"none\"}");
        assertThat(run().account()).as("another run's").isEqualTo(new Run.Account("did it", null, null, null));
    }

    @Test
    void anAccountOfAnotherKindIsNoFaultAndALongOneIsCut() throws IOException {
        given("dispatch-a.status.json", """
                {"state":"exited","summary":{"a":1},"reason":7,"claimed":" ","head":"HEAD"}""");
        assertThat(run().account()).isEqualTo(Run.Account.NONE);

        given("dispatch-a.status.json", "{\"state\":\"exited\",\"summary\":\"" + "😀".repeat(9000) + "\"}");
        assertThat(run().account().summary()).isEqualTo("😀".repeat(2000) + "…");
    }

    @Test
    void aRunLivesAsLongAsItsVeryProcess() throws IOException {
        long me = ProcessHandle.current().pid();
        var self = new ProcessTable().identify(me).orElseThrow();
        given("dispatch-a.status.json", "{\"state\":\"running\",\"pid\":" + me + ",\"start_ticks\":" + self.startTicks()
                + ",\"boot_id\":\"" + self.bootId() + "\"}");
        assertThat(alive()).isTrue();
        given("dispatch-a.status.json", "{\"state\":\"running\",\"pid\":" + me + ",\"start_ticks\":1,\"boot_id\":\""
                + self.bootId() + "\"}");
        assertThat(alive()).isFalse();
        given("dispatch-a.status.json", "{\"pid\":" + me + "}");
        assertThat(alive()).isTrue();
        given("dispatch-a.status.json", "{\"pid\":" + me + ",\"updated_at\":\"2001-01-01T00:00:00Z\"}");
        assertThat(alive()).isFalse();
        given("dispatch-a.status.json", "{\"pid\":" + me + ",\"exit_code\":0}");
        assertThat(alive()).isFalse();
    }

    private boolean alive() throws IOException {
        return files.read(A) instanceof DispatchStatus.Known(var run) && run.alive();
    }

    @Test
    void aCorruptStatusIsReportedAndSetAsideOnlyByARepair() throws IOException {
        for (var text : List.of("", "{", "[]", "{}", "{\"state\":7}", "{\"pid\":\"twelve\"}", "{\"pid\":-1}",
                "{\"pid\":1e9}", "{\"state\":\"running\",\"exit_code\":99999999999}", "{\"x\":" + "[".repeat(9999),
                "{\"state\":\"running\",\"exit_code\":NaN}", "{\"state\":\"running\",\"state\":\"exited\"}",
                "{\"state\":\"running\",\"updated_at\":\"yesterday\"}", "{\"state\":\"x" + "x".repeat(1 << 20) + "\"}",
                "{\"state\":\"running\",\"n\":" + "9".repeat(5000) + "}", "{\"" + "k".repeat(60_000) + "\":1}")) {
            given("dispatch-a.status.json", text);
            assertThat(files.read(A)).as(text).isInstanceOf(DispatchStatus.Corrupt.class);
            assertThat(logs.resolve("dispatch-a.status.json")).hasContent(text);
            assertThat(files.repair(A)).singleElement().satisfies(signal -> {
                assertThat(signal.kind()).isEqualTo(SignalKind.STATE_FILE_CORRUPT);
                assertThat(signal.slug()).isEqualTo(A);
                assertThat(signal.message()).contains("dispatch-a.status.json.corrupt-20260327T101530Z");
            });
            assertThat(files.read(A)).isEqualTo(new DispatchStatus.None());
            assertThat(files.repair(A)).isEmpty();
        }
    }

    /** As scripts of all kinds write them. */
    @ParameterizedTest
    @ValueSource(strings = {"\"2026-03-27T10:15:30Z\"", "\"2026-03-27T10:15:30\"", "\"2026-03-27T10:15:30.000000\"",
            "\"2026-03-27T11:15:30+01:00\"", "\"2026-03-27T11:15:30+0100\"", "\"2026-03-27 10:15:30.000+00:00\"",
            "\"2026-03-27 10:15:30 +0000\"", "1774606530", "1774606530.0", "\"1774606530\"", "1774606530000"})
    void aTimeIsReadHoweverItIsWritten(String time) throws IOException {
        given("dispatch-a.status.json",
                "{\"state\":\"exited\",\"started_at\":%s,\"updated_at\":%s,\"retry_at\":%s}".formatted(time, time,
                        time));
        assertThat(run()).returns(NOW, Run::startedAt).returns(NOW, Run::updatedAt).returns(NOW, Run::retryAt);
    }

    @Test
    void aStatusOfAnOlderScriptIsTakenAsItIs() throws IOException {
        given("dispatch-a.status.json",
                """
                        {"slug":"a","run_id":17,"state":"Worker-Gone","pid":"2147483647","exit_code":null,"outcome":"","boot_id":"",
                         "finished_at":"2026-03-27T10:15:30"}""");
        assertThat(run()).isEqualTo(new Run("17", "worker_gone", false, null, null, null, NOW, null, null, null));
        given("dispatch-a.status.json", "{\"returncode\":\"1\"}");
        assertThat(run()).isEqualTo(new Run(null, "exited", false, 1, null, null, null, null, null, null));
        given("dispatch-a.status.json", "{\"state\":\"RUNNING\"}");
        assertThat(run()).as("no process is named").returns(false, Run::alive).returns("running", Run::state);
        given("dispatch-a.status.json", "{\"state\":\"exited\",\"pid\":" + ProcessHandle.current().pid() + "}");
        assertThat(run()).as("somebody else has its pid").returns(false, Run::alive);
    }

    private Run run() throws IOException {
        return ((DispatchStatus.Known) files.read(A)).run();
    }

    @Test
    void theLogSaysWhenTheWorkerLastSaidSomething() throws IOException {
        given("dispatch-a.status.json", "{\"state\":\"running\"}");
        given("dispatch-a.log", "hm\n");
        Files.setLastModifiedTime(logs.resolve("dispatch-a.log"), FileTime.from(NOW));
        assertThat(run().outputAt()).isEqualTo(NOW);
        Files.delete(logs.resolve("dispatch-a.log"));
        Files.createSymbolicLink(logs.resolve("dispatch-a.log"), Path.of("/etc/hostname"));
        assertThat(run().outputAt()).as("a link is not followed").isNull();
    }

    @Test
    void theTombstoneTellsWhatTheStatusDoesNot() throws IOException {
        given("dispatch-a.status.json", "{\"run_id\":\"r7\",\"state\":\"running\",\"pid\":2147483647}");
        given("dispatch-a.tombstone.json",
                """
                        {"run_id":"r7","state":"exited","exit_code":0,"outcome":"completed_with_pr","updated_at":"2026-03-27T10:15:30Z",
                         "retry_at":1774606530}""");
        assertThat(run()).returns("running", Run::state)
                .returns(NOW, Run::retryAt)
                .returns(new Tombstone("r7", "exited", 0, "completed_with_pr", NOW), Run::tombstone);
        given("dispatch-a.tombstone.json", "{\"run_id\":\"r6\",\"state\":\"failed\",\"retry_at\":1774606530}");
        assertThat(run().retryAt()).as("another run's").isNull();
        Files.delete(logs.resolve("dispatch-a.status.json"));
        assertThat(run()).as("stands in for the status").returns("r6", Run::runId).returns("failed", Run::state);
    }

    @Test
    void aCorruptTombstoneLeavesTheRestReadableAndIsSetAsideByARepair() throws IOException {
        given("dispatch-a.status.json", "{\"run_id\":\"r7\",\"state\":\"running\"}");
        given("dispatch-a.tombstone.json", "{\"state\":");
        assertThat(run()).returns("r7", Run::runId);
        assertThat(run().tombstone()).isNotNull().satisfies(tombstone -> {
            assertThat(tombstone.fault()).isNotNull();
            assertThat(String.valueOf(tombstone.fault())).contains("tasks/logs/dispatch-a.tombstone.json:1:");
        });
        assertThat(files.repair(A)).singleElement()
                .satisfies(signal -> assertThat(signal.message()).contains("dispatch-a.tombstone.json.corrupt-"));
        assertThat(run().tombstone()).isNull();
        assertThat(logs.resolve("dispatch-a.status.json")).exists();
    }

    @Test
    void aLinkIsNoStatus() throws IOException {
        Files.createSymbolicLink(logs.resolve("dispatch-a.status.json"), Path.of("/etc/hostname"));
        assertThat(files.read(A)).isInstanceOf(DispatchStatus.Untouchable.class);
        assertThat(files.repair(A)).isEmpty();
    }

    @Test
    void tasksWithDispatchFilesAreListed() throws IOException {
        assertThat(files.slugs()).isEmpty();
        for (var name : List.of("dispatch-b.log", "dispatch-a.status.json", "dispatch-a.log", "dispatch-a-b.log",
                "dispatch-Not.log", "dispatch-.log", "dispatch-nodot", "other.log", "dispatch-c\nd.log")) {
            given(name, "x");
        }
        Files.createDirectories(logs.resolve("archive"));
        assertThat(files.slugs()).containsExactly(A, new Slug("a-b"), new Slug("b"));
    }

    @Test
    void theArchiveTakesAllFilesOfTheSlugAndNoOthers() throws IOException {
        for (var name : List.of("dispatch-a.log", "dispatch-a.status.json", "dispatch-a.history.jsonl",
                "dispatch-a.tombstone.json", "dispatch-a.status.json.corrupt-20260101T000000Z", "dispatch-a-b.log",
                "dispatch-ab.log", "dispatch-b.log")) {
            given(name, name);
        }
        assertThat(files.archive(A, NOW)).hasSize(5);
        assertThat(names(logs)).containsExactlyInAnyOrder("archive", "dispatch-a-b.log", "dispatch-ab.log",
                "dispatch-b.log");
        assertThat(logs.resolve("archive/dispatch-a.20260327T101530Z.log")).hasContent("dispatch-a.log");
        assertThat(logs.resolve("archive/dispatch-a.20260327T101530Z.status.json")).exists();
        assertThat(files.archive(A, NOW)).isEmpty();
    }

    @Test
    void whatIsInTheArchiveIsNeverOverwritten() throws IOException {
        for (int i = 0; i < 3; i++) {
            given("dispatch-a.log", "run " + i);
            files.archive(A, NOW);
        }
        assertThat(names(logs.resolve("archive"))).hasSize(3);
        assertThat(logs.resolve("archive/dispatch-a.20260327T101530Z.log")).hasContent("run 0");
        assertThat(logs.resolve("archive/dispatch-a.20260327T101530Z-3.log")).hasContent("run 2");
    }

    @Test
    void aCrashAfterAnyMoveLeavesTheStatusUntilTheLastAndTheNextTimeMovesTheRest() throws IOException {
        var all = List.of("dispatch-a.status.json", "dispatch-a.log", "dispatch-a.tombstone.json",
                "dispatch-a.history.jsonl");
        for (int stop = 1; stop <= all.size(); stop++) {
            for (var name : all) {
                given(name, "{\"state\":\"exited\"}");
            }
            int last = stop;
            var moves = new AtomicInteger();
            var dying = files(step -> {
                if (step.startsWith("moved") && moves.incrementAndGet() == last) {
                    throw new Crash();
                }
            });
            assertThatThrownBy(() -> dying.archive(A, NOW)).isInstanceOf(Crash.class);
            assertThat(Files.exists(logs.resolve("dispatch-a.status.json"))).isEqualTo(stop < all.size());
            files.archive(A, NOW);
            assertThat(names(logs)).containsExactly("archive");
            assertThat(names(logs.resolve("archive"))).hasSize(all.size() * stop);
        }
    }

    @Test
    void anArchiveOrLogsFolderThatLeadsOutOfTheCheckoutIsRefused(@TempDir Path outside,
            @TempDir Path second) throws IOException {
        given("dispatch-a.log", "x");
        Files.createSymbolicLink(logs.resolve("archive"), outside);
        assertThatThrownBy(() -> files.archive(A, NOW)).hasMessageContaining("no folder inside");
        assertThat(logs.resolve("dispatch-a.log")).exists();
        var other = new DispatchFiles(new StateFolder(second, InstantSource.fixed(NOW)), TasksRoot.DEFAULT,
                new ProcessTable());
        Files.createSymbolicLink(second.resolve("tasks"), checkout.resolve("tasks"));
        assertThatThrownBy(other::slugs).hasMessageContaining("no folder inside");
        assertThat(outside).isEmptyDirectory();
    }

    private static List<String> names(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }
}
