package dev.reeve.cli;

import dev.reeve.kit.GitRepositories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import static dev.reeve.cli.Repository.call;
import static dev.reeve.cli.Repository.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The hooks under the git that runs them. */
class HooksCommandTest {

    @TempDir
    private Path folder;
    private Repository repository;

    @BeforeEach
    void makeRepository() {
        repository = new Repository(folder);
    }

    @Test
    void aPullReconcilesOnceInTheFolderOfTheCheckout() {
        assertThat(repository.install().lines()).containsExactly(
                "created  .git/hooks/post-merge     runs reeve reconcile",
                "created  .git/hooks/post-rewrite   runs reeve reconcile",
                "created  .git/hooks/post-checkout  runs reeve reconcile");
        repository.others("a", "1\n");

        assertThat(repository.git("pull", "--ff-only")).contains("reeve was here");

        assertThat(repository.calls()).containsExactly(call(repository.root()));
    }

    @Test
    void aPullThatRebasesReconcilesAndAnAmendedCommitDoesNot() {
        repository.install();
        commit("mine");
        repository.git("commit", "--quiet", "--amend", "-m", "Mine, better said");
        assertThat(repository.calls()).isEmpty();
        repository.others("a", "1\n");

        repository.git("pull", "--quiet", "--rebase");

        assertThat(repository.calls()).containsExactly(call(repository.root()));
    }

    @Test
    void aMergeReconciles() {
        repository.install();
        commit("mine");
        repository.others("a", "1\n");

        repository.git("pull", "--quiet", "--no-rebase", "--no-edit");

        assertThat(repository.calls()).containsExactly(call(repository.root()));
    }

    @Test
    void onlyACheckoutOfTheDefaultBranchReconciles() {
        repository.install();

        repository.git("checkout", "--quiet", "-b", "other");
        repository.git("checkout", "--quiet", "--detach", "main");
        repository.git("checkout", "main", "--", "readme");
        assertThat(repository.calls()).isEmpty();

        repository.git("checkout", "--quiet", "main");
        assertThat(repository.calls()).containsExactly(call(repository.root()));
    }

    @Test
    void theConfiguredDefaultBranchIsTheOneThatCounts() {
        repository.write(".reeve.yml", "default_branch: it's\n");
        repository.install();
        repository.git("checkout", "--quiet", "-b", "it's");
        assertThat(repository.calls()).hasSize(1);
        repository.git("checkout", "--quiet", "main");
        assertThat(repository.calls()).isEmpty();
    }

    @Test
    void whatIsCheckedOutDoesNotChangeWhichBranchCounts() {
        repository.git("remote", "set-head", "origin", "--delete");
        repository.install();
        repository.git("checkout", "--quiet", "-b", "other");

        assertThat(repository.install().lines()).allMatch(line -> line.startsWith("kept "));
    }

    @Test
    void linkedWorktreesShareTheHooksWhereverTheyAreInstalledFrom() {
        var worktree = repository.worktree("task");
        repository.calls();
        repository.runIn(worktree, "hooks", "install", "--launcher", repository.launcher().toString());
        repository.others("a", "1\n");

        GitRepositories.git(worktree, "pull", "--quiet", "--no-rebase", "--no-edit", "origin", "main");

        assertThat(repository.calls()).containsExactly(call(worktree));
    }

    @Test
    void gitSucceedsWhenReeveFailsOrIsGone() throws IOException {
        repository.install();
        Files.delete(repository.launcher());
        repository.git("checkout", "--quiet", "-b", "other");

        assertThat(repository.git("checkout", "main")).doesNotContain("reeve", "not found");
        repository.others("a", "1\n");
        assertThat(repository.git("pull", "--ff-only")).doesNotContain("reeve");
    }

    @Test
    void withoutALauncherTheReeveOnThePathIsRun() throws Exception {
        repository.run("hooks", "install");
        program(repository.folder().resolve("bin/reeve"), Files.readString(repository.launcher()));
        repository.git("checkout", "--quiet", "-b", "other");

        var builder = new ProcessBuilder("git", "checkout", "main").directory(repository.root().toFile())
                .redirectErrorStream(true);
        builder.environment().merge("PATH", repository.folder().resolve("bin") + ":", (path, bin) -> bin + path);
        var said = new String(builder.start().getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(said).contains("reeve was here");
    }

    @Test
    void installingAgainChangesNothingAndUninstallingLeavesNothing() {
        var before = repository.everything();
        assertThat(repository.install("--dry-run").out()).contains("created", "Nothing was written");
        assertThat(repository.everything()).isEqualTo(before);
        repository.install();
        var installed = repository.everything();

        assertThat(repository.install()).satisfies(ran -> {
            assertThat(ran.exit()).isZero();
            assertThat(ran.lines()).allMatch(line -> line.startsWith("kept "));
        });
        assertThat(repository.everything()).isEqualTo(installed);

        assertThat(repository.run("hooks", "uninstall", "--dry-run").out()).contains("removed");
        assertThat(repository.everything()).isEqualTo(installed);
        assertThat(repository.run("hooks", "uninstall").lines()).allMatch(line -> line.startsWith("removed"));
        assertThat(repository.everything()).isEqualTo(before);
        assertThat(repository.run("hooks", "uninstall").lines()).allMatch(line -> line.startsWith("kept "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo mine \"$@\"; exit 4", "echo mine \"$@\"; exec false",
            "set -eu; echo mine \"$@\"; false",
            "trap 'echo mine \"$@\"' EXIT"})
    void aShellScriptThatIsThereRunsFirstHoweverItEnds(String ends) {
        program(repository.hook("post-checkout"), "#!/bin/sh\n" + ends);
        var before = repository.everything();

        assertThat(repository.install().out())
                .contains("updated  .git/hooks/post-checkout  the hook that was there runs first");
        repository.git("branch", "other");
        checkoutWhateverTheHookSays("other");
        repository.calls();
        var said = checkoutWhateverTheHookSays("main");

        assertThat(said).containsSubsequence("mine ", " 1", "reeve was here");
        assertThat(repository.calls()).hasSize(1);
        repository.run("hooks", "uninstall");
        assertThat(repository.everything()).isEqualTo(before);
    }

    @Test
    void theExitCodeOfTheHookThatWasThereStays() {
        program(repository.hook("post-checkout"), "#!/bin/sh -e\nexit 4\n");
        repository.install();
        repository.git("branch", "other");
        assertThatThrownBy(() -> repository.git("checkout", "other")).isInstanceOf(AssertionError.class);
        program(repository.hook("post-checkout"),
                repository.read(".git/hooks/post-checkout").replace("exit 4", "exit 0"));
        repository.git("checkout", "main");
    }

    @Test
    void theInputOfTheHookIsItsOwn() {
        program(repository.hook("post-rewrite"),
                "#!/usr/bin/env bash\nwhile read -r old new; do echo \"rewritten $new\"; done\n");
        repository.install();
        commit("mine");
        repository.others("a", "1\n");

        var said = repository.git("pull", "--rebase");

        assertThat(said).contains("rewritten " + repository.git("rev-parse", "HEAD"));
        assertThat(repository.calls()).containsExactly(call(repository.root()));
    }

    @Test
    void aHookThatIsNoShellScriptIsChainedAndPutBack() throws IOException {
        program(repository.hook("post-merge"), "#!/usr/bin/env perl\nprint \"perl @ARGV\\n\";\n");
        program(repository.root().resolve("scripts/checkout.sh"), "#!/bin/sh\necho linked $3\n");
        Files.createSymbolicLink(repository.hook("post-checkout"), Path.of("../../scripts/checkout.sh"));
        Repository.write(repository.hook("post-rewrite"), "#!/bin/sh\necho never\n");
        Files.setPosixFilePermissions(repository.hook("post-rewrite"), PosixFilePermissions.fromString("rw-r-----"));
        var before = repository.everything();

        assertThat(repository.install().out()).contains("post-merge.before-reeve", "post-checkout.before-reeve",
                "post-rewrite.before-reeve");
        var installed = repository.everything();
        assertThat(repository.install().lines()).allMatch(line -> line.startsWith("kept "));
        assertThat(repository.everything()).isEqualTo(installed);
        repository.others("a", "1\n");

        assertThat(repository.git("pull", "--ff-only")).containsSubsequence("perl 0", "reeve was here");
        repository.git("branch", "other");
        assertThat(repository.git("checkout", "other")).contains("linked 1").doesNotContain("reeve was here");
        commit("mine");
        assertThat(repository.git("commit", "--amend", "-m", "b")).doesNotContain("never");

        repository.git("checkout", "main");
        repository.run("hooks", "uninstall");
        var after = repository.everything();
        after.keySet().removeAll(List.of("a", "mine"));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void anInstallationThatWasEndedOnItsWayIsTakenUpAgain() throws IOException {
        program(repository.hook("post-merge"), "#!/usr/bin/env perl\nprint 1;\n");
        Files.createLink(repository.hook("post-merge.before-reeve"), repository.hook("post-merge"));

        assertThat(repository.install().exit()).isZero();
        assertThat(repository.read(".git/hooks/post-merge.before-reeve")).contains("perl");

        repository.run("hooks", "uninstall");
        program(repository.hook("post-merge.before-reeve"), "another\n");
        assertThat(repository.install()).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("failed   .git/hooks/post-merge ", "is in the way: move it away",
                    "created  .git/hooks/post-checkout");
        });
        assertThat(repository.read(".git/hooks/post-merge")).startsWith("#!/usr/bin/env perl");
    }

    @Test
    void whatPeopleAddedAroundReevesPartIsKept() {
        repository.install();
        program(repository.hook("post-merge"), repository.read(".git/hooks/post-merge") + "echo added\n");
        repository.others("a", "1\n");
        assertThat(repository.git("pull", "--ff-only")).containsSubsequence("reeve was here", "added");

        repository.run("hooks", "uninstall");

        assertThat(repository.read(".git/hooks/post-merge")).isEqualTo("#!/bin/sh\necho added\n");
    }

    @Test
    void aPartOfAnotherVersionIsRenewedAndABrokenOneIsLeftToPeople() {
        repository.install();
        program(repository.hook("post-merge"), repository.read(".git/hooks/post-merge").replace("hooks run", "hook"));
        program(repository.hook("post-rewrite"),
                repository.read(".git/hooks/post-rewrite").replace("# <<< reeve <<<", ""));

        var ran = repository.install();

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("updated  .git/hooks/post-merge ", "failed   .git/hooks/post-rewrite",
                "kept     .git/hooks/post-checkout");
        assertThat(repository.read(".git/hooks/post-merge")).contains("hooks run");
    }

    @Test
    void aHooksPathInTheRepositoryIsWhereTheyGoAndAHuskyShimKeepsWorking() {
        repository.git("config", "core.hooksPath", ".husky/_");
        program(repository.root().resolve(".husky/_/h"), """
                #!/usr/bin/env sh
                n=$(basename "$0")
                s=$(dirname "$(dirname "$0")")/$n
                [ ! -f "$s" ] && exit 0
                sh -e "$s" "$@"
                c=$?
                exit $c
                """);
        Stream.of("post-merge", "post-checkout")
                .forEach(name -> program(
                        repository.root().resolve(".husky/_").resolve(name),
                        "#!/usr/bin/env sh\n. \"$(dirname \"$0\")/h\"\n"));
        Repository.write(repository.root().resolve(".husky/post-merge"), "echo the team says hello\n");

        assertThat(repository.install().out()).contains(".husky/_/post-merge", "created  .husky/_/post-rewrite");
        repository.others("a", "1\n");

        assertThat(repository.git("pull", "--ff-only")).containsSubsequence("the team says hello", "reeve was here");
        assertThat(repository.calls()).containsExactly(call(repository.root()));
        assertThat(repository.hook("post-merge")).doesNotExist();
    }

    @Test
    void aHooksPathOutsideIsChangedOnlyWhenThatIsAskedForAndActsWhereReeveIsSetUp() {
        var outside = repository.folder().resolve("shared hooks");
        program(outside.resolve("post-merge"), "#!/bin/sh\necho shared\n");
        repository.git("config", "core.hooksPath", outside.toString());

        assertThat(repository.install()).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.lines()).singleElement()
                    .asString()
                    .startsWith("failed ")
                    .contains("outside of this repository", "--shared");
        });
        assertThat(outside.resolve("post-rewrite")).doesNotExist();

        assertThat(repository.install("--shared").exit()).isZero();
        repository.others("a", "1\n");
        assertThat(repository.git("pull", "--ff-only")).contains("shared").doesNotContain("reeve was here");
        repository.write(".reeve.yml", "");
        repository.others("a", "2\n");
        assertThat(repository.git("pull", "--ff-only")).contains("shared", "reeve was here");

        assertThat(repository.run("hooks", "uninstall").exit()).isEqualTo(1);
        repository.run("hooks", "uninstall", "--shared");
        assertThat(outside).isDirectoryContaining("glob:**/post-merge");
        assertThat(outside.resolve("post-rewrite")).doesNotExist();
    }

    @Test
    void hooksThatAreSwitchedOffAreNotSwitchedOn() {
        repository.git("config", "core.hooksPath", "/dev/null");
        assertThat(repository.install()).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("git runs no hooks here");
        });
    }

    @Test
    void aLauncherThatIsNoneIsRefused() {
        assertThat(repository.run("hooks", "install", "--launcher", "reeve")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("no absolute path of a program").hasLineCount(1);
        });
    }

    private void commit(String file) {
        repository.write(file, "mine\n");
        repository.git("add", file);
        repository.git("commit", "--quiet", "-m", "Mine");
    }

    private String checkoutWhateverTheHookSays(String branch) {
        try {
            return repository.git("checkout", branch);
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
