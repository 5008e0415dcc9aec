package dev.reeve.store;

import dev.reeve.model.Fault;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

class WorkingTreeTest {

    private static final String TASK = "---\ntitle: x\n---\n";
    private static final Slug A = new Slug("a");

    @TempDir
    Path checkout;
    private WorkingTree tree;
    private Path index;

    @BeforeEach
    void tree() {
        tree = new WorkingTree(new StateFolder(checkout, InstantSource.fixed(Instant.EPOCH)), TasksRoot.DEFAULT);
        index = checkout.resolve(".tasks/task_manager/tasks.index");
    }

    private Path given(String path, String text) throws IOException {
        var file = checkout.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static TaskPath path(String text) {
        return new TaskPath(text);
    }

    @Test
    void aTaskIsFoundWhereverItIsUnderTheRoot() throws IOException {
        given("tasks/a.md", TASK);
        given("tasks/deep/er/b.md", "\ufeff---  \r\ntitle: x\r\n---\r\n");
        given("other/c.md", TASK);
        assertThat(tree.find(A)).containsExactly(path("tasks/a.md"));
        assertThat(tree.find(new Slug("b"))).containsExactly(path("tasks/deep/er/b.md"));
        assertThat(tree.find(new Slug("c"))).isEmpty();
    }

    @Test
    void whatIsToBeSkippedIsNoTask() throws IOException {
        for (var skipped : List.of("tasks/logs/a.md", "tasks/x/templates/a.md", "tasks/.hidden/a.md",
                "tasks/_draft/a.md",
                "tasks/_a.md", "tasks/.a.md", "tasks/a.markdown", "tasks/a.md/inside.txt")) {
            given(skipped, TASK);
        }
        given("tasks/notes.md", "no frontmatter");
        given("tasks/README.md", "# Tasks");
        assertThat(tree.find(A)).isEmpty();
        assertThat(tree.find(new Slug("notes"))).isEmpty();
        assertThat(tree.all().faults()).singleElement()
                .matches(fault -> fault.place().file().equals("tasks/a.md") && fault.message().contains("a folder"));
        assertThat(tree.all().paths()).containsExactly(path("tasks/notes.md"));
    }

    @Test
    void aMovedTaskIsFoundAtItsNewPlaceAndADeletedOneNotAtAll() throws IOException {
        var old = given("tasks/a.md", TASK);
        tree.find(A);
        Files.createDirectories(checkout.resolve("tasks/done"));
        Files.move(old, checkout.resolve("tasks/done/a.md"));
        assertThat(tree.find(A)).containsExactly(path("tasks/done/a.md"));
        Files.delete(checkout.resolve("tasks/done/a.md"));
        assertThat(tree.find(A)).isEmpty();
    }

    @Test
    void aTaskThatIsWhereItWasIsFoundWithoutAWalk() throws IOException {
        given("tasks/a.md", TASK);
        tree.find(A);
        given("tasks/new.md", TASK);
        var before = Files.readString(index);
        tree.find(A);
        assertThat(index).as("no walk, so the index doesn't know the new task").hasContent(before);
        tree.find(new Slug("new"));
        assertThat(Files.readString(index)).contains("new\ttasks/new.md");
    }

    @Test
    void aSlugThatTwoFilesClaimGivesBoth() throws IOException {
        given("tasks/x/a.md", TASK);
        given("tasks/y/a.md", TASK);
        given("tasks/z/a.md", "only a note");
        assertThat(tree.find(A)).containsExactly(path("tasks/x/a.md"), path("tasks/y/a.md"));
        assertThat(tree.find(A)).containsExactly(path("tasks/x/a.md"), path("tasks/y/a.md"));
        assertThat(tree.all().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(SignalKind.DUPLICATE_SLUG);
            assertThat(fault.place().file()).isEqualTo("tasks/y/a.md");
            assertThat(fault.message()).contains("tasks/x/a.md");
        });
    }

    @Test
    void aLateDuplicateIsNoticedAfterTheNextWalk() throws IOException {
        given("tasks/y/a.md", TASK);
        tree.find(A);
        given("tasks/x/a.md", TASK);
        tree.all();
        assertThat(tree.find(A)).hasSize(2);
    }

    @Test
    void anIndexThatLiesGivesNoWrongAnswer(@TempDir Path outside) throws IOException {
        given("tasks/right/a.md", TASK);
        given("elsewhere/a.md", TASK);
        given("tasks/logs/a.md", TASK);
        given("tasks/b.md", TASK);
        Files.writeString(outside.resolve("a.md"), TASK);
        Files.createSymbolicLink(checkout.resolve("tasks/link"), outside);
        Files.createSymbolicLink(checkout.resolve("tasks/a.md"), outside.resolve("a.md"));
        for (var lie : List.of("elsewhere/a.md", "tasks/logs/a.md", "tasks/b.md", "tasks/link/a.md", "tasks/a.md",
                "tasks/right", "../" + outside.getFileName() + "/a.md", "/etc/passwd", "tasks/right/a.md/", "", "\0")) {
            tree.find(A);
            Files.writeString(index, "reeve tasks index 1\ttasks\na\t" + lie + "\n");
            assertThat(tree.find(A)).as(lie).containsExactly(path("tasks/right/a.md"));
        }
    }

    @Test
    void aDamagedIndexIsMadeAnew() throws IOException {
        for (int i = 0; i < 50; i++) {
            given("tasks/t" + i + ".md", TASK);
        }
        given("tasks/a.md", TASK);
        tree.find(A);
        var sound = Files.readString(index);
        for (var damage : List.of("", "\n", "x", sound.substring(0, sound.length() / 2), sound.replace("\t", " "),
                sound.replace('\n', ' '), sound.replace("index 1\ttasks", "index 1\tother"), "\0".repeat(100_000),
                sound + "zzz")) {
            Files.writeString(index, damage);
            assertThat(tree.find(A)).containsExactly(path("tasks/a.md"));
            assertThat(tree.find(new Slug("t49"))).containsExactly(path("tasks/t49.md"));
            assertThat(tree.find(new Slug("zzz"))).isEmpty();
            assertThat(index).hasContent(sound);
        }
    }

    @Test
    void everyTaskIsFoundInATreeWhoseIndexHasManyPages() throws IOException {
        for (int i = 0; i < 600; i++) {
            given("tasks/" + "long-folder-name-".repeat(i % 9) + "/task-" + i + ".md", TASK);
        }
        tree.all();
        assertThat(Files.size(index)).isGreaterThan(4 * 8192);
        var before = Files.getLastModifiedTime(index);
        for (int i = 0; i < 600; i++) {
            assertThat(tree.find(new Slug("task-" + i))).singleElement()
                    .extracting(TaskPath::fileName)
                    .isEqualTo("task-" + i + ".md");
        }
        assertThat(Files.getLastModifiedTime(index)).as("all from the index").isEqualTo(before);
    }

    @Test
    void linksAndSubmodulesAreNotEnteredAndSaySo(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("a.md"), TASK);
        given("tasks/ok.md", TASK);
        Files.createSymbolicLink(checkout.resolve("tasks/a.md"), outside.resolve("a.md"));
        Files.createSymbolicLink(checkout.resolve("tasks/linked"), outside);
        given("tasks/module/.git", "gitdir: ../../.git/modules/x\n");
        given("tasks/module/inner/m.md", TASK);
        assertThat(tree.all().paths()).containsExactly(path("tasks/ok.md"));
        assertThat(tree.all().faults()).extracting(fault -> fault.place().file()).containsExactly("tasks/a.md");
        assertThat(tree.find(new Slug("m"))).isEmpty();
        for (var refused : List.of("tasks/a.md", "tasks/linked/a.md", "tasks/module/inner/m.md", "tasks/module")) {
            assertThat(tree.read(path(refused))).as(refused).isInstanceOf(TaskContent.Refused.class);
            assertThat(tree.write(path(refused), bytes(TASK), bytes("gone"))).isInstanceOf(TaskWrite.Refused.class);
        }
        assertThat(outside.resolve("a.md")).hasContent(TASK);
    }

    @Test
    void aTasksRootThatIsALinkIsRefused(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("a.md"), TASK);
        Files.createSymbolicLink(checkout.resolve("tasks"), outside);
        assertThat(tree.find(A)).isEmpty();
        assertThat(tree.all().faults()).singleElement().matches(fault -> fault.message().contains("symbolic link"));
    }

    @Test
    void noTasksRootIsNoTasks() throws IOException {
        assertThat(tree.all()).isEqualTo(new TaskListing(List.of(), List.of(), List.of()));
        given("tasks", "a file");
        assertThat(tree.all()).isEqualTo(new TaskListing(List.of(), List.of(), List.of()));
        assertThat(tree.find(A)).isEmpty();
    }

    @Test
    void aTaskFileWhoseNameIsNoSlugIsReported() throws IOException {
        for (var name : List.of("Fix Login.md", "UPPER.md", "-x.md", "x".repeat(121) + ".md", "ü.md", "a\nb.md")) {
            given("tasks/" + name, TASK);
        }
        given("tasks/new\nline/fine.md", TASK);
        assertThat(tree.all().faults()).hasSize(7).extracting(Fault::kind).containsOnly(SignalKind.INVALID_SLUG);
        assertThat(tree.all().faults()).extracting(Fault::toString).noneMatch(text -> text.contains("\n"));
        assertThat(tree.all().paths()).isEmpty();
    }

    @Test
    void aTreeThatIsTooDeepIsReportedAndTheRestIsFound() throws IOException {
        given("tasks/" + "d/".repeat(200) + "deep.md", TASK);
        given("tasks/a.md", TASK);
        assertThat(tree.all().paths()).containsExactly(path("tasks/a.md"));
        assertThat(tree.all().faults()).singleElement().matches(fault -> fault.message().contains("deeper"));
    }

    @Test
    void aFolderThatCantBeReadHidesItsTasksButNeverMakesThemGone() throws IOException {
        given("tasks/open/b.md", TASK);
        var closed = given("tasks/closed/a.md", TASK).getParent();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(closed), "root may read everything");
            assertThat(tree.find(new Slug("b"))).containsExactly(path("tasks/open/b.md"));
            assertThatThrownBy(() -> tree.find(A)).hasMessageContaining("it isn't known whether task a exists");
            assertThat(tree.all().unread()).containsExactly("tasks/closed");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aFileIsReplacedOnlyIfItIsStillWhatWasRead() throws IOException {
        var file = given("tasks/a.md", TASK);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrw----"));
        assertThat(content("tasks/a.md")).isEqualTo(TASK);
        assertThat(tree.write(path("tasks/a.md"), bytes(TASK), bytes("new"))).isEqualTo(new TaskWrite.Written());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rwxrw----");
        assertThat(tree.write(path("tasks/a.md"), bytes(TASK), bytes("x"))).isEqualTo(new TaskWrite.Changed());
        assertThat(tree.write(path("tasks/b.md"), bytes(""), bytes("x"))).isEqualTo(new TaskWrite.Changed());
        assertThat(file).hasContent("new");
        try (var entries = Files.list(checkout.resolve("tasks"))) {
            assertThat(entries).hasSize(1);
        }
    }

    @Test
    void aHugeFileIsRefused() throws IOException {
        var file = given("tasks/a.md", TASK);
        try (var huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(1L << 40);
        }
        assertThat(tree.read(path("tasks/a.md"))).isInstanceOf(TaskContent.Refused.class);
        assertThat(tree.find(A)).containsExactly(path("tasks/a.md"));
    }

    @Test
    void theIndexIsHiddenFromGitSoThatAWorktreeStaysClean() throws IOException {
        given("tasks/a.md", TASK);
        tree.find(A);
        assertThat(index.resolveSibling(".gitignore")).hasContent("*\n");
    }

    private String content(String path) throws IOException {
        return tree.read(path(path)) instanceof TaskContent.Present present
                ? new String(present.bytes(), StandardCharsets.UTF_8)
                : "absent";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
