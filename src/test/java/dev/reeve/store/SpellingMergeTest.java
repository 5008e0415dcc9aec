package dev.reeve.store;

import dev.reeve.durable.Checkpoint;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Slug;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SpellingMergeTest {

    private static final OwnerKey DAVE = new OwnerKey("dave");
    private static final Instant NOW = Instant.parse("2026-03-27T10:15:30Z");

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path checkout;
    private Path folder;

    @BeforeEach
    void splitFiles() throws IOException {
        folder = Files.createDirectories(checkout.resolve(".tasks/task_manager"));
        given("dave",
                "{\"schema\":1,\"owner\":\"dave\",\"entries\":{\"a\":" + entry("old", 1) + ",\"b\":" + entry("new", 5)
                        + "}}");
        given("Dave.Fowler", "{\"schema\":1,\"owner\":\"Dave.Fowler\",\"x\":1,\"entries\":{\"a\":" + entry("new", 3)
                + ",\"b\":" + entry("old", 4) + ",\"Odd Key\":1}}");
        given("@dave", "{\"c\":" + entry("only", 2) + ",\"a\":{\"branch\":\"timeless\"}}");
        given("eve", "{\"schema\":1,\"owner\":\"eve\",\"entries\":{}}");
        Files.writeString(folder.resolve("task-manager-@dave.snapshot.json"), "{}");
        Files.writeString(folder.resolve("task-manager-dave.snapshot.json"), "{}");
    }

    private static String entry(String branch, int day) {
        return "{\"branch\":\"" + branch + "\",\"registered_at\":\"2026-01-01T00:00:00Z\",\"launched_at\":\"2026-02-0"
                + day
                + "T00:00:00Z\",\"kept\":" + day + "}";
    }

    private void given(String spelling, String text) throws IOException {
        Files.writeString(folder.resolve("task-manager-" + spelling + ".register.json"), text);
    }

    private static Optional<OwnerKey> canonical(String spelling) {
        var plain = spelling.toLowerCase(Locale.ROOT).replaceAll("[@._ -]", "");
        return OwnerKey.parse(plain.startsWith("dave") ? "dave" : plain);
    }

    private Registers registers(Checkpoint checkpoint) {
        return new Registers(new StateFolder(checkout, InstantSource.fixed(NOW), checkpoint));
    }

    private void assertMerged() throws IOException {
        var entries = registers(Checkpoint.NONE).read(DAVE).entries();
        assertThat(entries).containsOnlyKeys(new Slug("a"), new Slug("b"), new Slug("c"));
        assertThat(entries.values()).extracting(RegisterEntry::branch).containsExactly("new", "new", "only");
        assertThat(Files.readString(folder.resolve("task-manager-dave.register.json"))).contains("\"x\": 1")
                .contains("\"Odd Key\": 1")
                .contains("\"owner\": \"dave\"")
                .contains("\"kept\": 3");
        assertThat(names(folder)).contains("task-manager-dave.register.json", "task-manager-dave.snapshot.json",
                "task-manager-eve.register.json").noneMatch(name -> name.contains("@") || name.contains("Fowler"));
        assertThat(names(folder.resolve("archive"))).containsExactlyInAnyOrder(
                "task-manager-@dave.register.20260327T101530Z.json",
                "task-manager-@dave.snapshot.20260327T101530Z.json",
                "task-manager-Dave.Fowler.register.20260327T101530Z.json");
    }

    @Test
    void perSlugTheNewestEntryOfAllSpellingsWins() throws IOException {
        var merged = registers(Checkpoint.NONE).mergeSpellings(SpellingMergeTest::canonical);
        assertThat(merged.archived()).hasSize(3);
        assertThat(merged.signals()).isEmpty();
        assertMerged();
    }

    @Test
    void aSecondTimeThereIsNothingToDo() throws IOException {
        var registers = registers(Checkpoint.NONE);
        registers.mergeSpellings(SpellingMergeTest::canonical);
        var before = Files.getLastModifiedTime(folder.resolve("task-manager-dave.register.json"));
        assertThat(registers.mergeSpellings(SpellingMergeTest::canonical))
                .isEqualTo(new SpellingMerged(List.of(), List.of()));
        assertThat(Files.getLastModifiedTime(folder.resolve("task-manager-dave.register.json"))).isEqualTo(before);
        assertMerged();
    }

    @Test
    void aCrashAfterAnyStepLosesNoEntryAndTheNextTimeFinishes(@TempDir Path copies) throws IOException {
        var pristine = copies.resolve("pristine");
        copy(folder, pristine);
        int stop = 0;
        boolean finished = false;
        while (!finished) {
            stop++;
            empty(folder);
            copy(pristine, folder);
            finished = mergeUntil(stop);
            assertNoEntryIsLost();
            registers(Checkpoint.NONE).mergeSpellings(SpellingMergeTest::canonical);
            assertMerged();
        }
        assertThat(stop).as("steps that were tried").isGreaterThan(6);
    }

    /** Whether it got to the end before so many steps were taken. */
    private boolean mergeUntil(int stop) {
        var steps = new AtomicInteger();
        var registers = registers(step -> {
            if (steps.incrementAndGet() == stop) {
                throw new Crash();
            }
        });
        try {
            registers.mergeSpellings(SpellingMergeTest::canonical);
            return true;
        } catch (Crash e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The newest entry of each slug is in some register of the folder. */
    private void assertNoEntryIsLost() throws IOException {
        var all = new StringBuilder();
        for (var name : names(folder)) {
            if (name.endsWith(".register.json")) {
                all.append(Files.readString(folder.resolve(name)).replaceAll("\\s", ""));
            }
        }
        assertThat(all).contains("\"kept\":3").contains("\"kept\":5").contains("\"kept\":2").contains("\"OddKey\":1");
    }

    @Test
    void aSpellingsFileThatIsCorruptIsSetAsideAndTheOthersMerge() throws IOException {
        given("DAVE", "{");
        var merged = registers(Checkpoint.NONE).mergeSpellings(SpellingMergeTest::canonical);
        assertThat(merged.signals()).singleElement().matches(signal -> signal.message().contains("set aside"));
        assertMerged();
    }

    @Test
    void aSpellingsFileOfANewerReeveIsLeftUntilThisOneIsUpgraded() throws IOException {
        given("DAVE", "{\"schema\":9}");
        var registers = registers(Checkpoint.NONE);
        for (int i = 0; i < 2; i++) {
            var merged = registers.mergeSpellings(SpellingMergeTest::canonical);
            assertThat(merged.signals()).singleElement().matches(signal -> signal.message().contains("schema 9"));
        }
        assertThat(folder.resolve("task-manager-DAVE.register.json")).hasContent("{\"schema\":9}");
    }

    @Test
    void anArchiveThatLeadsOutOfTheCheckoutIsRefused(@TempDir Path outside) throws IOException {
        Files.createSymbolicLink(folder.resolve("archive"), outside);
        assertThatThrownBy(() -> registers(Checkpoint.NONE).mergeSpellings(SpellingMergeTest::canonical))
                .hasMessageContaining("no folder inside");
        assertThat(outside).isEmptyDirectory();
        assertNoEntryIsLost();
    }

    private static List<String> names(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (var name : names(from)) {
            if (Files.isRegularFile(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
    }

    private static void empty(Path folder) throws IOException {
        for (var name : names(folder)) {
            if (Files.isDirectory(folder.resolve(name))) {
                empty(folder.resolve(name));
            }
            Files.delete(folder.resolve(name));
        }
    }
}
