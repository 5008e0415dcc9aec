package dev.reeve.cli;

import dev.reeve.kit.GitRepositories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import static dev.reeve.cli.Operator.entry;
import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever stands where Reeve looks: a signal or a message, never a stack trace, and the task beside it is judged as if nothing were wrong. */
class BadInputTest {

    private static final List<String> DOCTOR = List.of("doctor");

    /** What only looks. */
    private static final List<List<String>> LOOKS = List.of(List.of("status"), List.of("status", "--format", "json"),
            List.of("explain", "fix-login"), List.of("explain", "beside"), List.of("task", "list"),
            List.of("task", "show", "fix-login"), List.of("task", "check"), List.of("register", "list"),
            List.of("register", "prune", "--dry-run"), List.of("reconcile", "--dry-run"), DOCTOR);

    @TempDir
    private Path folder;
    private final Instant now = Instant.now();
    private Operator operator;

    @BeforeEach
    void sitDown() {
        operator = new Operator(folder, now);
        operator.write("tasks/beside.md", task("ready"));
    }

    @AfterEach
    void leave() {
        operator.close();
    }

    // Task files.

    @Test
    void aTaskFileThatIsWrittenWhileItIsRead() throws InterruptedException {
        var short1 = task("ready").replace("Fix the login   # soon", "Short");
        var long1 = task("blocked").replace("Fix the login   # soon", "Long") + "More of it\n".repeat(20_000);
        var ended = new AtomicBoolean();
        operator.write("tasks/fix-login.md", short1);
        var writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; !ended.get(); i++) {
                operator.write("tasks/fix-login.md", i % 2 == 0 ? long1 : short1);
            }
        });
        try {
            for (int i = 0; i < 15; i++) {
                quiet("heartbeat", "--once", "--no-reconcile");
                quietIn(operator.checkout(), LOOKS.get(i % LOOKS.size()));
                whole(operator.seen("dave"));
            }
        } finally {
            ended.set(true);
            writer.join();
        }
        operator.write("tasks/fix-login.md", short1);
        assertThat(beat().bucket("fix-login")).isEqualTo("ready");
    }

    /** One or the other, or that nobody knows; an empty file, which it is for a moment, is no task. */
    private static void whole(Seen seen) {
        var title = seen.json().findValuesAsText("title");
        for (var row : seen.json().path("tasks")) {
            if (row.path("slug").asText().equals("fix-login")) {
                assertThat(row.path("title").asText() + " " + row.path("status").asText() + " "
                        + row.path("bucket").asText()).as(title.toString())
                        .isIn("Short ready ready", "Long blocked waiting", "  needs_attention");
            }
        }
    }

    @Test
    void halfACharacter() throws IOException {
        bytes("tasks/fix-login.md", "---\ntitle: caf\u00c3\nowner: dave\nstatus: ready\n---\n");
        bytes("tasks/half-in-body.md", task("ready") + "caf\u00c3");

        var seen = beat();

        assertThat(seen.signals("fix-login")).containsExactly("invalid_frontmatter");
        assertThat(seen.place("fix-login")).startsWith("tasks/fix-login.md:2:");
        assertThat(seen.bucket("half-in-body")).isEqualTo("ready");
        looks();
    }

    @Test
    void fiftyMegabytes() throws IOException {
        try (var file = new RandomAccessFile(operator.checkout().resolve("tasks/fix-login.md").toFile(), "rw")) {
            file.setLength(50 << 20);
        }
        assertThat(beat().says("fix-login", "invalid_frontmatter")).contains("bytes");
    }

    @Test
    void foldersAndLinksWhereFilesAreExpected() throws IOException {
        operator.write("tasks/x.md/inner.md", task("ready"));
        var tasks = operator.checkout().resolve("tasks");
        Files.createSymbolicLink(tasks.resolve("loop"), tasks);
        Files.createSymbolicLink(tasks.resolve("self.md"), Path.of("self.md"));
        Files.createSymbolicLink(tasks.resolve("passwd.md"), Path.of("/etc/passwd"));

        var seen = beat();

        assertThat(seen.json().path("signals").findValuesAsText("file")).containsExactlyInAnyOrder("tasks/x.md",
                "tasks/self.md", "tasks/passwd.md");
        assertThat(seen.bucket("fix-login")).isEqualTo("ready");
        assertThat(seen.json().path("tasks")).hasSize(3);
        looks();
    }

    @Test
    void namesAndReferencesThatContradictEachOther() {
        operator.write("tasks/a/fix-login.md", task("ready"));
        operator.write("tasks/one.md", task("ready", "depends_on: [two]"));
        operator.write("tasks/two.md", task("ready", "depends_on: [one]"));
        operator.write("tasks/self.md", task("ready", "depends_on: [self]"));

        var seen = beat();

        assertThat(seen.signals("fix-login")).containsExactly("duplicate_slug", "duplicate_slug");
        for (var slug : List.of("one", "two", "self")) {
            assertThat(seen.signals(slug)).containsExactly("dependency_cycle");
            assertThat(seen.place(slug)).isEqualTo("tasks/" + slug + ".md:5:14");
        }
        looks();
    }

    @Test
    void textsThatWouldLikeToBeMoreThanText() {
        var hostile = "\\e[31mred\\n\\r\\u202e<script>alert(1)</script>$(touch pwned)`touch pwned`";
        operator.publish(".reeve.yml", "owners: {dave: {}}\n");
        operator.write("tasks/fix-login.md",
                "---\ntitle: \"" + hostile + "\"\nowner: \"" + hostile + "\"\nstatus: ready\n---\n");
        operator.write("tasks/branchy.md", task("ready", "branch: \"--upload-pack=touch pwned\""));
        operator.write("tasks/\u001b[31m\nevil.md", task("ready"));
        operator.write("tasks/logs/dispatch-\u001b[31mevil.status.json", "{\"state\":\"running\",\"pid\":1}");
        operator.dispatched("beside-2", "{\"state\":\"" + hostile.replace("\\e", "\\u001b") + "\",\"outcome\":\""
                + hostile.replace("\\e", "\\u001b") + "\",\"exit_code\":1}");
        operator.write("tasks/beside-2.md", task("ready"));
        operator.pull(12, "beside").title("\u001b]0;owned\u0007\n<script>").review("evil\u001b[0m", "APPROVED");

        var seen = operator.beat();
        looks();

        assertThat(seen.signals("fix-login")).containsOnly("invalid_frontmatter");
        assertThat(seen.bucket("branchy")).isEqualTo("needs_attention");
        assertThat(seen.bucket("beside")).isEqualTo("waiting");
        assertThat(operator.checkout().resolve("pwned")).doesNotExist();
        assertThat(operator.state("task-manager-dave.snapshot.json")).doesNotContain("\u001b");
    }

    // The clock.

    @Test
    void aClockThatJumpsBack() throws IOException {
        operator.aged("tasks/fix-login.md", Duration.ofDays(-2));
        operator.write("tasks/far.md", task("in_progress"));
        operator.aged("tasks/far.md", Duration.ofDays(-365 * 300));
        operator.write("tasks/worn.md", task("ready"));
        var ahead = now.plus(2, ChronoUnit.DAYS);
        operator.dispatched("worn",
                "{\"run_id\":\"r1\",\"state\":\"failed\",\"started_at\":\"%s\",\"updated_at\":\"%s\"}"
                        .formatted(ahead, ahead));

        var seen = beat();

        assertThat(seen.signals("fix-login")).isEmpty();
        assertThat(seen.dispatchable("fix-login")).isTrue();
        assertThat(seen.bucket("far")).isEqualTo("active");
        assertThat(seen.signals("worn")).containsExactly("dispatch_failed");
        assertThat(seen.dispatchable("worn")).isTrue();
        looks();

        var snapshot = operator.state("task-manager-dave.snapshot.json");
        operator.state("task-manager-dave.snapshot.json",
                snapshot.replaceAll("\"generated_at\": ?\"[^\"]*\"", "\"generated_at\": \"" + ahead + "\""));
        assertThat(operator.run("status").out()).contains("by a clock that is", "ahead");
        assertThat(operator.beat().text("generated_at")).isLessThan(ahead.toString());
    }

    // Registers and worktrees.

    @Test
    void registerEntriesThatLeadElsewhere() {
        var paths = List.of("/etc", "../../../etc", "trees/relative", "/", "/dev/null", "\\u0000", "/nowhere/..//etc",
                "--force", "\\u001b[31m", operator.checkout().toString());
        var entries = new ArrayList<String>();
        for (int i = 0; i < paths.size(); i++) {
            operator.write("tasks/t" + i + ".md", task("ready"));
            entries.add("\"t%d\":{\"slug\":\"t%d\",\"worktree_path\":\"%s\",\"attempts\":1}"
                    .formatted(i, i, paths.get(i)));
        }
        operator.state("task-manager-dave.register.json",
                "{\"schema\":1,\"owner\":\"dave\",\"entries\":{" + String.join(",", entries) + "}}");

        var seen = beat();

        for (int i = 0; i < paths.size(); i++) {
            assertThat(seen.signals("t" + i)).as(paths.get(i)).containsExactly("register_orphan");
            assertThat(seen.remedy("t" + i)).contains("reeve register prune --force t" + i);
        }
        looks();
        quiet("register", "prune", "--force", "t0");
        assertThat(beat().signals("t0")).isEmpty();
    }

    @Test
    void aRegisterEntryThatIsALinkOutOfTheWorktrees() throws IOException {
        var outside = Files.createDirectories(folder.resolve("outside"));
        Operator.write(outside.resolve("tasks/fix-login.md"), task("blocked", "pr_number: 66"));
        var link = folder.resolve("trees-link");
        Files.createSymbolicLink(link, outside);
        operator.register("dave", "fix-login", link);

        assertThat(beat().signals("fix-login")).containsExactly("register_orphan");
        assertThat(outside.resolve("tasks/fix-login.md")).exists();
    }

    @Test
    void aWorktreeOnADiskThatIsGone() throws IOException {
        operator.write("tasks/locked.md", task("ready"));
        var gone = operator.worktree("fix-login");
        var locked = operator.worktree("locked");
        operator.git("worktree", "lock", locked.toString());
        operator.state("task-manager-dave.register.json", "{\"schema\":1,\"owner\":\"dave\",\"entries\":{"
                + entry("fix-login", gone) + "," + entry("locked", locked) + "}}");
        Files.move(folder.resolve("trees"), folder.resolve("unplugged"));

        var seen = beat();

        assertThat(seen.says("fix-login", "register_orphan")).contains("its worktree is gone");
        assertThat(seen.says("locked", "register_orphan")).contains("can't be read");
        assertThat(seen.dispatchable("fix-login")).isFalse();
        assertThat(operator.state("task-manager-dave.register.json")).contains("fix-login", "locked");
        looks();

        Files.move(folder.resolve("unplugged"), folder.resolve("trees"));
        assertThat(beat().json().path("incidents")).isEmpty();
    }

    // Repositories.

    @Test
    void headsThatAreOnNoBranch() {
        var worktree = operator.worktree("fix-login");
        GitRepositories.git(worktree, "checkout", "--quiet", "--detach");
        operator.register("dave", "fix-login", worktree);
        operator.git("checkout", "--quiet", "--detach");
        operator.git("remote", "set-head", "origin", "--delete");

        assertThat(beat().signals("fix-login")).isEmpty();
        looks();
    }

    @Test
    void noCheckoutAtAll() throws IOException {
        var nowhere = Files.createDirectories(folder.resolve("nowhere"));
        var bare = operator.remote().path();
        var empty = Files.createDirectories(folder.resolve("empty/.git"));
        for (var where : List.of(nowhere, bare, empty.resolveSibling("."))) {
            for (var look : LOOKS) {
                var ran = quietIn(where, look);
                assertThat(ran.exit()).as(where + " " + look + ran.out())
                        .isIn(look.equals(DOCTOR) ? List.of(0, 1) : List.of(1, 2));
                assertThat(ran.err().lines().count()).as(look + ran.err()).isEqualTo(look.equals(DOCTOR) ? 0 : 1);
            }
        }
    }

    @Test
    void aWorktreeOfABareRepository() {
        var worktree = folder.resolve("of-bare");
        GitRepositories.git(operator.remote().path(), "worktree", "add", "--quiet", worktree.toString(), "main");

        assertThat(beatIn(worktree).bucket("fix-login")).isEqualTo("ready");
    }

    @Test
    void aCheckoutWithoutCommitsAndWithoutRemote() {
        var fresh = folder.resolve("fresh");
        GitRepositories.git(folder, "init", "--quiet", fresh.toString());
        Operator.write(fresh.resolve("tasks/fix-login.md"), task("ready"));
        Operator.write(fresh.resolve("tasks/left.md"), task("in_progress"));
        Operator.aged(fresh.resolve("tasks/left.md"), Duration.ofHours(3));

        var seen = beatIn(fresh);

        assertThat(seen.bucket("fix-login")).isEqualTo("ready");
        assertThat(seen.signals("left")).contains("stuck_in_progress");
        LOOKS.forEach(look -> quietIn(fresh, look));
    }

    // State files.

    @Test
    void registersThatAreNone() {
        for (var content : List.of("", "{", "[]", "null", "{\"schema\":99,\"entries\":{}}",
                "{\"schema\":1,\"entries\":{\"fix-login\":7}}", "{\"schema\":1,\"entries\":{\"../../x\":{}}}",
                "\u0000\u0001")) {
            operator.state("task-manager-dave.register.json", content);
            assertThat(operator.beat().signals()).as(content).contains("state_file_corrupt");
        }
        looks();
    }

    @Test
    void snapshotsThatAreNone() {
        for (var content : List.of("", "{", "[]", "null", "{\"schema\":1}", "\u0000\u0001",
                "{\"schema\":1,\"tasks\":[{\"slug\":\"../x\"}]}")) {
            operator.state("task-manager-dave.snapshot.json", content);
            assertThat(quiet("status").exit()).as(content).isEqualTo(1);
            beat();
        }
        operator.state("task-manager-dave.snapshot.json", "{\"schema\":99}");
        var refused = quiet("heartbeat", "--once", "--no-reconcile");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("newer");
        looks();
    }

    @Test
    void dispatchStatusesThatAreNone() {
        var contents = List.of("", "{", "[]", "null", "{}", "\u0000\u0001", "{\"pid\":\"x\"}", "{\"exit_code\":1e999}",
                "{\"state\":\"running\",\"pid\":-1}", "{\"state\":\"running\",\"updated_at\":\"yesterday\"}");
        for (int i = 0; i < contents.size(); i++) {
            operator.write("tasks/t" + i + ".md", task("ready"));
            operator.dispatched("t" + i, contents.get(i));
        }
        operator.with("TASK_MANAGER_MAX_WORKERS", "99");

        var seen = operator.beat();

        for (int i = 0; i < contents.size(); i++) {
            assertThat(seen.signals("t" + i)).as(contents.get(i)).containsExactly("state_file_corrupt");
        }
        looks();
    }

    @Test
    void tombstonesThatAreNone() {
        var contents = List.of("", "{", "[]", "\u0000\u0001", "{\"exit_code\":\"x\"}");
        for (int i = 0; i < contents.size(); i++) {
            operator.write("tasks/t" + i + ".md", task("ready"));
            operator.dispatched("t" + i, "{\"run_id\":\"r1\",\"state\":\"failed\",\"exit_code\":1}");
            operator.write("tasks/logs/dispatch-t" + i + ".tombstone.json", contents.get(i));
        }

        var seen = beat();

        for (int i = 0; i < contents.size(); i++) {
            assertThat(seen.signals("t" + i)).as(contents.get(i)).contains("state_file_corrupt", "dispatch_failed");
        }
        looks();
    }

    @Test
    void foldersWhereStateFilesAreExpected() throws IOException {
        Files.createDirectories(operator.checkout().resolve("tasks/logs/dispatch-fix-login.status.json/x"));
        Files.createDirectories(operator.checkout().resolve(".tasks/task_manager/task-manager-rj.register.json/x"));
        Files.createDirectories(operator.checkout().resolve(".tasks/task_manager/tasks.catalog/x"));
        Files.createDirectories(operator.checkout().resolve(".tasks/task_manager/tasks.index/x"));

        var seen = operator.beat();
        looks();

        assertThat(seen.signals()).contains("state_file_corrupt");
        assertThat(seen.bucket("beside")).isEqualTo("ready");
    }

    @Test
    void linksWhereFoldersAreExpected() throws IOException {
        var outside = Files.createDirectories(folder.resolve("outside"));
        Operator.write(outside.resolve("dispatch-fix-login.status.json"), "{\"state\":\"failed\"}");
        Files.createSymbolicLink(operator.checkout().resolve("tasks/logs"), outside);

        var seen = operator.beat();
        looks();

        assertThat(seen.signals()).containsExactly("pass_failed");
        assertThat(seen.task("beside").path("not_dispatchable").asText()).contains("tasks/logs", "left alone");
        assertThat(operator.names(outside)).containsExactly("dispatch-fix-login.status.json");
    }

    @Test
    void aStateFolderThatLeadsOutOfTheCheckout() throws IOException {
        var outside = Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(operator.checkout().resolve(".tasks"), outside);

        var ran = quiet("heartbeat", "--once", "--no-reconcile");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains(".tasks");
        assertThat(ran.err().lines().count()).isLessThanOrEqualTo(2);
        assertThat(operator.names(outside)).isEmpty();
        looks();
    }

    @Test
    void aTasksFolderThatLeadsOutOfTheCheckout() throws IOException {
        Files.move(operator.checkout().resolve("tasks"), folder.resolve("outside"));
        Files.createSymbolicLink(operator.checkout().resolve("tasks"), folder.resolve("outside"));

        var seen = operator.beat();
        looks();

        assertThat(seen.json().path("tasks")).isEmpty();
        assertThat(seen.json().path("signals").toString()).contains("symbolic link");
    }

    /** A beat in which the task beside is judged as ever. */
    private Seen beat() {
        var seen = operator.beat();
        assertThat(seen.bucket("beside")).isEqualTo("ready");
        assertThat(seen.dispatchable("beside")).isTrue();
        return seen;
    }

    private Seen beatIn(Path where) {
        assertThat(quietIn(where, List.of("heartbeat", "--once", "--no-reconcile")).exit()).isZero();
        try {
            return Seen.in(Files.readString(where.resolve(".tasks/task_manager/task-manager-dave.snapshot.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every look prints text, and what is wrong in a line or two. */
    private void looks() {
        LOOKS.forEach(look -> quietIn(operator.checkout(), look));
    }

    private Terminal.Ran quiet(String... command) {
        return quietIn(operator.checkout(), List.of(command));
    }

    private Terminal.Ran quietIn(Path where, List<String> command) {
        var ran = operator.runIn(where, command);
        assertThat(ran.out() + ran.err()).as(command.toString())
                .doesNotContain("Exception", "at dev.reeve", "\u001b", "\u202e", "\u0007");
        assertThat(ran.exit()).as(command.toString()).isBetween(0, 2);
        return ran;
    }

    /** A character is a byte. */
    private void bytes(String file, String text) throws IOException {
        Files.write(operator.checkout().resolve(file), text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
