package dev.reeve.reconcile;

import dev.reeve.git.CommitSpec;
import dev.reeve.git.Credentials;
import dev.reeve.git.FileMode;
import dev.reeve.git.Git;
import dev.reeve.git.Identity;
import dev.reeve.git.ManagedClone;
import dev.reeve.github.AppIdentity;
import dev.reeve.github.AppKey;
import dev.reeve.github.Endpoint;
import dev.reeve.github.GitHubApp;
import dev.reeve.github.GitHubFailure;
import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.GitRepositories;
import dev.reeve.kit.SettableClock;
import dev.reeve.kit.Trouble;
import dev.reeve.model.BranchName;
import dev.reeve.model.Proxies;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SignedCommitsTest {

    private static final String COMMITS = "POST /repos/acme/shop/git/commits";

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.atNoon();
    private FakeGitHub gitHub;
    private GitHubApp app;
    private ManagedClone clone;
    private SignedCommits signed;
    private Sha parent;

    @BeforeEach
    void start() {
        gitHub = FakeGitHub.start(clock);
        var remote = new GitRepositories(folder).remote("shop");
        parent = remote.commit("main").file("a.md", "a").push("First");
        var shop = gitHub.repository("acme/shop", remote.path());
        app = new GitHubApp(
                new Endpoint(gitHub.apiUrl(), Proxies.none(), Duration.ofSeconds(5), Duration.ofSeconds(15)),
                new AppIdentity(gitHub.app().clientId(), AppKey.parse(gitHub.app().privateKeyPem(), "test")), clock);
        clone = ManagedClone.open(Git.onPath(), folder.resolve("clone"), remote.url(), Credentials::none);
        clone.fetch(new BranchName("main"));
        signed = new SignedCommits(app.repository(shop.name()), clone);
    }

    @AfterEach
    void stop() {
        clone.close();
        app.close();
        gitHub.close();
    }

    private CommitSpec commit(String file) {
        var reeve = new Identity("reeve", "reeve@example.com");
        return new CommitSpec("Write " + file, List.of(), reeve, reeve, clock.instant(),
                List.of(new CommitSpec.Change(new TaskPath(file), FileMode.REGULAR, new byte[]{'x'})));
    }

    private List<Sha> make(CommitSpec... commits) {
        return ((SignedCommits.Result.Made) signed.make(parent, List.of(commits))).commits();
    }

    @Test
    void whatWasMadeBeforeALimitIsNotMadeAgainAfterIt() {
        var first = make(commit("1"));
        gitHub.next(COMMITS, Trouble.secondaryLimit(Duration.ofMinutes(1)));
        assertThatThrownBy(() -> make(commit("1"), commit("2"), commit("3"))).isInstanceOf(GitHubFailure.class);
        clock.advance(Duration.ofMinutes(1));
        var all = make(commit("1"), commit("2"), commit("3"));
        assertThat(all).hasSize(3).startsWith(first.getFirst());
        assertThat(make(commit("1"), commit("2"), commit("3"))).isEqualTo(all);
        assertThat(gitHub.count(COMMITS)).as("three, and the one that was refused").isEqualTo(4);
    }

    @Test
    void anotherChangeIsAnotherCommit() {
        var one = make(commit("1"), commit("2"));
        var other = make(commit("2"), commit("1"));
        assertThat(one).doesNotContainAnyElementsOf(other);
        assertThat(gitHub.count(COMMITS)).isEqualTo(4);
    }

    @Test
    void whatGitNeverShowsIsMadeAnew() {
        gitHub.repository("acme/shop").showsCommitsLate();
        for (int times = 0; times < 11; times++) {
            assertThat(signed.make(parent, List.of(commit("1")))).isInstanceOf(SignedCommits.Result.NotShown.class);
        }
        assertThat(gitHub.count(COMMITS)).isEqualTo(2);
    }
}
