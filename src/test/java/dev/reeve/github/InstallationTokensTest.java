package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.kit.FakeApp;
import dev.reeve.kit.FakeToken;
import dev.reeve.kit.SettableClock;
import dev.reeve.kit.Trouble;
import org.junit.jupiter.api.Test;

import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class InstallationTokensTest extends GitHubTestCase {

    private static final KeyPair OTHER = FakeApp.newKey();

    @Test
    void aTokenIsForOneRepositoryAndForWhatIsNeeded() {
        client.defaultBranch();

        assertThat(github.tokensIssued()).singleElement().satisfies(token -> {
            assertThat(token.repositories()).containsExactly("shop");
            assertThat(token.permissions()).isEqualTo(Map.of("metadata", "read", "pull_requests", "read", "checks",
                    "write", "contents", "write", "statuses", "read"));
            assertThat(token.value()).hasSizeGreaterThan(500).contains(".");
        });
        assertThat(lines()).containsExactly("GET /repos/acme/shop/installation",
                "POST /app/installations/5000/access_tokens", "GET /repos/acme/shop");
    }

    @Test
    void aTokenIsKeptUntilFiveMinutesBeforeItsEnd() {
        client.defaultBranch();
        clock.advance(Duration.ofMinutes(54));
        client.defaultBranch();
        assertThat(github.tokensIssued()).hasSize(1);

        clock.advance(Duration.ofMinutes(2));
        client.defaultBranch();

        assertThat(github.tokensIssued()).hasSize(2);
    }

    @Test
    void whatIsGrantedMeanwhileComesWithTheNextToken() {
        shop.installation().revoke("statuses");
        client.defaultBranch();
        shop.installation().grant("statuses", "read");
        clock.advance(Duration.ofMinutes(56));
        client.defaultBranch();

        assertThat(github.tokensIssued()).extracting(token -> token.permissions().containsKey("statuses"))
                .containsExactly(false, true);
    }

    @Test
    void manyThreadsShareOneRequestForAToken() throws Exception {
        github.next("POST .*/access_tokens", Trouble.slow(Duration.ofMillis(100)));
        var together = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 20).mapToObj(_ -> threads.submit(() -> {
                together.await();
                return client.gitCredentials().get();
            })).toList();
            together.countDown();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(github.tokensIssued().getFirst().value());
            }
        }
        assertThat(github.tokensIssued()).hasSize(1);
        assertThat(github.count("GET .*/installation")).isEqualTo(1);
    }

    @Test
    void theTokenForGitIsRenewedInTime() {
        var git = client.gitCredentials();
        var first = git.get();
        assertThat(git.get()).isEqualTo(first);

        clock.advance(Duration.ofMinutes(56));

        assertThat(git.get()).isNotEqualTo(first);
    }

    @Test
    void aRevokedTokenIsRenewedOnceAndTheCallSucceeds() {
        client.defaultBranch();
        github.revokeTokens();

        assertThat(client.defaultBranch().value()).isEqualTo("main");
        assertThat(github.tokensIssued()).hasSize(2);
    }

    @Test
    void aTokenThatIsRefusedTwiceIsDenied() {
        github.next("GET /repos/acme/shop", Trouble.status(401, "Bad credentials"));
        github.next("GET /repos/acme/shop", Trouble.status(401, "Bad credentials"));

        assertFails(client::defaultBranch, "Bad credentials").isEqualTo(new Kind.Denied(null));
        assertThat(github.tokensIssued()).hasSize(2);
    }

    @Test
    void withoutAnInstallationTheOperatorIsToldToInstall() {
        shop.uninstall();
        assertFails(client::defaultBranch, "not installed on acme/shop", "Install").isEqualTo(new Kind.NotInstalled());

        shop.install();
        assertThat(client.defaultBranch().value()).isEqualTo("main");
    }

    @Test
    void anUninstalledRepositoryIsNoticedWhenTheTokenIsRenewed() {
        client.defaultBranch();
        shop.uninstall();
        github.revokeTokens();

        assertFails(client::defaultBranch, "not installed").isEqualTo(new Kind.NotInstalled());
    }

    @Test
    void aSuspendedInstallationSaysSoAndWorksAgainWhenResumed() {
        shop.installation().suspend(clock.instant());
        assertFails(client::defaultBranch, "suspended", "Resume").isEqualTo(new Kind.Suspended());

        shop.installation().resume();
        assertThat(client.defaultBranch().value()).isEqualTo("main");

        shop.installation().suspend(clock.instant());
        assertFails(client::defaultBranch, "suspended").isEqualTo(new Kind.Suspended());
    }

    @Test
    void aPermissionThatIsNotGrantedIsNamed() {
        shop.installation().grant("checks", "read");
        assertFails(client::defaultBranch, "checks:write", "Permissions & events")
                .isEqualTo(new Kind.Denied("checks:write"));

        shop.installation().grant("checks", "write");
        assertThat(client.defaultBranch().value()).isEqualTo("main");
    }

    @Test
    void aPermissionThatIsTakenAwayLaterIsNamed() {
        client.defaultBranch();
        shop.installation().revoke("pull_requests");
        assertFails(() -> client.pullRequest(1), "pull_requests:read").isEqualTo(new Kind.Denied("pull_requests:read"));

        clock.advance(Duration.ofHours(1));
        assertFails(() -> client.pullRequest(1), "pull_requests:read").isEqualTo(new Kind.Denied("pull_requests:read"));
    }

    @Test
    void whenOneKeyIsNotAcceptedTheNextIsTriedAndRemembered() {
        var fresh = OTHER;
        var pem = github.app().privateKeyPem() + "\n" + FakeApp.pem("PRIVATE KEY", fresh.getPrivate().getEncoded());
        github.app().keys(fresh.getPublic());
        try (var rotated = new GitHubApp(endpoint(), new AppIdentity("4711", AppKey.parse(pem, "test")), clock)) {
            rotated.repository(shop.name()).defaultBranch();
        }
        assertThat(github.requests().stream().map(one -> one.status())).containsExactly(401, 200, 201, 200);
    }

    @Test
    void whenNoKeyIsAcceptedTheFingerprintsAreShown() {
        github.app().keys(OTHER.getPublic());
        var fingerprint = identity().keys().getFirst().fingerprint();

        assertFails(client::defaultBranch, fingerprint, "could not be decoded").isEqualTo(new Kind.Denied(null));
        assertThat(github.requests()).hasSize(1);
    }

    @Test
    void anAppThatGitHubDoesNotKnowIsNamed() {
        try (var stranger = new GitHubApp(endpoint(), new AppIdentity("12345", identity().keys()), clock)) {
            assertFails(() -> stranger.repository(shop.name()).defaultBranch(), "12345", "GITHUB_APP_ID")
                    .isEqualTo(new Kind.Denied(null));
        }
    }

    @Test
    void aClockThatIsWrongByMinutesGoesByGitHubsClock() {
        for (var error : List.of(Duration.ofMinutes(-25), Duration.ofMinutes(7), Duration.ofHours(30))) {
            var wrong = new SettableClock(clock.instant().plus(error));
            int before = github.requests().size();
            try (var here = new GitHubApp(endpoint(), identity(), wrong)) {
                var shopHere = here.repository(shop.name());
                shopHere.defaultBranch();
                assertThat(statuses(before)).containsExactly(401, 200, 201, 200);

                wrong.advance(Duration.ofMinutes(54));
                clock.advance(Duration.ofMinutes(54));
                shopHere.defaultBranch();
                wrong.advance(Duration.ofMinutes(2));
                clock.advance(Duration.ofMinutes(2));
                shopHere.defaultBranch();
                assertThat(statuses(before)).containsExactly(401, 200, 201, 200, 304, 200, 201, 200);
            }
        }
    }

    private List<Integer> statuses(int from) {
        return github.requests().stream().skip(from).map(one -> one.status()).toList();
    }

    @Test
    void differentRepositoriesHaveDifferentTokens() {
        var other = Remote.in(folder.resolve("till.git"));
        other.commit("main", "", Map.of("x", "1\n"));
        github.repository("acme/till", other.folder());

        client.defaultBranch();
        app.repository(github.repository("acme/till").name()).defaultBranch();

        assertThat(github.tokensIssued().stream().map(FakeToken::repositories)).containsExactly(List.of("shop"),
                List.of("till"));
    }
}
