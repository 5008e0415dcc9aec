package dev.reeve.git;

import dev.reeve.kit.GitHttpServer;
import dev.reeve.kit.GitRepositories;
import dev.reeve.model.BranchName;
import dev.reeve.model.TaskPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static dev.reeve.git.ManagedCloneTest.commit;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GitOverHttpTest {

    private static final BranchName MAIN = new BranchName("main");
    private static final String TOKEN = "ghs_" + "s3cr3t.".repeat(70) + "end";

    @TempDir
    private Path folder;
    private GitRepositories repositories;
    private GitRepositories.Remote remote;
    private GitHttpServer server;
    private final AtomicReference<Credentials> credentials = new AtomicReference<>(Credentials.token(TOKEN));
    private ManagedClone clone;

    @BeforeEach
    void aServerThatAsksForAToken() {
        repositories = new GitRepositories(folder);
        remote = repositories.remote("acme");
        remote.commit("main").file("tasks/a.md", "a").file("tasks/b.md", "b").push("first");
        server = GitHttpServer.of(folder).requiring(TOKEN);
        clone = ManagedClone.open(Git.onPath(), folder.resolve("data/acme"), server.url(remote), credentials::get);
    }

    @AfterEach
    void close() {
        clone.close();
        server.close();
    }

    private FetchResult.Fetched fetched() {
        return (FetchResult.Fetched) clone.fetch(MAIN);
    }

    @Test
    void aTokenOpensThePathFromFetchToPush() {
        var tip = fetched().tip();
        var read = clone.read(tip, List.of(new TaskPath("tasks/a.md"), new TaskPath("tasks/b.md")));
        assertThat(read.values()).allMatch(Entry.RegularFile.class::isInstance);
        assertThat(clone.push(MAIN, tip, List.of(commit("one", "tasks/a.md", "1"))))
                .isInstanceOf(PushResult.Pushed.class);
        assertThat(remote.file("main", "tasks/a.md")).isEqualTo("1");
    }

    /** A token may end before its time. */
    @Test
    void credentialsThatAreNotAcceptedAreRenewedOnTheSpotAndOnce() {
        var renewed = new AtomicInteger();
        var source = new CredentialSource() {
            @Override
            public Credentials get() {
                return Credentials.token(renewed.get() == 0 ? "ghs_old" : TOKEN);
            }

            @Override
            public boolean renew(Credentials refused) {
                return refused.isToken("ghs_old") && renewed.incrementAndGet() > 0;
            }
        };
        try (var other = ManagedClone.open(Git.onPath(), folder.resolve("data/other"), server.url(remote), source)) {
            assertThat(other.fetch(MAIN)).isInstanceOf(FetchResult.Fetched.class);
            assertThat(renewed).hasValue(1);
            server.requiring("ghs_none");
            assertThatThrownBy(() -> other.fetch(MAIN)).isInstanceOf(GitFailure.class);
            assertThat(renewed).hasValue(1);
        }
    }

    @Test
    void aFetchThatBreaksOffIsTriedAgainOnTheSpot() {
        var failures = new AtomicInteger(2);
        server.failWhen(() -> failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0);
        assertThat(fetched().tip()).isEqualTo(remote.tip("main").orElseThrow());
        assertThat(failures).hasValue(0);
    }

    @Test
    void allMissingFilesComeInOneRoundTrip() {
        var tip = fetched().tip();
        int before = server.requests().size();
        clone.read(tip, List.of(new TaskPath("tasks/a.md"), new TaskPath("tasks/b.md")));
        assertThat(server.requests().subList(before, server.requests().size()))
                .as("git asks what the server can do, then for the files")
                .hasSize(2);
        clone.read(tip, List.of(new TaskPath("tasks/a.md"), new TaskPath("tasks/b.md")));
        assertThat(server.requests()).hasSize(before + 2);
    }

    @Test
    void aPushTransfersNothingThisWay() {
        var tip = fetched().tip();
        int before = server.requests().size();
        clone.push(MAIN, tip, List.of(commit("over a file that was never read", "tasks/a.md", "1")));
        assertThat(server.requests().subList(before, server.requests().size())).hasSize(2)
                .allMatch(request -> request.contains("git-receive-pack"));
        assertThat(fetched().movement()).isEqualTo(FetchResult.Movement.FORWARD);
    }

    @Test
    void aTaskFileThatWasJustMergedComesWithTheFetch() {
        fetched();
        remote.commit("main").file("tasks/c.md", "c").push("merged");
        var tip = fetched().tip();
        int before = server.requests().size();
        assertThat(clone.read(tip, List.of(new TaskPath("tasks/c.md"))).values())
                .allMatch(Entry.RegularFile.class::isInstance);
        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void aWrongTokenIsToldApartFromABrokenNetwork() {
        credentials.set(Credentials.token("wrong-token"));
        assertFailure(GitFailure.Kind.AUTHENTICATION);
        credentials.set(Credentials.none());
        assertFailure(GitFailure.Kind.AUTHENTICATION);
        credentials.set(Credentials.token(TOKEN));
        server.failWith(Optional.of(404));
        assertFailure(GitFailure.Kind.AUTHENTICATION);
        server.failWith(Optional.of(502));
        assertFailure(GitFailure.Kind.TRANSPORT);
        server.failWith(Optional.of(429));
        assertFailure(GitFailure.Kind.TRANSPORT);
        server.failWith(Optional.empty());
        assertThat(clone.fetch(MAIN)).isInstanceOf(FetchResult.Fetched.class);
        server.close();
        assertFailure(GitFailure.Kind.TRANSPORT);
    }

    private void assertFailure(GitFailure.Kind kind) {
        assertThatThrownBy(() -> clone.fetch(MAIN)).isInstanceOfSatisfying(GitFailure.class, e -> {
            assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
            assertThat(e.getMessage()).doesNotContain("wrong-token", "s3cr3t", basic(TOKEN), basic("wrong-token"));
        });
    }

    private static String basic(String token) {
        return Base64.getEncoder().encodeToString(("x-access-token:" + token).getBytes(UTF_8));
    }

    @Test
    void aForbiddenPushIsDenied() {
        var tip = fetched().tip();
        server.failWith(Optional.of(403));
        assertThat(clone.push(MAIN, tip, List.of(commit("one", "tasks/a.md", "1"))))
                .isInstanceOfSatisfying(PushResult.Denied.class, denied -> assertThat(denied.reason()).contains("403"));
    }

    @Test
    void whatTheRemoteSaysAboutATokenIsNotRepeated() {
        remote.refusePushes(TOKEN + " and " + basic(TOKEN));
        var tip = fetched().tip();
        assertThat(clone.push(MAIN, tip, List.of(commit("one", "tasks/a.md", "1"))))
                .isInstanceOfSatisfying(PushResult.Denied.class,
                        denied -> assertThat(denied.reason()).contains("*** and ***").doesNotContain("s3cr3t"));
        assertThat(credentials.get()).hasToString("***");
    }

    @Test
    void noProcessShowsTheTokenInItsArgumentsAndNoFileKeepsIt() throws Exception {
        remote.script("pre-receive", "sleep 0.3");
        var tip = fetched().tip();
        var seen = new ConcurrentLinkedQueue<String>();
        var watcher = Thread.ofVirtual().start(() -> {
            while (!Thread.interrupted()) {
                commandLines(seen);
            }
        });
        clone.push(MAIN, tip, List.of(commit("one", "tasks/a.md", "1")));
        watcher.interrupt();
        watcher.join();
        assertThat(seen).anyMatch(line -> line.contains("push") && line.contains("--porcelain"));
        assertThat(seen).noneMatch(line -> line.contains("s3cr3t") || line.contains(basic(TOKEN)));
        try (var files = Files.walk(folder.resolve("data")).filter(Files::isRegularFile)) {
            assertThat(files).noneMatch(file -> holds(file, "s3cr3t") || holds(file, basic(TOKEN)));
        }
    }

    private static void commandLines(ConcurrentLinkedQueue<String> seen) {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                if (Files.isReadable(process.resolve("cmdline"))) {
                    seen.add(Files.readString(process.resolve("cmdline"), ISO_8859_1));
                }
            }
        } catch (IOException e) {
            // It ended while it was looked at.
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCheckoutFetchesWithCredentialsOfItsOwn() {
        var path = repositories.checkout(remote, "operator");
        GitRepositories.git(path, "remote", "set-url", "origin", server.url(remote));
        var tip = remote.commit("main").file("tasks/c.md", "c").push("second");
        var checkout = Checkout.open(Git.onPath(), path, credentials::get);
        assertThat(checkout.fetchDefault(MAIN)).isInstanceOfSatisfying(FetchResult.Fetched.class,
                fetched -> assertThat(fetched.tip()).isEqualTo(tip));
        assertThatThrownBy(() -> Checkout.open(Git.onPath(), path).fetchDefault(MAIN))
                .isInstanceOfSatisfying(GitFailure.class,
                        e -> assertThat(e.kind()).isEqualTo(GitFailure.Kind.AUTHENTICATION));
    }
}
