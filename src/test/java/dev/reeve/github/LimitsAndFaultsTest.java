package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.kit.Trouble;
import dev.reeve.model.Proxies;
import dev.reeve.model.RepositoryName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What the client does when GitHub is unwell, asks for quiet, or is no GitHub at all. */
class LimitsAndFaultsTest extends GitHubTestCase {

    private static final String REPOSITORY = "GET /repos/acme/shop";

    @BeforeEach
    void signIn() {
        client.defaultBranch();
    }

    private Instant in(int seconds) {
        return clock.instant().plusSeconds(seconds);
    }

    @Test
    void aUsedUpLimitPausesWithoutFurtherRequestsUntilItsEnd() {
        shop.installation().limit(0, in(600));
        assertFails(client::defaultBranch, "rate limit").isEqualTo(new Kind.RateLimited(in(600)));

        int before = github.requests().size();
        var end = in(600);
        clock.advance(Duration.ofSeconds(599));
        assertFails(() -> client.pullRequest(1), "rate limit").isEqualTo(new Kind.RateLimited(end));
        assertThat(github.requests()).hasSize(before);

        clock.advance(Duration.ofSeconds(1));
        assertThat(client.defaultBranch().value()).isEqualTo("main");
    }

    @Test
    void theLastRequestThatALimitAllowsIsFollowedByNone() {
        var end = in(600);
        shop.installation().limit(1, end);
        client.recentPullRequests(1);
        int before = github.requests().size();
        assertFails(() -> client.pullRequest(1), "rate limit").isEqualTo(new Kind.RateLimited(end));
        assertThat(github.requests()).hasSize(before);
    }

    @Test
    void whenALimitStrikesOnlyTheFewRequestsUnderWayAreInVain() throws InterruptedException {
        for (int n = 1; n <= 20; n++) {
            github.next("GET .*/pulls/" + n, Trouble.secondaryLimit(Duration.ofSeconds(30)));
        }
        int before = github.requests().size();
        var gate = github.gate("GET .*/pulls/.*");
        var asking = IntStream.rangeClosed(1, 20)
                .mapToObj(n -> Thread.ofVirtual().start(() -> assertFails(() -> client.pullRequest(n))))
                .toList();
        gate.awaitArrival();
        gate.open();
        for (var one : asking) {
            one.join();
        }
        assertThat(github.requests().size() - before).isBetween(1, 4);
    }

    @Test
    void aPauseIsForOneInstallationAndAllItsRepositories() {
        var till = Remote.in(folder.resolve("till.git"));
        till.commit("main", "", Map.of("x", "1\n"));
        github.repository("acme/till", till.folder());
        github.repository("other/till", till.folder());
        var sibling = app.repository(new RepositoryName("acme", "till"));
        sibling.defaultBranch();
        github.next(REPOSITORY, Trouble.secondaryLimit(Duration.ofSeconds(30)));
        assertFails(client::defaultBranch).isEqualTo(new Kind.RateLimited(in(30)));

        assertFails(sibling::defaultBranch).isEqualTo(new Kind.RateLimited(in(30)));
        assertThat(app.repository(new RepositoryName("other", "till")).defaultBranch().value()).isEqualTo("main");
        assertThat(github.count("GET /repos/acme/till")).isEqualTo(1);
    }

    @Test
    void aRepositoryThatIsNewToUsWaitsForItsInstallationToo() {
        var till = Remote.in(folder.resolve("till.git"));
        till.commit("main", "", Map.of("x", "1\n"));
        github.repository("acme/till", till.folder());
        github.next(REPOSITORY, Trouble.secondaryLimit(Duration.ofSeconds(30)));
        assertFails(client::defaultBranch).isEqualTo(new Kind.RateLimited(in(30)));

        assertFails(app.repository(new RepositoryName("acme", "till"))::defaultBranch)
                .isEqualTo(new Kind.RateLimited(in(30)));
        assertThat(github.tokensIssued()).hasSize(1);
    }

    private void assertPauses(Trouble refusal, int seconds) {
        github.next(REPOSITORY, refusal);
        assertFails(client::defaultBranch).isEqualTo(new Kind.RateLimited(in(seconds)));
        clock.advance(Duration.ofSeconds(seconds));
    }

    /** "If the request continues to fail due to a secondary rate limit, wait for an exponentially increasing amount of time": GitHub's documentation. */
    @Test
    void limitsWithoutATimePauseForAMinuteAndLongerEachTimeUntilOneIsAnswered() {
        assertPauses(Trouble.status(429, "slow down"), 60);
        for (int seconds : new int[]{120, 240, 480, 900, 900}) {
            assertPauses(Trouble.status(403, "You have exceeded a secondary rate limit"), seconds);
        }
        client.defaultBranch();
        assertPauses(Trouble.status(403, "You have exceeded a secondary rate limit"), 60);
    }

    @Test
    void refusalsThatCameTogetherAreOne() throws InterruptedException {
        for (int n = 1; n <= 3; n++) {
            github.next("GET .*/pulls/" + n, Trouble.status(429, "slow down"));
        }
        var gate = github.gate("GET .*/pulls/.*");
        var asking = IntStream.rangeClosed(1, 3)
                .mapToObj(n -> Thread.ofVirtual().start(() -> assertFails(() -> client.pullRequest(n))))
                .toList();
        gate.awaitArrival();
        gate.open();
        for (var one : asking) {
            one.join();
        }
        clock.advance(Duration.ofSeconds(60));
        assertPauses(Trouble.status(429, "slow down"), 120);
    }

    @Test
    void aTimeThatGitHubNamesIsKeptWithinBounds() {
        assertPauses(Trouble.secondaryLimit(Duration.ofDays(30_000)), 7200);
    }

    @Test
    void aLimitOfTheAppItselfHoldsBackItsTokensToo() {
        github.next("POST .*/access_tokens", Trouble.secondaryLimit(Duration.ofSeconds(30)));
        clock.advance(Duration.ofHours(1));
        assertFails(client::defaultBranch).isEqualTo(new Kind.RateLimited(in(30)));
        int before = github.requests().size();

        assertFails(client::defaultBranch).isEqualTo(new Kind.RateLimited(in(30)));
        assertThat(github.requests()).hasSize(before);

        clock.advance(Duration.ofSeconds(30));
        assertThat(client.defaultBranch().value()).isEqualTo("main");
    }

    @Test
    void aForbiddenRequestIsNoLimit() {
        github.next(REPOSITORY, Trouble.status(403, "Repository access blocked\u001b[31m"));
        assertFails(client::defaultBranch, "Repository access blocked\\u{1b}[31m").isEqualTo(new Kind.Denied(null));
        assertThat(client.defaultBranch().value()).isEqualTo("main");
    }

    @Test
    void aReadIsTriedThreeTimesAtMost() {
        github.next(REPOSITORY, Trouble.badGateway()).next(REPOSITORY, Trouble.reset());
        assertThat(client.defaultBranch().value()).isEqualTo("main");

        github.next(REPOSITORY, Trouble.badGateway())
                .next(REPOSITORY, Trouble.badGateway())
                .next(REPOSITORY, Trouble.status(503, "x"));
        assertFails(client::defaultBranch, "status 503", "GET /repos/acme/shop").isEqualTo(new Kind.Unavailable());
    }

    @Test
    void headersThatDoNotComeInTimeAreATimeout() {
        assertTimesOut(Trouble.slow(Duration.ofSeconds(5)));
    }

    @Test
    void aBodyThatTricklesInIsATimeoutToo() {
        assertTimesOut(Trouble.trickle(Duration.ofSeconds(5)));
    }

    private void assertTimesOut(Trouble trouble) {
        var hasty = new Endpoint(github.apiUrl(), Proxies.none(), Duration.ofMillis(300), Duration.ofMillis(300));
        github.personalToken("ghp_x").next(REPOSITORY, trouble).next(REPOSITORY, trouble).next(REPOSITORY, trouble);
        try (var access = new TokenAccess(hasty, "ghp_x", clock)) {
            var repository = access.repository(shop.name());
            assertFails(repository::defaultBranch, "GET /repos/acme/shop").isEqualTo(new Kind.Unavailable());
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var nowhere = new Endpoint(URI.create("http://127.0.0.1:" + port), Proxies.none(), Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        try (var access = new TokenAccess(nowhere, "ghp_x", clock)) {
            assertFails(access.repository(shop.name())::defaultBranch, "ConnectException")
                    .isEqualTo(new Kind.Unavailable());
        }
    }

    @Test
    void anInterruptEndsTheCallAndIsKept() {
        var gate = github.gate("GET .*");
        Thread.currentThread().interrupt();
        assertFails(client::defaultBranch, "interrupted").isEqualTo(new Kind.Unavailable());
        assertThat(Thread.interrupted()).isTrue();
        gate.open();
    }

    @Test
    void aMovedRepositoryIsFollowedOnTheSameServer() {
        github.next("GET /repos/acme/old", Trouble.redirect(301, github.apiUrl() + "/repos/acme/shop"));
        github.personalToken("ghp_x");
        try (var access = new TokenAccess(endpoint(), "ghp_x", clock)) {
            assertThat(access.repository(new RepositoryName("acme", "old")).defaultBranch().value()).isEqualTo("main");
        }
    }

    @Test
    void theTokenGoesToNoOtherServerAndRedirectsEnd() {
        github.next(REPOSITORY, Trouble.redirect(301, "http://localhost:1/repos/acme/shop"));
        assertFails(client::defaultBranch, "redirect to another server").isEqualTo(new Kind.Malformed());

        github.next(REPOSITORY, Trouble.redirect(302, "::not an address::"));
        assertFails(client::defaultBranch, "redirect").isEqualTo(new Kind.Malformed());

        for (int i = 0; i < 4; i++) {
            github.next(REPOSITORY, Trouble.redirect(307, github.apiUrl() + "/repos/acme/shop"));
        }
        assertFails(client::defaultBranch, "chain of redirects").isEqualTo(new Kind.Malformed());
    }

    @Test
    void anAnswerThatIsTooLargeIsNotRead() {
        github.next(REPOSITORY, Trouble.body(200, "{\"default_branch\":\"" + "x".repeat(10_000_000) + "\"}"));
        assertFails(client::defaultBranch, "larger than").isEqualTo(new Kind.Malformed());
    }
}
