package dev.reeve.app;

import dev.reeve.kit.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes wrong while a server is set up. */
class SetupFaultsTest extends SetupTestCase {

    private static final String REDEEM = "POST /app-manifests/.*/conversions";

    static Stream<Trouble> whatPasses() {
        return Stream.of(Trouble.badGateway(), Trouble.reset(), Trouble.status(429, "slow down"),
                Trouble.secondaryLimit(Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @MethodSource("whatPasses")
    void aGitHubThatIsAwayForAMomentCostsNoMoreThanLoadingThePageAgain(Trouble trouble) {
        var browser = start();
        var back = wayBack(browser);
        gitHub.next(REDEEM, trouble);

        var first = browser.get(back);
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.body()).contains("Try again", "for an hour")
                .doesNotContain("asked again", "delete", "conversions");
        assertThat(data().resolve("app")).doesNotExist();

        assertThat(browser.get(back).body()).contains("is registered");
        assertThat(server().works()).isTrue();
    }

    @Test
    void aCodeThatGitHubUsedUpAlthoughItsAnswerWasLostIsNotAskedForForEver() {
        var browser = start();
        var back = wayBack(browser);
        gitHub.next(REDEEM, Trouble.badGateway().afterEffect());

        assertThat(browser.get(back).status()).isEqualTo(503);
        assertThat(browser.get(back)).satisfies(seen -> {
            assertThat(seen.status()).isEqualTo(400);
            assertThat(seen.body()).contains("If GitHub shows the App, delete it there", "Begin again");
        });
        assertThat(browser.get(back).body()).contains("no answer to a set-up");
    }

    @Test
    void whoComesBackTwiceAtOnceUsesTheCodeOnce() throws Exception {
        var browser = start();
        var back = wayBack(browser);
        var gate = gitHub.gate(REDEEM);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = threads.submit(() -> browser.get(back).status());
            gate.awaitArrival();
            var other = threads.submit(() -> browser.get(back).status());
            gate.open();

            assertThat(one.get()).isEqualTo(200);
            assertThat(other.get()).isIn(400, 404);
        }
        assertThat(gitHub.count(REDEEM)).isEqualTo(1);
        assertThat(server().works()).isTrue();
    }

    @Test
    void anAppThatIsSavedAndCannotBeWorkedWithIsNotRegisteredAgain() throws IOException {
        var checkout = Files.createDirectory(folder.resolve("checkout"));
        flags.put("--checkout", List.of("acme/shop=" + checkout));
        var browser = start();
        var back = wayBack(browser);
        Files.delete(checkout);

        var seen = browser.get(back);
        assertThat(seen.status()).isEqualTo(400);
        assertThat(seen.body()).contains("is registered and saved, but the server can’t work with it",
                "Don’t register another one");
        assertThat(browser.get("/setup").status()).isEqualTo(404);
        assertThat(browser.get("/readyz").body()).contains("the App that was set up can't be worked with");

        Files.createDirectory(checkout);
        restart();
        assertThat(server().works()).isTrue();
    }
}
