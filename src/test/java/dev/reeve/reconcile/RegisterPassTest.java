package dev.reeve.reconcile;

import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.decide.ReconcilePolicy.Worktrees;
import dev.reeve.git.Checkout;
import dev.reeve.git.Git;
import dev.reeve.kit.GitRepositories;
import dev.reeve.model.BranchName;
import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Owners;
import dev.reeve.model.Publish;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import dev.reeve.reconcile.RegisterPass.Found;
import dev.reeve.store.Registers;
import dev.reeve.store.StateFolder;
import dev.reeve.store.WorkingTree.Index;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static dev.reeve.kit.GitRepositories.git;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** What a heartbeat repairs, and what it only sees. */
class RegisterPassTest {

    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");
    private static final BranchName MAIN = new BranchName("main");
    private static final OwnerKey DAVE = new OwnerKey("dave");

    @TempDir
    private Path folder;
    private Path path;
    private Registers registers;
    private Checkout checkout;

    @BeforeEach
    void aCheckoutWithTasks() {
        var repositories = new GitRepositories(folder);
        var remote = repositories.remote("shop");
        remote.commit("main")
                .file(".gitignore", ".tasks/\ntasks/logs/\n")
                .file("tasks/done.md", task("completed", "completed_at: 2026-03-01"))
                .file("tasks/left.md", task("in_progress"))
                .file("tasks/next.md", task("ready"))
                .push("Begin");
        path = repositories.checkout(remote, "checkout");
        registers = new Registers(new StateFolder(path, InstantSource.fixed(NOW)));
        checkout = Checkout.open(Git.onPath(), path);
    }

    private static String task(String status, String... more) {
        return "---\ntitle: T\nstatus: " + status + "\n" + Stream.of(more)
                .map(line -> line + "\n")
                .collect(Collectors.joining()) + "---\n";
    }

    private void registered(String slug, Path worktree) throws IOException {
        var _ = registers.put(DAVE, new RegisterEntry(new Slug(slug), "tasks/" + slug + ".md", worktree.toString(),
                "task/" + slug, null, null, null, 1, "r1", null));
    }

    private Path worktree(String slug) {
        var at = folder.resolve("trees").resolve(slug);
        git(path, "worktree", "add", "--quiet", "-b", "task/" + slug, at.toString(), "origin/main");
        git(at, "push", "--quiet", "origin", "task/" + slug);
        return at;
    }

    private record Passed(List<Found> all) {

        Found of(String slug) {
            return all.stream().filter(found -> found.slug().value().equals(slug)).findFirst().orElseThrow();
        }
    }

    private Desk desk() {
        return new Desk(checkout, DAVE::equals, TasksRoot.DEFAULT, InstantSource.fixed(NOW), Index.READ);
    }

    private Passed pass(Desk desk, PullRequests pullRequests, String... slugs) {
        var tip = new CheckoutTip(checkout, MAIN, checkout.remoteTip(MAIN), TasksRoot.DEFAULT, desk::find);
        var policy = new ReconcilePolicy(NOW, MAIN, Duration.ofHours(1), Duration.ofHours(24), Owners.none(),
                Publish.WORKTREE, Worktrees.REMOVED_WHEN_DONE);
        return new Passed(
                new RegisterPass(tip, desk, pullRequests).run(Stream.of(slugs).map(Slug::new).toList(), policy));
    }

    private Passed pass(String... slugs) {
        return pass(desk(), new NoPullRequests("nobody asks"), slugs);
    }

    private static Claim claim(Found found) {
        return found.facts().map(TaskFacts::desk).map(desk -> ((AtDesk) desk).claim()).orElseThrow();
    }

    private Map<String, String> files() throws IOException {
        var all = new TreeMap<String, String>();
        try (var files = Files.walk(path)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = path.relativize(file).toString();
                if (!name.startsWith(".git/") && !name.startsWith(".tasks/")) {
                    all.put(name, Files.readString(file, ISO_8859_1));
                }
            }
        }
        return all;
    }

    @Test
    void theEntryOfACompletedTaskGoesAndTheFactsSayThatItIsGone() throws IOException {
        registered("done", folder.resolve("trees/done"));

        var found = pass("done").of("done");

        assertThat(registers.read(DAVE).entries()).isEmpty();
        assertThat(found.pruned()).contains("the task is completed");
        assertThat(claim(found)).isEqualTo(new Claim.None());
        assertThat(found.failures()).isEmpty();
    }

    @Test
    void nothingButTheRegisterIsChangedAndNothingElseIsSpokenOf() throws IOException {
        var worktree = worktree("done");
        registered("done", worktree);
        Files.createDirectories(path.resolve("tasks/logs"));
        Files.writeString(path.resolve("tasks/logs/dispatch-done.status.json"),
                "{\"state\":\"exited\",\"exit_code\":0}");
        Files.writeString(path.resolve("tasks/logs/dispatch-next.status.json"), "{\"state\":");
        var before = files();

        var found = pass(desk(), new NoneAtAll(), "done", "left", "next");

        assertThat(files()).isEqualTo(before);
        assertThat(worktree).isDirectory();
        assertThat(registers.read(DAVE).entries()).containsOnlyKeys(new Slug("done"));
        assertThat(found.of("left")).returns(List.of(), Found::signals).returns(List.of(), Found::failures);
        assertThat(found.of("next").signals()).extracting(Signal::kind).containsExactly(SignalKind.STATE_FILE_CORRUPT);
        assertThat(found.of("done").signals()).extracting(Signal::kind)
                .contains(SignalKind.ORPHANED_WORKTREE, SignalKind.REGISTER_ORPHAN);
    }

    /** What grows with the tasks is one look into each worktree; all else is asked for at once. */
    @Test
    void severalWorktreesCostOneProcessEachBesidesThoseOfAnyPass() throws IOException {
        worktree("left");
        int one = processes("left").size();
        worktree("next");
        worktree("done");
        var all = processes("left", "next", "done");

        assertThat(all).as("%s", all).hasSize(one + 2);
        assertThat(all).filteredOn(command -> command.startsWith("status")).hasSize(3);
        assertThat(all).filteredOn(command -> command.startsWith("worktree")).hasSize(1);
        assertThat(all).noneMatch(command -> command.startsWith("fetch"));
    }

    /** The git commands of a pass. */
    private List<String> processes(String... slugs) throws IOException {
        var log = Files.writeString(folder.resolve("log"), "");
        var program = Files.writeString(folder.resolve("git"),
                "#!/bin/sh\necho \"$*\" >> " + log + "\nexec git \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        checkout = Checkout.open(new Git(program.toString(), Duration.ofMinutes(1), Duration.ofMinutes(1)), path);
        var desk = desk();
        Files.writeString(log, "");
        assertThat(pass(desk, new NoneAtAll(), slugs).all()).allMatch(found -> found.failures().isEmpty());
        return Files.readAllLines(log);
    }

    @Test
    void whatFailsAtOneTaskLeavesTheOthersRunning() throws IOException {
        registered("done", folder.resolve("trees/done"));
        var failing = new PullRequests() {
            @Override
            public PullRequestLookup byNumber(int number) {
                return new PullRequestLookup.None();
            }

            @Override
            public PullRequestLookup byBranch(BranchName branch, Signs signs) {
                if (branch.value().equals("task/left")) {
                    throw new IllegalStateException("broken");
                }
                return new PullRequestLookup.None();
            }
        };

        var found = pass(desk(), failing, "left", "done", "next");

        assertThat(found.of("left").facts()).isEmpty();
        assertThat(found.of("left").failures()).singleElement().satisfies(failure -> {
            assertThat(failure.slug()).isEqualTo(new Slug("left"));
            assertThat(failure.message()).endsWith("broken");
        });
        assertThat(found.of("done").pruned()).isPresent();
        assertThat(found.of("next").facts()).isPresent();
    }

    @Test
    void anEntryThatCouldNotBeTakenOutIsAnOrphanWithTheReason() throws IOException {
        registered("done", folder.resolve("trees/done"));
        var desk = desk();
        assertThat(desk.knownSlugs()).hasSize(1);
        // Read already, and a folder stands where the lock should be.
        Files.delete(path.resolve(".tasks/task_manager/state.lock"));
        Files.createDirectory(path.resolve(".tasks/task_manager/state.lock"));

        var found = pass(desk, new NoneAtAll(), "done", "next");

        assertThat(claim(found.of("done"))).isInstanceOf(Claim.Held.class);
        assertThat(found.of("done").failures()).hasSize(1);
        assertThat(found.of("done").signals()).singleElement().satisfies(signal -> {
            assertThat(signal.kind()).isEqualTo(SignalKind.REGISTER_ORPHAN);
            assertThat(signal.message()).contains("it could not be taken out");
        });
        assertThat(found.of("next").failures()).isEmpty();
    }

    @Test
    void aWalkThatWasMadeAlreadyIsBelieved() throws IOException {
        registered("gone", folder.resolve("trees/gone"));
        var desk = desk();
        desk.given(slug -> slug.value().equals("next") ? List.of(new TaskPath("tasks/next.md")) : List.of(), List.of());

        var found = pass(desk, new NoneAtAll(), "gone", "next", "left");

        assertThat(found.of("gone").pruned()).contains("the task is gone");
        assertThat(found.of("next").facts().orElseThrow().root().asTask()).isPresent();
        assertThat(found.of("left").facts().orElseThrow().root().asTask()).as("not looked for").isEmpty();
    }

    @Test
    void aTaskThatMayBeInAFolderThatCouldNotBeReadIsNotGone() throws IOException {
        registered("gone", folder.resolve("trees/gone"));
        var desk = desk();
        desk.given(_ -> List.of(), List.of("tasks/secret"));

        var found = pass(desk, new NoneAtAll(), "gone").of("gone");

        assertThat(registers.read(DAVE).entries()).hasSize(1);
        assertThat(found.failures()).singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("tasks/secret"));
    }

    /** GitHub says that there are none. */
    private static final class NoneAtAll implements PullRequests {
        @Override
        public PullRequestLookup byNumber(int number) {
            return new PullRequestLookup.None();
        }

        @Override
        public PullRequestLookup byBranch(BranchName branch, Signs signs) {
            return new PullRequestLookup.None();
        }
    }
}
