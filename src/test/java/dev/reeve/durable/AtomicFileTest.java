package dev.reeve.durable;

import dev.reeve.durable.LockFile.Held;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AtomicFileTest {

    /** Where a test stops as if the process had died. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path folder;
    private Path file;
    private LockFile lock;

    @BeforeEach
    void lock() {
        file = folder.resolve("state.json");
        lock = new LockFile(folder.resolve("lock"), Duration.ofSeconds(5), Checkpoint.NONE);
    }

    private void replace(String text) throws IOException {
        try (var held = lock.hold()) {
            AtomicFile.replace(held, file, bytes(text));
        }
    }

    @Test
    void aNewFileHoldsTheBytesAndIsReadableByAll() throws IOException {
        replace("one");
        assertThat(file).hasContent("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).startsWith("rw-")
                .doesNotContain("x");
        assertThat(names()).containsExactlyInAnyOrder("lock", "state.json");
    }

    @Test
    void aFileIsMadeWholeOrNotAtAllAndNeverOverAnother() throws IOException {
        try (var held = lock.hold()) {
            assertThat(AtomicFile.create(held, file, bytes("one"))).isTrue();
            assertThat(AtomicFile.create(held, file, bytes("two"))).isFalse();
        }
        assertThat(file).hasContent("one");
        assertThat(names()).containsExactlyInAnyOrder("lock", "state.json");
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("elsewhere"));
        try (var held = lock.hold()) {
            assertThat(AtomicFile.create(held, file, bytes("three"))).isFalse();
        }
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void contentThatCantBeMadeLeavesTheFileAsItWas() throws IOException {
        replace("one");
        try (var held = lock.hold()) {
            assertThatThrownBy(() -> AtomicFile.replace(held, file, out -> {
                out.write(bytes("two"));
                throw new IOException("no more");
            })).hasMessage("no more");
        }
        assertThat(file).hasContent("one");
        assertThat(names()).containsExactlyInAnyOrder("lock", "state.json");
    }

    @Test
    void anExistingFileKeepsItsPermissionsEvenThoseTheUmaskForbids() throws IOException {
        for (var mode : List.of("rw-------", "rwxrwxrwx", "r--r--r--")) {
            replace("one");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            replace("two");
            assertThat(file).hasContent("two");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(mode);
        }
    }

    @Test
    void aLinkIsNotWrittenThrough() throws IOException {
        var outside = Files.writeString(folder.resolve("outside"), "mine");
        Files.createSymbolicLink(file, outside);
        assertThatThrownBy(() -> replace("theirs")).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("symbolic link");
        assertThat(outside).hasContent("mine");
        assertThat(file).isSymbolicLink();
    }

    @Test
    void aLinkThatSomebodyPutsInPlaceOfTheTemporaryFileIsNotWrittenThrough() throws IOException {
        var outside = Files.writeString(folder.resolve("outside"), "mine");
        Files.createSymbolicLink(folder.resolve(".state.json.reeve-tmp"), outside);
        replace("theirs");
        assertThat(outside).hasContent("mine");
        assertThat(file).hasContent("theirs").isRegularFile();
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }

    @Test
    void aFolderInItsPlaceIsRefused() throws IOException {
        Files.createDirectory(file);
        assertThatThrownBy(() -> replace("text")).hasMessageContaining("no regular file");
        assertThat(names()).containsExactlyInAnyOrder("lock", "state.json");
    }

    @Test
    void aCrashAfterAnyStepLeavesTheOldOrTheNewAndTheNextWriterCleansUp() throws IOException {
        int steps = 2;
        for (int stop = 1; stop <= steps; stop++) {
            replace("old");
            int last = stop;
            var taken = new ArrayList<String>();
            var dying = new LockFile(folder.resolve("lock"), Duration.ofSeconds(5), step -> {
                taken.add(step);
                if (taken.size() == last) {
                    throw new Crash();
                }
            });
            assertThatThrownBy(() -> {
                try (var held = dying.hold()) {
                    AtomicFile.replace(held, file, bytes("new"));
                }
            }).isInstanceOf(Crash.class);
            assertThat(file).hasContent(stop < steps ? "old" : "new");
            replace("after");
            assertThat(names()).containsExactlyInAnyOrder("lock", "state.json");
        }
    }

    @Test
    void compareAndReplaceLeavesWhatSomebodyElseWrote() throws IOException {
        replace("seen");
        try (var held = lock.hold()) {
            assertThat(AtomicFile.replaceIf(held, file, bytes("seen"), bytes("mine"))).isTrue();
            assertThat(AtomicFile.replaceIf(held, file, bytes("seen"), bytes("again"))).isFalse();
            assertThat(AtomicFile.replaceIf(held, file, bytes("min"), bytes("again"))).isFalse();
            assertThat(AtomicFile.replaceIf(held, file, bytes("mine and more"), bytes("again"))).isFalse();
        }
        assertThat(file).hasContent("mine");
        assertThat(names()).containsExactlyInAnyOrder("lock", "state.json");
    }

    @Test
    void compareAndReplaceNoticesWhatIsWrittenWhileItPrepares() throws IOException {
        replace("seen");
        var interfering = new LockFile(folder.resolve("lock"), Duration.ofSeconds(5), step -> {
            if (step.startsWith("written")) {
                writeUnlocked("an editor's");
            }
        });
        try (var held = interfering.hold()) {
            assertThat(AtomicFile.replaceIf(held, file, bytes("seen"), bytes("mine"))).isFalse();
        }
        assertThat(file).hasContent("an editor's");
    }

    @Test
    void compareAndReplaceMakesNoFile() throws IOException {
        try (var held = lock.hold()) {
            assertThatThrownBy(() -> AtomicFile.replaceIf(held, file, bytes(""), bytes("x")))
                    .isInstanceOf(NoSuchFileException.class);
        }
        assertThat(names()).containsExactly("lock");
    }

    @Test
    void aMoveNeverOverwrites() throws IOException {
        replace("moved");
        var there = Files.writeString(folder.resolve("there"), "stays");
        try (var held = lock.hold()) {
            assertThatThrownBy(() -> AtomicFile.move(held, file, there)).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(there).hasContent("stays");
            AtomicFile.move(held, file, folder.resolve("free"));
        }
        assertThat(folder.resolve("free")).hasContent("moved");
        assertThat(file).doesNotExist();
    }

    @Test
    void aProofThatWasGivenBackProvesNothing() throws IOException {
        Held held = lock.hold();
        held.close();
        held.close();
        assertThatThrownBy(() -> AtomicFile.replace(held, file, bytes("x"))).isInstanceOf(IllegalStateException.class);
        assertThat(file).doesNotExist();
    }

    private void writeUnlocked(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
