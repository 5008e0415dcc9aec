package dev.reeve.git;

import dev.reeve.kit.GitRepositories;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import static dev.reeve.kit.GitRepositories.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorktreeAdditionTest {

    private static final BranchName BRANCH = new BranchName("task/x");

    @TempDir
    private Path folder;
    private GitRepositories.Remote remote;
    private Path path;
    private Path at;
    private Sha base;
    private Checkout checkout;

    @BeforeEach
    void anOperatorsCheckout() throws Exception {
        folder = folder.toRealPath();
        var repositories = new GitRepositories(folder);
        remote = repositories.remote("acme");
        base = remote.commit("main")
                .file("a.md", "a\n")
                .file("b.slow", "b\n")
                .file(".gitattributes", "*.slow filter=slow\n")
                .push("first");
        path = repositories.checkout(remote, "operator");
        at = folder.resolve("worktrees/x");
        checkout = Checkout.open(Git.onPath(), path);
    }

    private Addition add() {
        return add(at, BRANCH);
    }

    private Addition add(Path at, BranchName branch) {
        return checkout.addWorktree(new NewWorktree(at, branch, base));
    }

    private String refusal() {
        var before = git(path, "worktree", "list", "--porcelain");
        assertThat(add()).isInstanceOf(Addition.Refused.class);
        assertThat(git(path, "worktree", "list", "--porcelain")).isEqualTo(before);
        return ((Addition.Refused) add()).reason();
    }

    private void assertWhole(Path worktree) {
        assertThat(worktree.resolve("a.md")).hasContent("a\n");
        assertThat(git(worktree, "status", "--porcelain")).isEmpty();
        assertThat(git(worktree, "symbolic-ref", "HEAD")).isEqualTo(BRANCH.ref());
        assertThat(checkout.worktrees()).filteredOn(w -> w.path().equals(worktree))
                .singleElement()
                .returns(Optional.empty(), LinkedWorktree::locked);
    }

    @Test
    void aNewBranchBeginsAtTheBaseAndFollowsNothing() throws Exception {
        remote.commit("main").file("a.md", "later\n").push("second");
        git(path, "pull", "--quiet");
        assertThat(add()).isEqualTo(new Addition.Added(at));
        assertWhole(at);
        assertThat(git(at, "rev-parse", "HEAD")).isEqualTo(base.value());
        assertThat(git(path, "config", "--default", "none", "branch.task/x.merge")).isEqualTo("none");
        assertThat(git(path, "symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
    }

    @Test
    void aBranchThatIsHereIsUsedAsItIs() {
        git(path, "switch", "--quiet", "-c", "task/x");
        git(path, "commit", "--quiet", "--allow-empty", "-m", "work");
        var tip = git(path, "rev-parse", "HEAD");
        git(path, "switch", "--quiet", "main");
        git(path, "tag", "task/x", base.value());
        assertThat(add()).isEqualTo(new Addition.Added(at));
        assertWhole(at);
        assertThat(git(at, "rev-parse", "HEAD")).isEqualTo(tip);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+refs/heads/*:refs/remotes/origin/*", "+refs/heads/main:refs/remotes/origin/main"})
    void aBranchThatOnlyTheRemoteHasIsTakenFromThereAndFollowedWhereItIsFetched(String refspec) {
        git(path, "config", "remote.origin.fetch", refspec);
        git(path, "config", "branch.autoSetupMerge", "false");
        var tip = remote.commit("task/x").file("c.md", "c\n").push("work elsewhere");
        checkout.fetchDefault(BRANCH);
        assertThat(add()).isEqualTo(new Addition.Added(at));
        assertThat(git(at, "rev-parse", "HEAD")).isEqualTo(tip.value());
        assertThat(git(path, "config", "--default", "none", "branch.task/x.merge"))
                .isEqualTo(refspec.contains("*") ? "refs/heads/task/x" : "none");
    }

    @Test
    void theWorktreeOfTheBranchIsReusedWhereverItIsWithWhatIsInIt() throws Exception {
        add();
        Files.writeString(at.resolve("a.md"), "edited\n");
        assertThat(add()).isEqualTo(new Addition.Reused(checkout.worktrees().getFirst()));
        assertThat(add(folder.resolve("elsewhere"), BRANCH))
                .isEqualTo(new Addition.Reused(checkout.worktrees().getFirst()));
        assertThat(at.resolve("a.md")).hasContent("edited\n");
        Files.createSymbolicLink(folder.resolve("short"), at.getParent());
        assertThat(add(folder.resolve("short/x"), BRANCH)).isInstanceOf(Addition.Reused.class);
        assertThat(folder.resolve("elsewhere")).doesNotExist();
        assertThat(Checkout.open(Git.onPath(), at).addWorktree(new NewWorktree(at, BRANCH, base)))
                .isInstanceOf(Addition.Reused.class);
    }

    @Test
    void aWorktreeThatSomebodyLeftInTheMiddleOfARebaseIsReused() throws Exception {
        add();
        Files.writeString(at.resolve("a.md"), "here\n");
        git(at, "commit", "--quiet", "-a", "-m", "work");
        remote.commit("main").file("a.md", "there\n").push("second");
        git(path, "fetch", "--quiet");
        assertThatThrownBy(() -> git(at, "rebase", "--quiet", "origin/main")).hasMessageContaining("CONFLICT");
        assertThat(add()).isInstanceOfSatisfying(Addition.Reused.class,
                reused -> assertThat(reused.worktree().branch()).isEmpty());
    }

    @Test
    void aBranchOfTheMainWorktreeIsRefused() {
        git(path, "switch", "--quiet", "-c", "task/x");
        assertThat(refusal()).contains("branch task/x is checked out in " + path).contains("switch that");
        assertThat(at).doesNotExist();
    }

    @Test
    void aFolderThatIsSomethingElseIsRefusedAndKept() throws Exception {
        Files.createDirectories(at);
        Files.writeString(at.resolve("notes"), "mine");
        assertThat(refusal()).contains("isn't empty and is no worktree of this repository");
        assertThat(at.resolve("notes")).hasContent("mine");
        Files.delete(at.resolve("notes"));
        git(at, "init", "--quiet");
        assertThat(refusal()).as("another repository").contains("no worktree of this repository");
        CloneFolder.delete(at);
        Files.createSymbolicLink(at, Files.createDirectory(folder.resolve("outside")));
        assertThat(refusal()).contains("is a link");
        assertThat(folder.resolve("outside")).isEmptyDirectory();
        Files.delete(at);
        Files.writeString(at, "mine");
        assertThat(refusal()).contains("is a file");
        Files.delete(at);
        Files.createDirectory(at);
        assertThat(add()).as("an empty folder").isEqualTo(new Addition.Added(at));
    }

    @Test
    void aFolderWithAnotherBranchIsRefused() {
        git(path, "worktree", "add", "--quiet", "-b", "other", at.toString());
        assertThat(refusal()).contains(at + " is a worktree with branch other");
        git(at, "checkout", "--quiet", "--detach");
        assertThat(refusal()).contains("no branch checked out");
    }

    @Test
    void aBranchWhoseNameIsAnothersFolderIsRefused() {
        git(path, "branch", "task");
        assertThat(refusal()).contains("'refs/heads/task' exists");
    }

    @Test
    void whatLiesInTheBranchsWorktreePlaceIsNotTakenForIt() throws Exception {
        add();
        Files.delete(at.resolve(".git"));
        assertThat(refusal()).contains("no worktree of this repository any more");
        assertThat(at.resolve("a.md")).exists();
    }

    @Test
    void aWorktreeWhoseFolderIsGoneIsMadeAnewAndOthersAreLeftAlone() {
        add();
        git(path, "worktree", "add", "--quiet", "-b", "other", folder.resolve("other").toString());
        CloneFolder.delete(at);
        CloneFolder.delete(folder.resolve("other"));
        assertThat(add()).isEqualTo(new Addition.Added(at));
        assertWhole(at);
        assertThat(checkout.worktrees()).hasSize(2);
        CloneFolder.delete(at);
        var elsewhere = folder.resolve("elsewhere");
        assertThat(add(elsewhere, BRANCH)).isEqualTo(new Addition.Added(elsewhere));
    }

    @Test
    void aWorktreeOnADiskThatIsNotThereKeepsItsBranch() {
        add();
        git(path, "worktree", "lock", "--reason", "on a stick", at.toString());
        CloneFolder.delete(at);
        assertThat(refusal()).contains("isn't there").contains("locked: on a stick");
    }

    /** The smudge filter runs while git writes files, and ends the whole group of processes. */
    @Test
    void aKilledAdditionIsFinishedByTheNext() {
        git(path, "config", "filter.slow.smudge", "kill -s KILL 0");
        assertThatThrownBy(this::add).isInstanceOf(GitFailure.class);
        assertThat(checkout.worktrees()).singleElement().returns(Optional.of("initializing"), LinkedWorktree::locked);
        git(path, "config", "filter.slow.smudge", "cat");
        assertThat(add()).isInstanceOf(Addition.Reused.class);
        assertWhole(at);
        assertThat(at.resolve("b.slow")).hasContent("b\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no folder", "an empty folder", "a pointer", "no commit", "all but the lock"})
    void whereverAnAdditionWasKilledTheNextOneIsWhole(String left) throws Exception {
        add();
        var home = GitFile.home(at, path.resolve(".git")).orElseThrow();
        if (!left.equals("all but the lock")) {
            Files.delete(home.resolve("index"));
            Files.writeString(home.resolve("index.lock"), "");
            for (var file : new String[]{"a.md", "b.slow", ".gitattributes"}) {
                Files.delete(at.resolve(file));
            }
        }
        switch (left) {
            case "no folder" -> CloneFolder.delete(at);
            case "an empty folder" -> Files.delete(at.resolve(".git"));
            case "no commit" -> Files.writeString(home.resolve("HEAD"), "0".repeat(40) + "\n");
            default -> {
            }
        }
        Files.writeString(home.resolve("locked"), "initializing");
        assertThat(add()).isNotInstanceOf(Addition.Refused.class);
        assertWhole(at);
        assertThat(checkout.worktrees()).hasSize(1);
    }

    @Test
    void whatAnotherGitMakesAtThisMomentIsLeftToIt() throws Exception {
        git(path, "worktree", "add", "--quiet", "--lock", "--reason", "initializing", "-b", "task/x", at.toString());
        var other = new ProcessBuilder("sh", "-c", "read x", "worktree", "add", "--", at.toString()).start();
        try {
            assertThatThrownBy(this::add).isInstanceOfSatisfying(GitFailure.class,
                    e -> assertThat(e.kind()).isEqualTo(GitFailure.Kind.BUSY));
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(add()).isInstanceOf(Addition.Reused.class);
    }

    @Test
    void aFolderThatCannotBeMadeIsAFailureInGitsWords() throws IOException {
        Files.writeString(folder.resolve("worktrees"), "a file in the way");
        assertThatThrownBy(this::add).isInstanceOfSatisfying(GitFailure.class, e -> {
            assertThat(e.kind()).isEqualTo(GitFailure.Kind.OTHER);
            assertThat(e).hasMessageContaining("could not create");
        });
        assertThat(checkout.worktrees()).isEmpty();
    }

    @Test
    void aDiskThatIsFullIsAFailureThatLeavesNothingBehind() throws Exception {
        base = remote.commit("main").file("big", "x".repeat(100_000)).push("second");
        checkout.fetchDefault(new BranchName("main"));
        var script = Files.writeString(folder.resolve("git-with-little-room"),
                "#!/bin/sh\ntrap '' XFSZ\nulimit -f 8\nexec git \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        var git = new Git(script.toString(), Git.onPath().local(), Git.onPath().network());
        assertThatThrownBy(() -> Checkout.open(git, path).addWorktree(new NewWorktree(at, BRANCH, base)))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("unable to write file");
        assertThat(at).doesNotExist();
        assertThat(checkout.worktrees()).isEmpty();
        assertThat(add()).isEqualTo(new Addition.Added(at));
        assertWhole(at);
    }

    @Test
    void aBaseThatIsNotHereIsAFailure() {
        var elsewhere = new Sha("9".repeat(40));
        assertThatThrownBy(() -> checkout.addWorktree(new NewWorktree(at, BRANCH, elsewhere)))
                .isInstanceOf(GitFailure.class);
        assertThat(at).doesNotExist();
        assertThatThrownBy(() -> new NewWorktree(Path.of("x"), BRANCH, base))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
