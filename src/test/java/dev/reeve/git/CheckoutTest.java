package dev.reeve.git;

import dev.reeve.kit.GitRepositories;
import dev.reeve.model.BranchName;
import dev.reeve.model.LocalState;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.Worktree;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static dev.reeve.kit.GitRepositories.git;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckoutTest {

    private static final BranchName MAIN = new BranchName("main");

    @TempDir
    private Path folder;
    private GitRepositories repositories;
    private GitRepositories.Remote remote;
    private Path path;
    private Checkout checkout;

    @BeforeEach
    void anOperatorsCheckout() throws Exception {
        folder = folder.toRealPath();
        repositories = new GitRepositories(folder);
        remote = repositories.remote("acme");
        remote.commit("main")
                .file("tasks/a.md", "a\n")
                .file("tasks/m1/b.md", "b\n")
                .file("tasks/ü c.md", "c\n")
                .file("tasks/logs/a.md", "no task\n")
                .file(".gitignore", "ignored*\n")
                .file(".gitattributes", "tasks/crlf.md text eol=crlf\n")
                .file("tasks/crlf.md", "one\ntwo\n")
                .push("first");
        path = repositories.checkout(remote, "operator");
        checkout = Checkout.open(Git.onPath(), path);
    }

    private void write(String file, String content) throws IOException {
        Files.createDirectories(path.resolve(file).getParent());
        Files.writeString(path.resolve(file), content);
    }

    private LocalState state(String file) {
        return checkout.localStates(List.of(new TaskPath(file))).values().iterator().next();
    }

    @Test
    void itKnowsWhereItIsAndWhatItIsACheckoutOf() throws Exception {
        assertThat(Checkout.open(Git.onPath(), path.resolve("tasks/m1")).root()).isEqualTo(path);
        assertThat(checkout.commonFolder()).isEqualTo(path.resolve(".git"));
        assertThat(checkout.origin()).as("a local path").isEmpty();
        git(path, "remote", "set-url", "origin", "git@github.com:acme/shop.git");
        assertThat(checkout.origin()).contains(new Remote("github.com", new RepositoryName("acme", "shop")));
        git(path, "remote", "remove", "origin");
        assertThat(checkout.origin()).isEmpty();
        assertThat(checkout.userEmail()).contains("dave.fowler@example.com");
        git(path, "config", "reeve.owner", "dave");
        assertThat(checkout.config("reeve.owner")).contains("dave");
        assertThat(checkout.config("reeve.other")).isEmpty();
        assertThatThrownBy(() -> checkout.config("--global")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Checkout.open(Git.onPath(), folder)).isInstanceOf(GitFailure.class);
    }

    @Test
    void branchesAreNamedOrAbsent() {
        assertThat(checkout.currentBranch()).contains(MAIN);
        assertThat(checkout.defaultBranch()).contains(MAIN);
        git(path, "remote", "set-head", "origin", "--delete");
        assertThat(checkout.defaultBranch()).as("as the remote says").contains(MAIN);
        git(path, "checkout", "--quiet", "--detach");
        assertThat(checkout.currentBranch()).isEmpty();
        assertThat(checkout.head()).isEqualTo(remote.tip("main"));
    }

    @Test
    void theDefaultBranchIsPresumedWithoutAskingAnybodyAndWhateverIsCheckedOut() {
        git(path, "checkout", "--quiet", "-b", "task/x");
        git(path, "remote", "set-url", "origin", folder.resolve("gone").toString());
        assertThat(checkout.presumedDefaultBranch()).isEqualTo(MAIN);
        git(path, "remote", "set-head", "origin", "--delete");
        assertThat(checkout.presumedDefaultBranch()).as("it is here").isEqualTo(MAIN);
        git(path, "branch", "--quiet", "--delete", "--force", "main");
        assertThat(checkout.presumedDefaultBranch()).as("it is at origin").isEqualTo(MAIN);
        git(path, "update-ref", "-d", "refs/remotes/origin/main");
        assertThat(checkout.presumedDefaultBranch()).as("nothing else is known").hasToString("task/x");
        git(path, "branch", "--quiet", "master");
        assertThat(checkout.presumedDefaultBranch()).hasToString("master");
        git(path, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
        assertThat(checkout.presumedDefaultBranch()).as("as remembered").hasToString("trunk");
    }

    @Test
    void fetchingMovesNothingButTheDefaultBranchsTrackingRef() throws Exception {
        git(path, "config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*");
        git(path, "config", "fetch.prune", "true");
        git(path, "fetch", "--quiet");
        var old = remote.tip("main").orElseThrow();
        git(path, "update-ref", "refs/remotes/origin/gone", old.value());
        write("tasks/a.md", "edited\n");
        git(path, "add", "tasks/a.md");
        var refs = refs();
        var files = fingerprint();
        var tip = remote.commit("main").file("tasks/a.md", "b\n").push("second");
        remote.branch("task/x", "main");
        assertThat(checkout.fetchDefault(MAIN))
                .isEqualTo(new FetchResult.Fetched(tip, Optional.of(old), FetchResult.Movement.FORWARD));
        assertThat(refs()).isEqualTo(refs.replace(old + " refs/remotes/origin/main", tip + " refs/remotes/origin/main")
                .replace(old + " refs/remotes/origin/HEAD", tip + " refs/remotes/origin/HEAD"));
        assertThat(fingerprint()).isEqualTo(files);
        assertThat(checkout.remoteTip(MAIN)).contains(tip);
        assertThat(checkout.fetchDefault(MAIN)).isInstanceOfSatisfying(FetchResult.Fetched.class,
                fetched -> assertThat(fetched.movement()).isEqualTo(FetchResult.Movement.UNMOVED));
        assertThat(checkout.fetchDefault(new BranchName("none"))).isEqualTo(new FetchResult.Missing());
        remote.force("main", old);
        remote.commit("main").file("tasks/a.md", "c\n").push("forced");
        assertThat(checkout.fetchDefault(MAIN)).isInstanceOfSatisfying(FetchResult.Fetched.class,
                fetched -> assertThat(fetched.movement()).isEqualTo(FetchResult.Movement.FORCED));
    }

    @Test
    void anOperatorWhoFetchesAtTheSameTimeIsNoDamage() throws Exception {
        remote.commit("main").file("tasks/a.md", "b\n").push("second");
        write(".git/refs/remotes/origin/main.lock", "");
        assertThatThrownBy(() -> checkout.fetchDefault(MAIN)).isInstanceOfSatisfying(GitFailure.class, e -> {
            assertThat(e.kind()).isEqualTo(GitFailure.Kind.BUSY);
            assertThat(e.retryHelps()).isTrue();
        });
        assertThat(path.resolve(".git/refs/remotes/origin/main.lock")).as("not ours to remove").exists();
    }

    private String refs() {
        return git(path, "for-each-ref", "--format=%(objectname) %(refname)");
    }

    private String fingerprint() throws IOException {
        var text = new StringBuilder();
        for (var file : List.of(".git/index", ".git/HEAD", ".git/FETCH_HEAD", ".git/config", "tasks/a.md")) {
            text.append(file).append(Files.getLastModifiedTime(path.resolve(file))).append('\n');
        }
        return text.toString();
    }

    @Test
    void aCommitIsReadWithoutTheWorkingTree() throws Exception {
        write("tasks/a.md", "edited\n");
        var head = checkout.head().orElseThrow();
        var read = checkout.read(head, List.of(new TaskPath("tasks/a.md"), new TaskPath("tasks/ü c.md")));
        assertThat(read.values()).extracting(entry -> new String(((Entry.RegularFile) entry).content(),
                UTF_8)).containsExactly("a\n", "c\n");
        assertThat(checkout.tasks(head, new TaskPath("tasks")).all()).extracting(TaskPath::value)
                .containsExactly("tasks/a.md", "tasks/m1/b.md", "tasks/crlf.md", "tasks/ü c.md");
        assertThat(checkout.find(head, new TaskPath("tasks"), List.of(new Slug("b"), new Slug("a"), new Slug("no"))))
                .extracting(TaskPath::value)
                .containsExactly("tasks/a.md", "tasks/m1/b.md");
        assertThat(checkout.find(head, new TaskPath("t*s"), List.of(new Slug("a")))).isEmpty();
        assertThat(checkout.find(head, new TaskPath("tasks"), List.of())).isEmpty();
    }

    @Test
    void aFileThatDiffersInAnyWayFromHeadIsNotUnchanged() throws Exception {
        assertThat(state("tasks/a.md")).isEqualTo(LocalState.UNCHANGED);
        assertThat(state("tasks/ü c.md")).isEqualTo(LocalState.UNCHANGED);
        write("tasks/a.md", "edited\n");
        assertThat(state("tasks/a.md")).isEqualTo(LocalState.MODIFIED);
        git(path, "add", "tasks/a.md");
        write("tasks/a.md", "a\n");
        assertThat(state("tasks/a.md")).as("staged only").isEqualTo(LocalState.MODIFIED);
        write("tasks/new.md", "new\n");
        assertThat(state("tasks/new.md")).isEqualTo(LocalState.UNTRACKED);
        git(path, "add", "tasks/new.md");
        assertThat(state("tasks/new.md")).as("added").isEqualTo(LocalState.MODIFIED);
        write("tasks/ignored.md", "x\n");
        assertThat(state("tasks/ignored.md")).isEqualTo(LocalState.UNTRACKED);
        Files.delete(path.resolve("tasks/m1/b.md"));
        assertThat(state("tasks/m1/b.md")).isEqualTo(LocalState.MISSING);
        assertThat(state("tasks/never.md")).isEqualTo(LocalState.MISSING);
        git(path, "rm", "--quiet", "--cached", "tasks/ü c.md");
        assertThat(state("tasks/ü c.md")).as("removed from the index").isEqualTo(LocalState.MODIFIED);
    }

    @Test
    void lineEndsThatGitConvertsAreNoChange() throws Exception {
        assertThat(Files.readString(path.resolve("tasks/crlf.md"))).isEqualTo("one\r\ntwo\r\n");
        Files.setLastModifiedTime(path.resolve("tasks/crlf.md"), FileTime.from(Instant.ofEpochSecond(1_600_000_000)));
        assertThat(state("tasks/crlf.md")).isEqualTo(LocalState.UNCHANGED);
    }

    @Test
    void aLinkInTheWayIsNeverFollowed() throws Exception {
        var outside = Files.writeString(folder.resolve("outside.md"), "a\n");
        Files.delete(path.resolve("tasks/a.md"));
        Files.createSymbolicLink(path.resolve("tasks/a.md"), outside);
        assertThat(state("tasks/a.md")).isEqualTo(LocalState.MODIFIED);
    }

    private Path worktree(String branch) {
        var at = folder.resolve("wt-" + branch.replace('/', '-'));
        git(path, "worktree", "add", "--quiet", "-b", branch, at.toString());
        return at;
    }

    private LinkedWorktree only() {
        assertThat(checkout.worktrees()).hasSize(1);
        return checkout.worktrees().getFirst();
    }

    private Worktree inspected(Sha... merged) {
        return checkout.inspection(checkout.worktrees(), checkout.remoteTip(MAIN).stream().toList())
                .of(only(), List.of(merged))
                .orElseThrow();
    }

    @Test
    void worktreesAreListedWithTheirBranchAndLock() {
        assertThat(checkout.worktrees()).isEmpty();
        var at = worktree("task/x");
        assertThat(only()).isEqualTo(new LinkedWorktree(at, Optional.of(new BranchName("task/x")),
                remote.tip("main"), Optional.empty(), Optional.empty()));
        git(path, "worktree", "lock", "--reason", "on a\nstick", at.toString());
        assertThat(only().locked()).contains("on a\nstick");
        assertThat(Checkout.open(Git.onPath(), at).commonFolder()).isEqualTo(checkout.commonFolder());
        assertThat(Checkout.open(Git.onPath(), at).worktrees()).isEqualTo(checkout.worktrees());
    }

    @Test
    void aWorktreeWithWorkInItIsSeenAndKept() throws Exception {
        var at = worktree("task/x");
        assertThat(inspected()).returns(true, Worktree::clean).returns(true, Worktree::pushed);
        Files.writeString(at.resolve("new\nfile"), "x");
        var noon = Instant.ofEpochSecond(1_900_000_000);
        Files.setLastModifiedTime(at.resolve("new\nfile"), FileTime.from(noon));
        assertThat(inspected()).returns(false, Worktree::clean).returns(noon, Worktree::lastActivity);
        assertThat(checkout.removeWorktree(at)).isInstanceOfSatisfying(Removal.Refused.class,
                refused -> assertThat(refused.reason()).contains("modified or untracked"));
        assertThat(at.resolve("new\nfile")).exists();
        git(at, "add", "-A");
        git(at, "commit", "--quiet", "-m", "work");
        var head = new Sha(git(at, "rev-parse", "HEAD"));
        assertThat(inspected()).returns(true, Worktree::clean).returns(false, Worktree::pushed);
        assertThat(inspected(new Sha("9".repeat(40)))).as("a commit that isn't here").returns(false, Worktree::pushed);
        assertThat(inspected(head)).as("the head of a squashed PR").returns(true, Worktree::pushed);
        git(at, "push", "--quiet", "origin", "task/x");
        assertThat(inspected()).returns(true, Worktree::pushed);
        assertThat(Checkout.bytesOnDisk(at)).isGreaterThan(10);
        assertThat(checkout.removeWorktree(at)).isEqualTo(new Removal.Removed());
        assertThat(at).doesNotExist();
        assertThat(git(path, "branch", "--list", "task/x")).isNotEmpty();
    }

    @Test
    void aWorktreeIsAheadByTheCommitsThatTheDefaultBranchDoesNotHave() {
        var at = worktree("task/x");
        assertThat(inspected()).returns(0, Worktree::ahead);
        commit(at, "one");
        commit(at, "two");
        assertThat(inspected()).returns(2, Worktree::ahead);
        var head = new Sha(git(at, "rev-parse", "HEAD"));
        assertThat(inspected(head)).as("its pull request was squashed").returns(0, Worktree::ahead);
        git(at, "push", "--quiet", "origin", "task/x");
        assertThat(inspected()).as("pushed, not merged").returns(2, Worktree::ahead);
        remote.merge("task/x", "main", "Merge it");
        assertThat(checkout.fetchDefault(MAIN)).isInstanceOf(FetchResult.Fetched.class);
        assertThat(inspected()).as("merged").returns(0, Worktree::ahead);
        commit(at, "three");
        assertThat(inspected(head)).as("later than its pull request").returns(1, Worktree::ahead);
        git(at, "checkout", "--quiet", "--detach");
        assertThat(inspected()).as("detached").returns(1, Worktree::ahead);
    }

    @Test
    void whatTheDefaultBranchHasMayBeUnknown() {
        commit(worktree("task/x"), "one");
        var elsewhere = new Sha("9".repeat(40));
        assertThat(checkout.inspection(List.of(only()), List.of(elsewhere)).of(only(), List.of()).orElseThrow())
                .returns(null, Worktree::ahead)
                .returns(false, Worktree::pushed);
    }

    /** Where there are too many commits to list, each worktree is asked about by itself, which must say the same. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 100})
    void manyCommitsAreCountedAsWellAsFew(int most) {
        var one = worktree("task/one");
        var two = worktree("task/two");
        var main = remote.tip("main").orElseThrow();
        commit(one, "1");
        git(one, "push", "--quiet", "origin", "task/one");
        commit(two, "1");
        commit(two, "2");
        var heads = Stream.of(one, two).map(at -> new Sha(git(at, "rev-parse", "HEAD"))).toList();
        var asked = new Heads(() -> Git.onPath().in(path), heads, List.of(main), most);
        assertThat(heads).extracting(head -> asked.ahead(head, List.of())).containsExactly(1, Math.min(2, most));
        assertThat(heads).extracting(head -> asked.isPushed(head, List.of())).containsExactly(true, false);
        assertThat(asked.isPushed(heads.getLast(), List.of(heads.getLast()))).isTrue();
    }

    private static void commit(Path at, String message) {
        git(at, "commit", "--quiet", "--allow-empty", "-m", message);
    }

    @Test
    void theMainWorktreeALockedOneAndAStrangersFolderAreNotRemoved() throws Exception {
        var at = worktree("task/x");
        git(path, "worktree", "lock", at.toString());
        assertThat(checkout.removeWorktree(at)).isInstanceOf(Removal.Refused.class);
        assertThat(checkout.removeWorktree(path)).isInstanceOf(Removal.Refused.class);
        var stranger = Files.createDirectory(folder.resolve("--force"));
        assertThat(checkout.removeWorktree(stranger)).isInstanceOf(Removal.Refused.class);
        assertThat(at).isDirectory();
        assertThat(path.resolve("tasks/a.md")).exists();
        assertThat(stranger).isDirectory();
    }

    @Test
    void aWorktreeWhoseFolderIsGoneIsPrunable() {
        var at = worktree("task/x");
        CloneFolder.delete(at);
        assertThat(only().prunable()).isPresent();
        assertThat(checkout.inspection(List.of(only()), List.of()).of(only(), List.of())).isEmpty();
    }

    @Test
    void aWorktreeOnADiskThatIsNotThereIsNotGoneWhileItIsLocked() {
        var at = worktree("task/x");
        git(path, "worktree", "lock", "--reason", "on a stick", at.toString());
        CloneFolder.delete(at);
        assertThatThrownBy(this::inspected).isInstanceOf(GitFailure.class).hasMessageContaining("locked: on a stick");
    }

    @Test
    void whatIsInAWorktreesPlaceIsNotTakenForIt() throws Exception {
        var at = worktree("task/x");
        Files.delete(at.resolve(".git"));
        assertThatThrownBy(this::inspected).as("no worktree any more")
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("no worktree of this repository");
        git(at, "init", "--quiet");
        assertThatThrownBy(this::inspected).as("another repository").isInstanceOf(GitFailure.class);
        assertThat(at.resolve("tasks/a.md")).exists();
    }

    @Test
    void aCheckoutBeforeItsFirstCommitAnswersToo() throws Exception {
        var empty = Files.createDirectory(folder.resolve("empty"));
        git(empty, "init", "--quiet", "--initial-branch=trunk");
        Files.writeString(empty.resolve("x.md"), "x");
        var fresh = Checkout.open(Git.onPath(), empty);
        assertThat(fresh.head()).isEmpty();
        assertThat(fresh.currentBranch()).contains(new BranchName("trunk"));
        assertThat(fresh.localStates(List.of(new TaskPath("x.md"))).values()).containsExactly(LocalState.UNTRACKED);
        assertThat(fresh.worktrees()).isEmpty();
    }
}
