package dev.reeve.git;

import dev.reeve.git.HooksFolder.SetBy;
import dev.reeve.kit.GitRepositories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static dev.reeve.kit.GitRepositories.git;
import static org.assertj.core.api.Assertions.assertThat;

class HousekeepingTest {

    @TempDir
    private Path folder;
    private Path root;
    private Housekeeping housekeeping;

    @BeforeEach
    void makeCheckout() throws IOException {
        var repositories = new GitRepositories(folder.toRealPath());
        var remote = repositories.remote("remote");
        remote.commit("main").file("readme", "1\n").push("Begin");
        root = repositories.checkout(remote, "checkout");
        housekeeping = new Housekeeping(Git.onPath(), root);
    }

    @Test
    void theVersionIsRead() {
        assertThat(Housekeeping.version(Git.onPath(), root)).isPresent()
                .get()
                .satisfies(version -> assertThat(version).isGreaterThanOrEqualTo(Housekeeping.NEEDED));
    }

    @Test
    void hooksAreInTheGitFolderThatWorktreesShare() {
        var tree = root.resolveSibling("tree");
        git(root, "worktree", "add", "--quiet", tree.toString());

        var expected = new HooksFolder(root.resolve(".git/hooks"), SetBy.NOBODY);
        assertThat(housekeeping.hooks()).isEqualTo(expected);
        assertThat(new Housekeeping(Git.onPath(), tree).hooks()).isEqualTo(expected);
    }

    @Test
    void aHooksPathIsFoundAlthoughReeveItselfRunsNoHooks() {
        git(root, "config", "core.hooksPath", "my hooks/../x");
        assertThat(housekeeping.hooks()).isEqualTo(new HooksFolder(root.resolve("x"), SetBy.REPOSITORY));
        git(root, "config", "core.hooksPath", "/somewhere/else");
        assertThat(housekeeping.hooks().path()).isEqualTo(Path.of("/somewhere/else"));
    }

    @Test
    void whatIsIgnoredIsToldWhateverSignsAreInItsName() throws IOException {
        Files.writeString(root.resolve(".gitignore"), "logs/\n/\\*x\n");
        assertThat(housekeeping.ignored(List.of("logs/a", "a/logs/b", ":(top)logs", "*x", "ax", "readme")))
                .containsExactlyInAnyOrder("logs/a", "a/logs/b", "*x");
        assertThat(housekeeping.ignored(List.of("readme"))).isEmpty();
    }

    @Test
    void aTrackedFileIsToldAndSoIsThatItIsIgnored() throws IOException {
        Files.writeString(root.resolve(".gitignore"), "readme\n");
        assertThat(housekeeping.ignored(List.of("readme"))).containsExactly("readme");
        assertThat(housekeeping.tracked(10, List.of(".", "nothing"))).containsExactly("readme");
        assertThat(housekeeping.tracked(0, List.of("."))).isEmpty();
    }
}
