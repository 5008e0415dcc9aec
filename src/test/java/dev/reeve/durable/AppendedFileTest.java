package dev.reeve.durable;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AppendedFileTest {

    @TempDir
    private Path folder;
    private Path file;
    private final List<String> steps = new ArrayList<>();

    @BeforeEach
    void where() {
        file = folder.resolve("lines");
    }

    private void append(String lines) throws IOException {
        try (var held = new LockFile(folder.resolve("lock"), Duration.ofSeconds(5), steps::add).hold()) {
            AppendedFile.append(held, file, lines.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void linesFollowEachOther() throws IOException {
        append("one\n");
        append("two\nthree\n");
        assertThat(file).hasContent("one\ntwo\nthree\n");
        assertThat(steps).containsExactly("appended lines", "appended lines");
    }

    @Test
    void aLineThatWasCutOffIsEndedFirst() throws IOException {
        Files.writeString(file, "one\ntw");
        append("three\n");
        assertThat(file).hasContent("one\ntw\nthree\n");
    }

    @Test
    void anEmptyFileNeedsNoEnd() throws IOException {
        Files.createFile(file);
        append("one\n");
        assertThat(file).hasContent("one\n");
    }

    @Test
    void whatIsNoFileIsLeftAlone() throws IOException {
        var elsewhere = Files.writeString(folder.resolve("elsewhere"), "theirs");
        Files.createSymbolicLink(file, elsewhere);
        assertThatThrownBy(() -> append("one\n")).hasMessageContaining("is no regular file");
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("nowhere"));
        assertThatThrownBy(() -> append("one\n")).hasMessageContaining("is no regular file");
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> append("one\n")).hasMessageContaining("is no regular file");
        assertThat(elsewhere).hasContent("theirs");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void withoutTheLockNothingIsWritten() throws IOException {
        var held = new LockFile(folder.resolve("lock"), Duration.ofSeconds(5), Checkpoint.NONE).hold();
        held.close();
        assertThatThrownBy(() -> AppendedFile.append(held, file, new byte[]{'\n'}))
                .isInstanceOf(IllegalStateException.class);
        assertThat(file).doesNotExist();
    }

    /** The program that a full disk is simulated for: no file of it may have more than a kilobyte. */
    public static void main(String[] args) throws IOException {
        var folder = Path.of(args[0]);
        try (var held = new LockFile(folder.resolve("lock"), Duration.ofSeconds(5), Checkpoint.NONE).hold()) {
            AppendedFile.append(held, folder.resolve("lines"),
                    ("x".repeat(900) + "\n").getBytes(StandardCharsets.UTF_8));
            AppendedFile.append(held, folder.resolve("lines"),
                    ("y".repeat(900) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatThereIsNoRoomForIsNotThereByHalf() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder("bash", "-c", "ulimit -f 1; exec \"$@\"", "bash", java, "-XX:-UsePerfData",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), AppendedFileTest.class.getName(),
                folder.toString()).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said).contains("File too large");
        assertThat(file).hasContent("x".repeat(900) + "\n");
    }
}
