package dev.reeve.dispatch;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BoundedLogTest {

    private static final Pattern NOTE = Pattern.compile("^\\[reeve: ([0-9]+) bytes before this are left out\\]\n");
    private static final int MOST = 4_096;

    @TempDir
    private Path folder;

    private static void write(BoundedLog log, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        log.write(bytes, bytes.length);
    }

    @Property(tries = 200)
    void itKeepsTheEndAndSaysHowMuchIsMissing(@ForAll @Size(max = 80) List<@IntRange(max = 500) Integer> lengths,
            @ForAll Random random) throws IOException {
        var file = Files.createTempFile("bounded", ".log");
        var all = new ByteArrayOutputStream();
        try (var log = BoundedLog.begin(file, MOST)) {
            for (int length : lengths) {
                var part = new byte[length];
                random.nextBytes(part);
                log.write(part, part.length);
                all.write(part);
                assertThat(Files.size(file)).isEqualTo(log.kept()).isLessThanOrEqualTo(MOST);
            }
        }
        agree(Files.readAllBytes(file), all.toByteArray());
        Files.delete(file);
    }

    private static void agree(byte[] kept, byte[] all) {
        var note = NOTE.matcher(new String(kept, StandardCharsets.ISO_8859_1));
        if (all.length <= MOST) {
            assertThat(kept).isEqualTo(all);
        } else {
            assertThat(note.find()).isTrue();
            int missing = Integer.parseInt(note.group(1));
            assertThat(Arrays.copyOfRange(kept, note.end(), kept.length))
                    .isEqualTo(Arrays.copyOfRange(all, missing, all.length));
            assertThat(kept.length).isGreaterThan(MOST / 2);
        }
    }

    @Test
    void itBeginsAnewAndFollowsNoLink() throws IOException {
        var file = folder.resolve("run.log");
        var elsewhere = Files.writeString(folder.resolve("elsewhere"), "theirs");
        Files.createSymbolicLink(file, elsewhere);
        try (var log = BoundedLog.begin(file, MOST)) {
            write(log, "ours");
        }
        assertThat(elsewhere).hasContent("theirs");
        assertThat(file).hasContent("ours");
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> BoundedLog.begin(file, MOST)).hasMessageContaining("is a folder");
    }

    @Test
    void whatCantBeWrittenIsLetGoAndSaidAsSoonAsThereIsRoom() throws IOException {
        var file = folder.resolve("run.log");
        var obstacle = folder.resolve(".run.log.reeve-tmp");
        try (var log = BoundedLog.begin(file, MOST)) {
            write(log, "a".repeat(4_000));
            Files.createDirectories(obstacle.resolve("in the way"));
            write(log, "b".repeat(200));
            write(log, "c".repeat(300));
            assertThat(file).hasContent("a".repeat(4_000));
            Files.delete(obstacle.resolve("in the way"));
            write(log, "and on\n");
        }
        assertThat(Files.readString(file)).startsWith("[reeve: ")
                .contains("aaa[reeve: 500 bytes here could not be written: ")
                .endsWith("and on\n");
        assertThat(obstacle).doesNotExist();
    }
}
