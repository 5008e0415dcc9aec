package dev.reeve.store;

import dev.reeve.model.BranchName;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Fault;
import dev.reeve.model.Place;
import dev.reeve.model.Priority;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TaskSummary;
import dev.reeve.model.TasksRoot;
import dev.reeve.store.WorkingTree.Index;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

class TaskCatalogTest {

    @TempDir
    Path checkout;
    private final List<String> read = Collections.synchronizedList(new ArrayList<>());
    private Consumer<TaskPath> whileRead = path -> {};
    /** Far ahead of the files' times, so that what is read counts as settled at once. */
    private Instant now = Instant.now().plus(Duration.ofHours(1));
    private Path index;

    @BeforeEach
    void index() {
        index = checkout.resolve(".tasks/task_manager/tasks.catalog");
    }

    /** Reads a first line as the title; a file that begins with "!" is broken, an empty one no task. */
    private final class FirstLine implements TaskCatalog.Parser {

        private final String edition;

        FirstLine(String edition) {
            this.edition = edition;
        }

        @Override
        public String edition() {
            return edition;
        }

        @Override
        public Optional<CatalogEntry> parse(TaskPath path, byte[] content, Instant modified) {
            read.add(path.value());
            whileRead.accept(path);
            var slug = path.slug().orElseThrow();
            var text = new String(content, StandardCharsets.UTF_8);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(text.startsWith("!")
                    ? new CatalogEntry.Faulty(slug, path,
                            List.of(new Fault(SignalKind.INVALID_STATUS, new Place(path.value(), 3, 9), text)))
                    : new CatalogEntry.Valid(
                            new TaskSummary(slug, path, text, TaskStatus.READY, Priority.P1, "m1", null, List.of(),
                                    BranchName.ofTask(slug), null, 0, false, modified)));
        }
    }

    private TaskCatalog catalog() {
        return catalog("1", Index.KEPT);
    }

    private TaskCatalog catalog(String edition, Index mode) {
        return new TaskCatalog(new StateFolder(checkout, () -> now), TasksRoot.DEFAULT, new FirstLine(edition), mode,
                work -> new Thread(work).start());
    }

    private Path given(String path, String text) {
        try {
            var file = checkout.resolve(path);
            Files.createDirectories(file.resolveSibling("."));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String title(Catalog catalog, String slug) {
        return catalog.entries().get(new Slug(slug)) instanceof CatalogEntry.Valid(var task) ? task.title() : "none";
    }

    /** As a process looks: it reads, and remembers. */
    private static Catalog look(TaskCatalog catalog) throws IOException {
        var read = catalog.read();
        catalog.remember();
        return read;
    }

    private List<String> readBy(TaskCatalog catalog) throws IOException {
        read.clear();
        look(catalog);
        return read.stream().sorted().toList();
    }

    @Test
    void tasksAreThereInTheOrderOfTheirPathsAndWhatIsNoTaskIsNot() throws IOException {
        given("tasks/b.md", "B");
        given("tasks/a/z.md", "Z");
        given("tasks/note.md", "");
        given("tasks/wrong.md", "! no status");
        for (var skipped : List.of("tasks/logs/x.md", "tasks/templates/x.md", "tasks/.x.md", "tasks/_x.md",
                "tasks/x.txt")) {
            given(skipped, "X");
        }
        var catalog = look(catalog());
        assertThat(catalog.entries().keySet()).extracting(Slug::value).containsExactly("z", "b", "wrong");
        assertThat(catalog.entries().get(new Slug("wrong"))).isInstanceOf(CatalogEntry.Faulty.class);
        assertThat(catalog.faults()).isEmpty();
        assertThat(catalog.unread()).isEmpty();
        assertThat(catalog.listing().paths()).extracting(TaskPath::value)
                .containsExactly("tasks/a/z.md", "tasks/b.md", "tasks/wrong.md");
    }

    @Test
    void whatHasNotChangedIsNotOpenedNeitherInTheSameProcessNorInTheNext() throws IOException {
        given("tasks/a.md", "A");
        given("tasks/note.md", "");
        given("tasks/wrong.md", "! has\ttabs\\ and\nlines");
        var catalog = catalog();
        var first = look(catalog);
        assertThat(readBy(catalog)).isEmpty();
        assertThat(look(catalog)).isSameAs(first);
        assertThat(readBy(catalog())).isEmpty();
        assertThat(look(catalog())).isEqualTo(first);
    }

    @Test
    void theIndexIsNotWrittenWhenNothingChanged() throws IOException {
        given("tasks/a.md", "A");
        var catalog = catalog();
        look(catalog);
        Files.delete(index);
        look(catalog);
        assertThat(index).doesNotExist();
    }

    @Test
    void aFewChangesAmongManyAreNotWorthWritingTheIndexAndAreFoundAllTheSame() throws IOException {
        for (int i = 0; i < 300; i++) {
            given("tasks/t" + i + ".md", "T");
        }
        look(catalog());
        var before = Files.readString(index);
        given("tasks/t7.md", "changed");
        var catalog = catalog();
        assertThat(title(look(catalog), "t7")).isEqualTo("changed");
        assertThat(Files.readString(index)).isEqualTo(before);
        for (int i = 10; i < 20; i++) {
            given("tasks/t" + i + ".md", "changed");
            look(catalog);
        }
        assertThat(Files.readString(index)).isNotEqualTo(before);
    }

    @Test
    void onlyReadingTheIndexWritesNothing() throws IOException {
        given("tasks/a.md", "A");
        look(catalog("1", Index.READ));
        assertThat(checkout.resolve(".tasks")).doesNotExist();
    }

    @Test
    void aWalkMakesSingleTasksCheapToFindToo() throws IOException {
        given("tasks/deep/a.md", "A");
        look(catalog());
        assertThat(Files.readString(index.resolveSibling("tasks.index"))).contains("a\ttasks/deep/a.md\n");
    }

    /** Ways in which a file gets other content of the same size and with the time of its last change put back. */
    private interface Change {
        void make(Path file, FileTime before) throws IOException;
    }

    private void isNoticed(Change change) throws IOException {
        var file = given("tasks/a.md", "old");
        var before = Files.getLastModifiedTime(file);
        var kept = catalog();
        look(kept);
        change.make(file, before);
        assertThat(title(look(kept), "a")).isEqualTo("new");
        assertThat(title(look(catalog()), "a")).isEqualTo("new");
    }

    @Test
    void aFileOfTheSameSizeWhoseTimeWasPutBackIsReadAgain() throws IOException {
        isNoticed((file, before) -> {
            Files.writeString(file, "new");
            Files.setLastModifiedTime(file, before);
        });
    }

    @Test
    void aFileThatAnotherWithTheSameTimeWasRenamedOverIsReadAgain() throws IOException {
        isNoticed((file, before) -> {
            var other = given("elsewhere/a.md", "new");
            Files.setLastModifiedTime(other, before);
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    @Test
    void aFileThatWasDeletedAndCopiedAnewIsReadAgain() throws IOException {
        isNoticed((file, before) -> {
            var other = given("elsewhere/a.md", "new");
            Files.setLastModifiedTime(other, before);
            Files.delete(file);
            Files.copy(other, file, StandardCopyOption.COPY_ATTRIBUTES);
        });
    }

    @Test
    void aFileThatChangedJustBeforeItWasReadIsReadAgainUntilItsTimeTellsChangesApart() throws IOException {
        var file = given("tasks/a.md", "A");
        var changed = Files.getLastModifiedTime(file).toInstant();
        var catalog = catalog();
        for (var racy : List.of(changed.minusSeconds(3600), changed, changed.plusMillis(1_900))) {
            now = racy;
            look(catalog);
            assertThat(readBy(catalog)).as("at %s", racy).containsExactly("tasks/a.md");
            assertThat(readBy(catalog())).as("at %s", racy).containsExactly("tasks/a.md");
        }
        now = changed.plusSeconds(3);
        look(catalog);
        assertThat(readBy(catalog)).isEmpty();
        assertThat(readBy(catalog())).isEmpty();
    }

    @Test
    void aFileThatIsWrittenWhileItIsReadIsReadAgain() throws IOException {
        given("tasks/a.md", "half");
        // The first reading is of another file, so that the parser can write this one before it is read.
        var moved = new Object() {
            int left = 2;
        };
        var state = new StateFolder(checkout, () -> {
            if (moved.left > 0) {
                moved.left--;
                given("tasks/a.md", "whole" + moved.left);
            }
            return now;
        });
        var catalog = new TaskCatalog(state, TasksRoot.DEFAULT, new FirstLine("1"), Index.READ, Runnable::run);
        assertThat(title(look(catalog), "a")).isEqualTo("whole0");
        assertThat(read).as("parsed once, when it was at rest").hasSize(1);
    }

    @Test
    void aFileThatNeverRestsIsReportedAndNothingOfItRemembered() throws IOException {
        given("tasks/quiet.md", "Q");
        given("tasks/a.md", "A");
        var count = new Object() {
            int writes;
        };
        var state = new StateFolder(checkout, () -> {
            count.writes++;
            given("tasks/a.md", "A".repeat(1 + count.writes % 50));
            return now;
        });
        var catalog = look(new TaskCatalog(state, TasksRoot.DEFAULT, new FirstLine("1"), Index.KEPT, Runnable::run));
        assertThat(catalog.entries().get(new Slug("a"))).isInstanceOfSatisfying(CatalogEntry.Faulty.class,
                faulty -> assertThat(faulty.faults().getFirst().message()).contains("while it is read"));
        assertThat(title(catalog, "quiet")).isEqualTo("Q");
        assertThat(readBy(catalog())).containsExactly("tasks/a.md");
    }

    @Test
    void whatWasDeletedMovedOrAddedIsNoticed() throws IOException {
        var gone = given("tasks/gone.md", "G");
        var moved = given("tasks/moved.md", "M");
        var catalog = catalog();
        look(catalog);
        Files.delete(gone);
        Files.createDirectories(checkout.resolve("tasks/done"));
        Files.move(moved, checkout.resolve("tasks/done/moved.md"));
        given("tasks/added.md", "A");
        for (var now : List.of(look(catalog), look(catalog()))) {
            assertThat(now.listing().paths()).extracting(TaskPath::value)
                    .containsExactly("tasks/added.md", "tasks/done/moved.md");
        }
    }

    @Test
    void aSlugThatSeveralFilesClaimIsOneFaultyEntryThatNamesAll() throws IOException {
        given("tasks/x/a.md", "A");
        given("tasks/y/a.md", "! broken");
        given("tasks/z/a.md", "");
        assertThat(look(catalog()).entries().get(new Slug("a"))).isInstanceOfSatisfying(CatalogEntry.Faulty.class,
                faulty -> {
                    assertThat(faulty.at().value()).isEqualTo("tasks/x/a.md");
                    assertThat(faulty.faults()).extracting(Fault::kind)
                            .containsExactly(SignalKind.DUPLICATE_SLUG, SignalKind.DUPLICATE_SLUG,
                                    SignalKind.INVALID_STATUS);
                    assertThat(faulty.faults().getFirst().message()).contains("tasks/y/a.md");
                });
    }

    @Test
    void anIndexThatIsDamagedOrAnothersIsAsGoodAsNone() throws IOException {
        for (int i = 0; i < 20; i++) {
            given("tasks/t" + i + ".md", "T" + i);
        }
        var right = look(catalog());
        var sound = Files.readString(index);
        for (var damage : List.of("", "\n", "x", "sum\t0\n", sound.substring(0, sound.length() / 2),
                sound.replace("T7", "T8"), sound.replace("\t", " "), sound + sound, "\0".repeat(100_000),
                sound.replace("catalog 1", "catalog 2"), "\n" + sound)) {
            Files.writeString(index, damage);
            read.clear();
            assertThat(look(catalog())).isEqualTo(right);
            assertThat(read).hasSize(20);
            assertThat(index).hasContent(sound);
        }
        assertThat(readBy(catalog("2", Index.READ))).hasSize(20);
        assertThat(readBy(new TaskCatalog(new StateFolder(checkout, () -> now),
                new TasksRoot(new TaskPath("elsewhere")), new FirstLine("1"), Index.READ, Runnable::run))).isEmpty();
    }

    @Test
    void anIndexThatCantBeKeptIsNoReasonToFail() throws IOException {
        given("tasks/a.md", "A");
        given(".tasks", "a file where the folder should be");
        assertThat(title(look(catalog()), "a")).isEqualTo("A");
    }

    @Test
    void oddFilesAreFaultsAndNothingElseIsAffected(@TempDir Path outside) throws Exception {
        given("tasks/fine.md", "F");
        given("tasks/folder.md/inside.md", "I");
        try (var huge = new RandomAccessFile(given("tasks/huge.md", "").toFile(), "rw")) {
            huge.setLength(50 << 20);
        }
        Files.createSymbolicLink(checkout.resolve("tasks/loop.md"), Path.of("loop.md"));
        Files.createSymbolicLink(checkout.resolve("tasks/loop"), Path.of("."));
        Files.createSymbolicLink(checkout.resolve("tasks/out.md"),
                Files.writeString(outside.resolve("secret.md"), "S"));
        given("tasks/Not A Slug.md", "---\n");
        new ProcessBuilder("mkfifo", checkout.resolve("tasks/pipe.md").toString()).start().waitFor();
        var catalog = look(catalog());
        assertThat(title(catalog, "fine")).isEqualTo("F");
        assertThat(title(catalog, "inside")).isEqualTo("I");
        assertThat(catalog.entries().get(new Slug("huge"))).isInstanceOf(CatalogEntry.Faulty.class);
        assertThat(catalog.entries()).hasSize(3);
        assertThat(catalog.faults()).extracting(fault -> fault.place().file())
                .containsExactlyInAnyOrder("tasks/folder.md", "tasks/loop.md", "tasks/out.md", "tasks/Not A Slug.md",
                        "tasks/pipe.md");
        assertThat(read).doesNotContain("tasks/huge.md");
    }

    @Test
    void aFileThatMayNotBeReadIsAFaultAndIsTriedAgain() throws IOException {
        var file = given("tasks/a.md", "A");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root may read everything");
        var catalog = catalog();
        assertThat(look(catalog).entries().get(new Slug("a"))).isInstanceOf(CatalogEntry.Faulty.class);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(title(look(catalog), "a")).isEqualTo("A");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 700})
    void noTaskIsLostBetweenTheTwoThatLook(int files) throws IOException {
        for (int i = 0; i < files; i++) {
            given("tasks/" + (i % 3 == 0 ? "" : "m" + i % 3 + "/") + "t" + i + ".md", "T");
        }
        assertThat(look(catalog()).entries()).hasSize(files);
        assertThat(read).hasSize(files);
    }

    @Test
    void noTasksRootIsNoTasks() throws IOException {
        assertThat(look(catalog()).entries()).isEmpty();
        given("tasks", "a file");
        assertThat(look(catalog()).entries()).isEmpty();
    }
}
