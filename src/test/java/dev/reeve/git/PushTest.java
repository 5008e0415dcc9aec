package dev.reeve.git;

import dev.reeve.kit.GitRepositories;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static dev.reeve.git.ManagedCloneTest.commit;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class PushTest {

    private static final BranchName MAIN = new BranchName("main");

    @TempDir
    private Path folder;
    private GitRepositories.Remote remote;
    private ManagedClone clone;
    private Sha tip;

    @BeforeEach
    void aRemoteWithATask() {
        remote = new GitRepositories(folder).remote("acme");
        tip = remote.commit("main").file("tasks/a.md", "a\n").file("src/big", "x".repeat(50_000)).push("first");
        clone = open("one");
        clone.fetch(MAIN);
    }

    @AfterEach
    void close() {
        clone.close();
    }

    private ManagedClone open(String name) {
        return ManagedClone.open(Git.onPath(), folder.resolve("data").resolve(name), remote.url(), Credentials::none);
    }

    private void assertNothingIsLeftBehind() {
        assertThat(folder.resolve("data/one/reeve-outgoing")).doesNotExist();
        assertThat(GitRepositories.git(folder.resolve("data/one"), "for-each-ref", "--format=%(refname)"))
                .isEqualTo("refs/reeve/main");
    }

    @Test
    void severalCommitsGoOutTogetherAndTouchNothingElse() {
        var result = clone.push(MAIN, tip, List.of(commit("one", "tasks/a.md", "1"), commit("two", "tasks/b.md", "2"),
                commit("three", "tasks/a.md", "3")));
        var pushed = (PushResult.Pushed) result;
        assertThat(pushed.commits()).hasSize(3);
        assertThat(remote.tip("main")).contains(pushed.tip());
        assertThat(remote.file("main", "tasks/a.md")).isEqualTo("3");
        assertThat(GitRepositories.git(remote.path(), "diff", "--name-only", tip.value(), "main"))
                .isEqualTo("tasks/a.md\ntasks/b.md");
        assertThat(GitRepositories.git(remote.path(), "log", "-1", "--format=%an|%ae|%ad|%B", "--date=raw", "main"))
                .isEqualTo("Reeve|reeve@example.com|1700001000 +0000|three\n\nReeve-Task: fix-login");
        GitRepositories.git(remote.path(), "fsck", "--strict", "--no-dangling");
        assertNothingIsLeftBehind();
    }

    @Test
    void whatWasPushedIsHereAndNeedNotBeFetched() {
        var pushed = (PushResult.Pushed) clone.push(MAIN, tip, List.of(commit("one", "tasks/a.md", "1")));
        assertThat(clone.isAncestor(tip, pushed.tip())).isTrue();
        assertThat(clone.commits(tip, pushed.tip(), 9).orElseThrow().getFirst().trailers())
                .containsExactly(new Trailer("Reeve-Task", "fix-login"));
        assertThat(((FetchResult.Fetched) clone.fetch(MAIN)).movement()).isEqualTo(FetchResult.Movement.FORWARD);
        var again = clone.push(MAIN, pushed.tip(), List.of(commit("two", "tasks/a.md", "2")));
        assertThat(again).isInstanceOf(PushResult.Pushed.class);
    }

    @Test
    void aPushOntoABranchThatMovedIsRejectedWhereverItMovedTo() {
        var moved = remote.commit("main").file("tasks/a.md", "theirs").push("theirs");
        assertThat(clone.push(MAIN, tip, List.of(commit("mine", "tasks/a.md", "mine"))))
                .isInstanceOf(PushResult.Rejected.class);
        clone.fetch(MAIN);
        remote.force("main", tip);
        assertThat(clone.push(MAIN, moved, List.of(commit("mine", "tasks/a.md", "mine"))))
                .as("a push would bring back what was taken away")
                .isInstanceOf(PushResult.Rejected.class);
        assertThat(remote.tip("main")).contains(tip);
        remote.delete("main");
        assertThat(clone.push(MAIN, tip, List.of(commit("mine", "tasks/a.md", "mine"))))
                .isInstanceOf(PushResult.Rejected.class);
        assertNothingIsLeftBehind();
    }

    @Test
    void aRemoteThatRefusesIsNotAskedAgain() {
        remote.refusePushes("GH006: Protected branch update failed \u001b[31m");
        var result = clone.push(MAIN, tip, List.of(commit("one", "tasks/a.md", "1")));
        assertThat(result).isInstanceOfSatisfying(PushResult.Denied.class,
                denied -> assertThat(denied.reason()).contains("hook declined", "GH006").doesNotContain("\u001b"));
        assertThat(remote.tip("main")).contains(tip);
        assertNothingIsLeftBehind();
        remote.refusePushes("");
        assertThat(clone.push(MAIN, tip, List.of(commit("one", "tasks/a.md", "1"))))
                .isInstanceOf(PushResult.Pushed.class);
    }

    /** No other try changes that a branch {@code a} and a branch {@code a/b} can't both be there. */
    @Test
    void aBranchInTheWayOfItsNameIsARefusal() {
        remote.branch("reeve", "main");
        assertThat(clone.place(new BranchName("reeve/bookkeeping"), Optional.empty(), List.of(tip)))
                .isInstanceOfSatisfying(PushResult.Denied.class,
                        denied -> assertThat(denied.reason()).contains("refs/heads/reeve' exists; cannot create"));
    }

    @Test
    void theModeOfAFileIsKept() {
        var change = new CommitSpec.Change(new TaskPath("tasks/run.md"), FileMode.EXECUTABLE, new byte[]{0, -1, 10});
        var me = new Identity("A\n<b>", "x>\0y");
        clone.push(MAIN, tip, List.of(new CommitSpec("m\0\n\n", List.of(), me, me, Instant.EPOCH, List.of(change))));
        assertThat(GitRepositories.git(remote.path(), "ls-tree", "main", "tasks/run.md")).startsWith("100755 blob");
        assertThat(GitRepositories.git(remote.path(), "log", "-1", "--format=%an|%ae|%at|%B", "main"))
                .isEqualTo("A  b|x  y|0|m");
    }

    @Test
    void clonesThatPushAtOnceLoseNothing() throws Exception {
        int writers = 4;
        var clones = IntStream.range(0, writers).mapToObj(i -> i == 0 ? clone : open("writer-" + i)).toList();
        try (var threads = Executors.newFixedThreadPool(writers)) {
            var work = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < writers; i++) {
                var file = "tasks/w" + i + ".md";
                var mine = clones.get(i);
                work.add(() -> pushUntilTaken(mine, file));
            }
            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).isPositive();
            }
        } finally {
            clones.subList(1, writers).forEach(ManagedClone::close);
        }
        assertThat(GitRepositories.git(remote.path(), "rev-list", "--count", tip + "..main")).isEqualTo("12");
        for (int i = 0; i < writers; i++) {
            assertThat(remote.file("main", "tasks/w" + i + ".md")).isEqualTo("2");
        }
    }

    private static int pushUntilTaken(ManagedClone mine, String file) {
        int tries = 0;
        for (int i = 0; i < 3; tries++) {
            var at = ((FetchResult.Fetched) mine.fetch(MAIN)).tip();
            i += switch (mine.push(MAIN, at, List.of(commit(file, file, Integer.toString(i))))) {
                case PushResult.Pushed _ -> 1;
                case PushResult.Rejected _ -> 0;
                case PushResult.Denied denied -> throw new AssertionError(denied.reason());
            };
        }
        return tries;
    }

    @Test
    void hostileNamesAndContentsArriveAsTheyAre() {
        var names = List.of("tasks/ \"quoted\" 'x' $(id) `id`.md", "tasks/-rf.md", "tasks/ünïcödé 🎉.md",
                "tasks/:(top)x.md", "tasks/*.md", "tasks/from :1.md", "tasks/ leading and trailing .md");
        var changes = names.stream()
                .map(name -> new CommitSpec.Change(new TaskPath(name), FileMode.REGULAR,
                        "data 3\nM 100644 inline x\ndone\n".getBytes(UTF_8)))
                .toList();
        var me = new Identity("Reeve", "reeve@example.com");
        var pushed = clone.push(MAIN, tip,
                List.of(new CommitSpec("from 0\ndone\n", List.of(new Trailer("Reeve-Task", "x\nReeve-PR: 9")), me, me,
                        Instant.EPOCH, changes)));
        var head = ((PushResult.Pushed) pushed).tip();
        var read = clone.read(head, names.stream().map(TaskPath::new).toList());
        assertThat(read.values()).allSatisfy(entry -> assertThat(((Entry.RegularFile) entry).content()).asString()
                .isEqualTo("data 3\nM 100644 inline x\ndone\n"));
        assertThat(clone.commits(tip, head, 1).orElseThrow().getFirst().trailers())
                .containsExactly(new Trailer("Reeve-Task", "x Reeve-PR: 9"));
        assertThat(GitRepositories.git(remote.path(), "diff", "--name-only", "-z", tip.value(), "main").split("\0"))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    /** Bytes of any kind, as text whose characters are the bytes, so that a counter-example is readable. */
    @Property(tries = 300)
    void everyMessageAndContentStandsInTheStreamByItsLength(@ForAll String message,
            @ForAll @Size(max = 50) byte[] content) {
        var me = new Identity(message, message);
        var spec = new CommitSpec(message, List.of(new Trailer("Reeve-Task", message)), me, me, Instant.EPOCH,
                List.of(new CommitSpec.Change(new TaskPath("a"), FileMode.REGULAR, content)));
        var stream = new String(FastImport.of("1".repeat(40), List.of(spec)), ISO_8859_1);
        var text = new String(spec.fullMessage().getBytes(UTF_8), ISO_8859_1);
        assertThat(stream).contains("data " + text.length() + "\n" + text + "\nfrom ")
                .contains("data " + content.length + "\n" + new String(content, ISO_8859_1) + "\nget-mark :1\n");
        assertThat(stream.substring(0, stream.indexOf("\ndata ")).lines()).hasSize(5);
    }

    @Test
    void aPushThatWasKilledLeavesACloneThatWorks() throws Exception {
        remote.script("pre-receive", "kill -9 $(ps -o ppid= -p $PPID) $PPID; sleep 1");
        try {
            clone.push(MAIN, tip, List.of(commit("one", "tasks/a.md", "1")));
        } catch (GitFailure e) {
            assertThat(e.retryHelps()).as(e.getMessage()).isTrue();
        }
        assertNothingIsLeftBehind();
        Files.delete(remote.path().resolve("hooks/pre-receive"));
        assertThat(clone.push(MAIN, tip, List.of(commit("one", "tasks/a.md", "1"))))
                .isInstanceOf(PushResult.Pushed.class);
    }
}
