package dev.reeve.cli;

import dev.reeve.config.ConfigurationReference;
import dev.reeve.config.Configured;
import dev.reeve.config.Source;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.kit.GitRepositories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class InitCommandTest {

    @TempDir
    private Path folder;
    private Repository repository;

    @BeforeEach
    void makeRepository() {
        repository = new Repository(folder);
    }

    private Terminal.Ran init(String... more) {
        var command = new ArrayList<>(List.of("init", "--launcher", repository.launcher().toString()));
        command.addAll(List.of(more));
        return repository.run(command.toArray(String[]::new));
    }

    @Test
    void aRepositoryIsMadeReadyAndEachThingIsShown() {
        var ran = init();

        assertThat(ran.exit()).isZero();
        assertThat(ran.lines()).containsExactly(
                "created  .reeve.yml                default branch main, owner davefowler; everything else by default",
                "created  .gitignore                ignores .tasks/ tasks/logs/",
                "created  tasks/                    make the first task with: reeve task new SLUG --title TITLE",
                "created  AGENTS.md                 tells coding agents how to work on a task",
                "created  .git/hooks/post-merge     runs reeve reconcile",
                "created  .git/hooks/post-rewrite   runs reeve reconcile",
                "created  .git/hooks/post-checkout  runs reeve reconcile");
        assertThat(repository.read(".gitignore")).isEqualTo(".tasks/\ntasks/logs/\n");
        assertThat(repository.git("status", "--porcelain", "--untracked-files=all").lines()).containsExactlyInAnyOrder(
                "?? .gitignore", "?? .reeve.yml", "?? AGENTS.md", "?? tasks/.gitkeep");
        assertThat(repository.read("AGENTS.md")).contains("REEVE_RESULT_FILE", "`Task: <slug>`", "`task/<slug>`",
                "below `tasks/`", "completed_with_pr", "retry_at");
    }

    @Test
    void runAgainItChangesNothing() {
        init();
        var before = repository.everything();

        assertThat(init()).satisfies(ran -> {
            assertThat(ran.exit()).isZero();
            assertThat(ran.lines()).hasSize(7).allMatch(line -> line.startsWith("kept "));
        });
        assertThat(repository.everything()).isEqualTo(before);
    }

    @Test
    void aDryRunSaysTheSameAndWritesNothing() {
        var before = repository.everything();
        var dry = init("--dry-run");
        assertThat(repository.everything()).isEqualTo(before);
        assertThat(dry.lines()).startsWith(init().lines().toArray(String[]::new))
                .endsWith("Nothing was written (--dry-run).");
    }

    @Test
    void theFileIsValidAndPutsInForceOnlyWhatIsKnown() throws IOException {
        init();

        var read = TeamConfiguration.read(".reeve.yml", repository.read(".reeve.yml").getBytes(UTF_8));

        assertThat(read).isInstanceOf(Configured.Valid.class);
        assertThat(read.origins()).filteredOn(origin -> origin.source() instanceof Source.InFile)
                .extracting(origin -> origin.key() + "=" + origin.value())
                .containsExactly("tasks=tasks", "default_branch=main", "owners={davefowler: }");
        assertThat(repository.run("config", "check").exit()).isZero();
    }

    @Test
    void everyKeyIsInTheFileAndValidWhenItIsPutInForce() {
        for (var owner : List.of("erin", "")) {
            repository.with("TASK_MANAGER_OWNER", owner);
            repository.git("config", "user.email", owner.isEmpty() ? "" : "erin@example.com");
            init();
            var all = repository.read(".reeve.yml")
                    .lines()
                    .map(line -> line.matches("#(\\S|  ).*") ? line.substring(1) : line)
                    .collect(Collectors.joining("\n"));

            var read = TeamConfiguration.read(".reeve.yml", all.getBytes(UTF_8));

            assertThat(read).as(all).isInstanceOf(Configured.Valid.class);
            assertThat(read.origins()).filteredOn(origin -> origin.source() instanceof Source.InFile)
                    .extracting(Configured.Origin::key)
                    .containsExactlyInAnyOrderElementsOf(
                            ConfigurationReference.team().stream().map(ConfigurationReference.Row::key).toList());
            assertThat(repository.root().resolve(".reeve.yml").toFile().delete()).isTrue();
        }
    }

    @Test
    void whatIsThereIsKeptInTheWayInWhichItIsWritten() {
        repository.write(".gitignore", "*.log\r\n/tasks/logs/\r\nbuild");
        repository.write("AGENTS.md", "# Ours\r\nBe kind \u00e9\r\n");
        repository.write(".reeve.yml", "tasks: work/to do\n");
        repository.write("work/to do/a.md", "");

        assertThat(init().out()).contains("kept     .reeve.yml", "updated  .gitignore", "updated  AGENTS.md",
                "kept     work/to do/");

        assertThat(repository.read(".gitignore"))
                .isEqualTo("*.log\r\n/tasks/logs/\r\nbuild\r\n.tasks/\r\nwork/to\\ do/logs/");
        assertThat(repository.read("AGENTS.md")).startsWith("# Ours\r\nBe kind \u00e9\r\n\r\n<!-- reeve")
                .endsWith("<!-- reeve: end -->\r\n")
                .contains("below `work/to do/`")
                .doesNotContainPattern("[^\r]\n");
        assertThat(repository.root().resolve("tasks")).doesNotExist();
        var before = repository.everything();
        init();
        assertThat(repository.everything()).isEqualTo(before);
    }

    @Test
    void theSectionForAgentsIsRenewedBetweenItsMarksAndNowhereElse() {
        repository.write("AGENTS.md", "# Ours\n");
        init();
        var current = repository.read("AGENTS.md");
        repository.write("AGENTS.md", current.replace("## Working on a task", "## Old words") + "\nMore of ours");

        assertThat(init().out()).contains("updated  AGENTS.md");
        assertThat(repository.read("AGENTS.md")).isEqualTo(current + "\nMore of ours");

        repository.write("AGENTS.md", current.replace("<!-- reeve: end -->", ""));
        assertThat(init()).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("failed   AGENTS.md", "remove what is left of them");
        });
    }

    @Test
    void linksAreNotWrittenThroughAndTheOtherStepsAreTaken() throws IOException {
        repository.write("CLAUDE.md", "ours\n");
        Files.createSymbolicLink(repository.root().resolve("AGENTS.md"), Path.of("CLAUDE.md"));
        repository.write("elsewhere", "theirs\n");
        Files.createSymbolicLink(repository.root().resolve(".gitignore"), Path.of("elsewhere"));
        Files.createSymbolicLink(repository.root().resolve("tasks"), Files.createDirectory(folder.resolve("outside")));

        var ran = init();

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("created  .reeve.yml", "failed   .gitignore", "failed   tasks/",
                "failed   AGENTS.md",
                "symbolic link", "created  .git/hooks/post-merge");
        assertThat(repository.read("CLAUDE.md")).isEqualTo("ours\n");
        assertThat(repository.read("elsewhere")).isEqualTo("theirs\n");
        assertThat(folder.resolve("outside")).isEmptyDirectory();
    }

    @Test
    void aWrongTeamFileIsLeftAndWhatDoesNotNeedItIsDone() {
        repository.write(".reeve.yml", "tsks: work\n");

        var ran = init();

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("failed   .reeve.yml", "did you mean tasks?", "failed   .gitignore",
                "created  .git/hooks/post-merge");
        assertThat(repository.root().resolve("tasks")).doesNotExist();
        assertThat(repository.read(".reeve.yml")).isEqualTo("tsks: work\n");
    }

    @Test
    void aRuleFurtherDownThatUndoesOursIsSaid() {
        repository.write(".gitignore", "");
        repository.write("tasks/.gitignore", "!logs/\n!logs/**\n");
        assertThat(init()).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("a later one undoes them");
        });
    }

    @Test
    void aLinkedWorktreeSetsTheMainCheckoutUp() {
        var worktree = repository.worktree("task");

        assertThat(repository.runIn(worktree, "init").exit()).isZero();

        assertThat(repository.root().resolve(".reeve.yml")).exists();
        assertThat(worktree.resolve(".reeve.yml")).doesNotExist();
    }

    @Test
    void aRepositoryWithoutCommitsAndRemoteIsSetUpToo() throws IOException {
        var fresh = Files.createDirectory(folder.resolve("fresh"));
        GitRepositories.git(fresh, "init", "--quiet", "--initial-branch=trunk", "--template=");

        assertThat(repository.with("TASK_MANAGER_OWNER", "erin").runIn(fresh, "init")).satisfies(ran -> {
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).contains("default branch as the remote will say", "owner erin");
        });
        assertThat(Files.readString(fresh.resolve(".git/hooks/post-checkout"))).contains("'refs/heads/trunk'");
        assertThat(repository.runIn(fresh, "reconcile").exit()).isZero();
    }

    @Test
    void aRemoteThatIsNotThereDoesNotStopAnything() {
        repository.git("remote", "set-url", "origin", folder.resolve("gone").toString());
        repository.git("remote", "set-head", "origin", "--delete");
        assertThat(init().out()).contains("default branch as the remote will say");
        assertThat(repository.read(".reeve.yml")).contains("\n#default_branch: main ");
    }

    @Test
    void withoutACheckoutItIsRefused() {
        assertThat(repository.runIn(repository.remote().path(), "init")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("is not in the checkout of a git repository").hasLineCount(1);
        });
    }

    @Test
    void aFolderThatMayNotBeWrittenIsAMessage() throws IOException {
        repository.write(".gitignore/x", "");
        assertThat(init()).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("failed   .gitignore", "is no file", "created  AGENTS.md");
        });
    }
}
