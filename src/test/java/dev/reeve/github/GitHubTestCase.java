package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.FakeRepository;
import dev.reeve.kit.SettableClock;
import dev.reeve.model.Proxies;
import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A GitHub with one repository on which the App is installed, and a client of it. */
abstract class GitHubTestCase {

    @TempDir
    Path folder;

    final SettableClock clock = SettableClock.atNoon();
    FakeGitHub github;
    FakeRepository shop;
    Remote remote;
    GitHubApp app;
    RepositoryClient client;

    @BeforeEach
    void start() {
        github = FakeGitHub.start(clock);
        remote = Remote.in(folder.resolve("shop.git"));
        remote.commit("main", "", Map.of("README.md", "# Shop\n"));
        shop = github.repository("acme/shop", remote.folder());
        app = new GitHubApp(endpoint(), identity(), clock);
        client = app.repository(shop.name());
    }

    @AfterEach
    void stop() {
        app.close();
        github.close();
        assertThat(github.violations()).isEmpty();
    }

    Endpoint endpoint() {
        return new Endpoint(github.apiUrl(), Proxies.none(), Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    AppIdentity identity() {
        return new AppIdentity(github.app().clientId(), AppKey.parse(github.app().privateKeyPem(), "test"));
    }

    /** That the call fails, without a token in what it says. */
    AbstractObjectAssert<?, Kind> assertFails(ThrowingCallable call, String... words) {
        var failure = catchThrowableOfType(GitHubFailure.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).matches("[^\\p{Cntrl}]*");
        assertThat(List.of(words)).allSatisfy(word -> assertThat(failure.getMessage()).contains(word));
        for (Throwable e = failure; e != null; e = e.getCause()) {
            assertThat(e.toString()).doesNotContain("ghs_", "ghp_", "eyJ", "Bearer");
        }
        return assertThat(failure.kind());
    }

    List<String> lines() {
        return github.requests().stream().map(one -> one.request().line()).toList();
    }
}
