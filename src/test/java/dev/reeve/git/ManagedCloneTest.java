package dev.reeve.git;

import dev.reeve.kit.GitRepositories;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ManagedCloneTest {

    private static final BranchName MAIN = new BranchName("main");
    private static final TaskPath TASKS = new TaskPath("tasks");
    private static final Identity REEVE = new Identity("Reeve", "reeve@example.com");

    @TempDir
    private Path folder;
    private GitRepositories repositories;
    private GitRepositories.Remote remote;
    private ManagedClone clone;

    @BeforeEach
    void aRemoteAndItsClone() {
        repositories = new GitRepositories(folder);
        remote = repositories.remote("acme");
        clone = open();
    }

    @AfterEach
    void close() {
        clone.close();
    }

    private ManagedClone open() {
        return ManagedClone.open(Git.onPath(), folder.resolve("data/acme"), remote.url(), Credentials::none);
    }

    private FetchResult.Fetched fetched() {
        return (FetchResult.Fetched) clone.fetch(MAIN);
    }

    static CommitSpec commit(String message, String file, String content) {
        return new CommitSpec(message, List.of(new Trailer("Reeve-Task", "fix-login")), REEVE, REEVE,
                Instant.ofEpochSecond(1_700_001_000),
                List.of(new CommitSpec.Change(new TaskPath(file), FileMode.REGULAR, content.getBytes(UTF_8))));
    }

    private String content(Sha commit, String path) {
        var entry = clone.read(commit, List.of(new TaskPath(path))).values().iterator().next();
        return new String(((Entry.RegularFile) entry).content(), UTF_8);
    }

    @Test
    void anEmptyRepositoryHasNoBranchYet() {
        assertThat(clone.fetch(MAIN)).isEqualTo(new FetchResult.Missing());
        assertThat(clone.defaultBranch()).isEmpty();
    }

    @Test
    void aBranchThatIsGoneIsMissingAndComesBack() {
        var tip = remote.commit("main").file("a.md", "a").push("a");
        fetched();
        remote.delete("main");
        assertThat(clone.fetch(MAIN)).isEqualTo(new FetchResult.Missing());
        remote.force("main", tip);
        assertThat(fetched().tip()).isEqualTo(tip);
    }

    @Test
    void fetchTellsHowTheBranchMoved() {
        var first = remote.commit("main").file("a.md", "a").push("a");
        assertThat(fetched()).isEqualTo(
                new FetchResult.Fetched(first, Optional.empty(), FetchResult.Movement.FIRST_SEEN));
        assertThat(fetched().movement()).isEqualTo(FetchResult.Movement.UNMOVED);
        var second = remote.commit("main").file("a.md", "b").push("b");
        assertThat(fetched()).isEqualTo(
                new FetchResult.Fetched(second, Optional.of(first), FetchResult.Movement.FORWARD));
        remote.force("main", first);
        var third = remote.commit("main").file("a.md", "c").push("c");
        assertThat(fetched()).isEqualTo(
                new FetchResult.Fetched(third, Optional.of(second), FetchResult.Movement.FORCED));
        assertThat(clone.isAncestor(second, third)).isFalse();
        assertThat(clone.isAncestor(first, third)).isTrue();
        assertThat(clone.mergeBase(second, third)).contains(first);
    }

    @Test
    void whatWasFetchedIsRememberedByTheNextProcess() {
        var first = remote.commit("release/1%2F").file("a.md", "a").push("a");
        clone.fetch(new BranchName("release/1%2F"));
        clone.close();
        clone = open();
        assertThat(clone.fetch(new BranchName("release/1%2F"))).isEqualTo(
                new FetchResult.Fetched(first, Optional.of(first), FetchResult.Movement.UNMOVED));
    }

    @Test
    void aBranchMayBecomeAFolderOfBranches() {
        remote.commit("release").file("a.md", "a").push("a");
        clone.fetch(new BranchName("release"));
        remote.delete("release");
        remote.commit("release/2").file("a.md", "a").push("a");
        assertThat(clone.fetch(new BranchName("release/2"))).isInstanceOf(FetchResult.Fetched.class);
    }

    @Test
    void theRemoteSaysWhichBranchIsItsDefault() {
        remote.commit("trunk").file("a.md", "a").push("a");
        GitRepositories.git(remote.path(), "symbolic-ref", "HEAD", "refs/heads/trunk");
        assertThat(clone.defaultBranch()).contains(new BranchName("trunk"));
    }

    @Test
    void filesAreReadWithTheirModeAndWhatIsNoFileIsNamed() {
        var submodule = new Sha("1".repeat(40));
        var tip = remote.commit("main")
                .file("tasks/a.md", "a\n")
                .entry("100755", "tasks/run.md", "x".getBytes(UTF_8))
                .entry("120000", "tasks/link.md", "../../etc/passwd".getBytes(UTF_8))
                .entry("120000", "linked", "tasks".getBytes(UTF_8))
                .file("tasks/huge.md", "x".repeat(Entry.LONGEST_FILE + 1))
                .file("tasks/empty.md", "")
                .submodule("tasks/sub", submodule)
                .push("all kinds");
        fetched();
        var paths = List.of("tasks/a.md", "tasks/run.md", "tasks/link.md", "linked/a.md", "tasks/huge.md",
                "tasks/empty.md", "tasks/sub", "tasks/sub/x.md", "tasks", "tasks/none.md", "tasks/a.md/b.md",
                ":(top)a");
        var read = clone.read(tip, paths.stream().map(TaskPath::new).toList());
        assertThat(read.keySet()).extracting(TaskPath::value).containsExactlyElementsOf(paths);
        assertThat(read.values()).extracting(ManagedCloneTest::described)
                .containsExactly("REGULAR a\n", "EXECUTABLE x", "SYMBOLIC_LINK", "absent", "1048577 bytes", "REGULAR ",
                        "SUBMODULE", "absent", "FOLDER", "absent", "absent", "absent");
    }

    private static String described(Entry entry) {
        return switch (entry) {
            case Entry.RegularFile file -> file.mode() + " " + new String(file.content(), UTF_8);
            case Entry.NotAFile other -> other.kind().toString();
            case Entry.TooLarge large -> large.bytes() + " bytes";
            case Entry.Absent _ -> "absent";
        };
    }

    @Test
    void manyFilesAreReadAtOnceFromAPartialClone() {
        var commit = remote.commit("main").file("README.md", "readme");
        IntStream.range(0, 300).forEach(i -> commit.file("tasks/m" + i % 7 + "/t-" + i + ".md", "task " + i));
        var tip = commit.push("many");
        fetched();
        assertThat(looseOrPacked("blob")).isZero();
        var paths = IntStream.range(0, 300).mapToObj(i -> new TaskPath("tasks/m" + i % 7 + "/t-" + i + ".md")).toList();
        var read = clone.read(tip, paths);
        assertThat(read.get(paths.get(299))).isInstanceOfSatisfying(Entry.RegularFile.class,
                file -> assertThat(file.content()).asString().isEqualTo("task 299"));
        assertThat(read.values()).allMatch(Entry.RegularFile.class::isInstance);
        assertThat(looseOrPacked("blob")).isEqualTo(300);
        clone.close();
        remote.delete("main");
        clone = open();
        assertThat(content(tip, "tasks/m0/t-0.md")).isEqualTo("task 0");
    }

    private long looseOrPacked(String type) {
        return GitRepositories
                .git(folder.resolve("data/acme"), "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)")
                .lines()
                .filter(type::equals)
                .count();
    }

    @Test
    void readingAnUnknownCommitFailsAndLeavesTheCloneAlone() {
        var tip = remote.commit("main").file("a.md", "a").push("a");
        fetched();
        assertThatThrownBy(() -> clone.read(new Sha("2".repeat(40)), List.of(new TaskPath("a.md"))))
                .isInstanceOfSatisfying(GitFailure.class,
                        e -> assertThat(e.kind()).isEqualTo(GitFailure.Kind.OTHER));
        assertThat(content(tip, "a.md")).isEqualTo("a");
        assertThat(folder.resolve("data/acme.broken")).doesNotExist();
    }

    @Test
    void aCommitOutsideTheBranchIsFetchedByItsId() {
        remote.commit("main").file("a.md", "a").push("a");
        remote.branch("task/x", "main");
        var head = remote.commit("task/x").file("a.md", "b").push("b");
        fetched();
        assertThat(clone.isAncestor(head, head)).isFalse();
        assertThat(clone.fetchCommit(head)).isTrue();
        assertThat(content(head, "a.md")).isEqualTo("b");
        assertThat(clone.fetchCommit(new Sha("3".repeat(40)))).isFalse();
    }

    @Test
    void theIndexFindsTasksAndFollowsTheBranch() {
        remote.commit("main")
                .file("tasks/a.md", "a")
                .file("tasks/m1/b.md", "b")
                .file("tasks/m2/b.md", "b")
                .file("tasks/logs/c.md", "c")
                .file("tasks/m1/templates/d.md", "d")
                .file("tasks/_e.md", "e")
                .file("tasks/.f/f.md", "f")
                .file("tasks/Not A Slug.md", "n")
                .file("tasks/new\nline.md", "n")
                .file("tasks/g.txt", "g")
                .file("h.md", "h")
                .file("tasks2/i.md", "i")
                .entry("120000", "tasks/k.md", "a.md".getBytes(UTF_8))
                .push("tasks");
        var index = clone.tasks(fetched().tip(), TASKS);
        assertThat(index.all()).extracting(TaskPath::value)
                .containsExactly("tasks/Not A Slug.md", "tasks/a.md", "tasks/m1/b.md", "tasks/m2/b.md");
        assertThat(index.find(new Slug("b"))).extracting(TaskPath::value)
                .containsExactly("tasks/m1/b.md", "tasks/m2/b.md");
        assertThat(index.find(new Slug("c"))).isEmpty();
        remote.commit("main")
                .delete("tasks/m1/b.md")
                .file("tasks/m3/z.md", "z")
                .file("tasks/a.md", "changed")
                .file("tasks/k.md", "a file now")
                .push("moved");
        var moved = clone.tasks(fetched().tip(), TASKS);
        assertThat(moved.all()).extracting(TaskPath::value)
                .containsExactly("tasks/Not A Slug.md", "tasks/a.md", "tasks/m2/b.md", "tasks/k.md", "tasks/m3/z.md");
        assertThat(moved.find(new Slug("z"))).extracting(TaskPath::value).containsExactly("tasks/m3/z.md");
        assertThat(clone.tasks(index.commit(), TASKS).all()).isEqualTo(index.all());
        assertThat(clone.tasks(moved.commit(), new TaskPath("tasks2")).all()).hasSize(1);
        assertThat(clone.tasks(moved.commit(), new TaskPath("none")).all()).isEmpty();
    }

    @Test
    void historyAnswersForCommitsThatAreHereAndOnlyForThem() {
        var first = remote.commit("main").file("tasks/a.md", "a").push("first");
        remote.commit("main").file("tasks/b.md", "b").file("src/x", "x").push("second");
        var third = remote.commit("main")
                .file("tasks/ünï \"code\".md", "c")
                .push("third | <b>\n\nbody\nTask: no\n\nReeve-Task: fix-login\nReeve-PR: 12\n");
        fetched();
        assertThat(clone.changedPaths(first, third, TASKS).orElseThrow()).extracting(TaskPath::value)
                .containsExactly("tasks/b.md", "tasks/ünï \"code\".md");
        var commits = clone.commits(first, third, 10).orElseThrow();
        assertThat(commits).extracting(Commit::subject).containsExactly("third | <b>", "second");
        assertThat(commits.getFirst().sha()).isEqualTo(third);
        assertThat(commits.getFirst().trailers())
                .containsExactly(new Trailer("Reeve-Task", "fix-login"), new Trailer("Reeve-PR", "12"));
        assertThat(commits.getLast().parents()).containsExactly(first);
        assertThat(clone.commits(first, third, 1).orElseThrow()).hasSize(1);
        var unknown = new Sha("0".repeat(40));
        assertThat(clone.changedPaths(unknown, third, TASKS)).isEmpty();
        assertThat(clone.commits(unknown, third, 10)).isEmpty();
        assertThat(clone.isAncestor(unknown, third)).isFalse();
        assertThat(clone.mergeBase(unknown, third)).isEmpty();
    }

    @Test
    void oneCloneHasOneOwner() {
        assertThatThrownBy(this::open).isInstanceOf(GitFailure.class).hasMessageContaining("is in use");
        clone.close();
        clone = open();
    }

    @Test
    void aUrlWithAPasswordIsRefused() {
        assertThatThrownBy(() -> ManagedClone.open(Git.onPath(), folder.resolve("x"), "https://u:secret@h/o/r",
                Credentials::none)).isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("secret");
        assertThatThrownBy(
                () -> ManagedClone.open(Git.onPath(), folder.resolve("x"), "ext::sh -c id", Credentials::none))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void upkeepKeepsWhatIsNeededAndPacksTheRest() throws Exception {
        var first = remote.commit("main").file("tasks/a.md", "0").file("big", "x".repeat(100_000)).push("0");
        fetched();
        var tip = ((PushResult.Pushed) clone.push(MAIN, first, List.of(commit("c", "tasks/a.md", "1")))).tip();
        for (int i = 0; i < 65; i++) {
            GitRepositories.git(folder.resolve("data/acme"), ("blob\ndata <<E\n" + i + "\nE\n").getBytes(UTF_8), "-c",
                    "fastimport.unpackLimit=0", "fast-import", "--quiet");
        }
        clone.push(MAIN, tip, List.of(commit("c", "tasks/a.md", "2")));
        tip = fetched().tip();
        clone.maintain();
        try (var packs = Files.list(folder.resolve("data/acme/objects/pack"))) {
            assertThat(packs.filter(file -> file.toString().endsWith(".pack"))).hasSizeLessThan(5);
        }
        assertThat(content(tip, "tasks/a.md")).isEqualTo("2");
        assertThat(content(first, "tasks/a.md")).isEqualTo("0");
        assertThat(clone.isAncestor(first, tip)).isTrue();
    }
}
