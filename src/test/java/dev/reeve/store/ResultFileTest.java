package dev.reeve.store;

import dev.reeve.model.WorkerOutcome;
import dev.reeve.model.WorkerResult;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

class ResultFileTest {

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void where() {
        file = folder.resolve("result.json");
    }

    private WorkerResult read(String content) throws IOException {
        Files.writeString(file, content);
        return ResultFile.read(file);
    }

    private String fault(String content) throws IOException {
        var result = read(content);
        assertThat(result).as(content).isInstanceOf(WorkerResult.Faulty.class);
        return ((WorkerResult.Faulty) result).reason();
    }

    @Test
    void noFileSaysNothing() {
        assertThat(ResultFile.read(file)).isEqualTo(new WorkerResult.None());
    }

    @Test
    void whatItSaysIsTaken() throws IOException {
        assertThat(read("""
                {"outcome":"completed_with_pr","summary":" done ","pr_url":"https://github.com/acme/shop/pull/12",
                 "retry_at":"2026-03-27T12:00:00Z","more":[1,{}]}"""))
                .isEqualTo(new WorkerResult.Stated(WorkerOutcome.COMPLETED_WITH_PR, "done",
                        "https://github.com/acme/shop/pull/12", Instant.parse("2026-03-27T12:00:00Z")));
        assertThat(read("{}")).isEqualTo(new WorkerResult.Stated(null, null, null, null));
        for (var outcome : WorkerOutcome.values()) {
            for (var spelling : List.of(outcome.id(), " " + outcome.name() + " ", outcome.id().replace('_', '-'))) {
                assertThat(read("{\"outcome\":\"" + spelling + "\"}"))
                        .isEqualTo(new WorkerResult.Stated(outcome, null, null, null));
            }
        }
    }

    @Test
    void whatCantBeUnderstoodIsSaid() throws IOException {
        for (var wrong : Map.of("", "no JSON", "{\"outcome\":\"blocked\"", "no JSON", "[]", "holds no JSON object",
                "null", "holds no JSON object", "{\"outcome\":\"splendid\"}",
                "\"splendid\" is none of completed_with_pr",
                "{\"outcome\":7}", "outcome", "{\"summary\":{}}", "summary", "{\"retry_at\":\"tomorrow\"}", "retry_at",
                "\0\0\0\0", "no JSON", "[".repeat(100_000), "JSON").entrySet()) {
            assertThat(fault(wrong.getKey())).contains(wrong.getValue()).hasSizeLessThan(500);
        }
    }

    @Test
    void aLongSummaryIsCutBetweenCharacters() throws IOException {
        var result = (WorkerResult.Stated) read("{\"summary\":\"x" + "\uD83D\uDE00".repeat(4_000) + "\"}");
        var summary = Objects.requireNonNull(result.summary());
        assertThat(summary.length()).isBetween(3_990, 4_000);
        assertThat(Character.isHighSurrogate(summary.charAt(summary.length() - 1))).isFalse();
    }

    @Test
    void whatIsNoFileIsNotRead() throws IOException {
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        assertThat(ResultFile.read(file)).isInstanceOf(WorkerResult.Faulty.class);
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(ResultFile.read(file)).isInstanceOf(WorkerResult.Faulty.class);
        Files.delete(file);
        assertThat(fault("\"" + " ".repeat(2 << 20) + "\"")).contains("more than");
    }

    @Property(tries = 300)
    void noBytesMakeItThrow(@ForAll byte[] bytes) throws IOException {
        var any = Files.createTempFile("result", ".json");
        Files.write(any, bytes);
        assertThat(ResultFile.read(any)).isNotNull();
        Files.delete(any);
    }
}
