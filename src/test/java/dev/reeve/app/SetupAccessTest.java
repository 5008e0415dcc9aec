package dev.reeve.app;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may set a server up, and who may call its API before and after. */
class SetupAccessTest extends SetupTestCase {

    @ParameterizedTest
    @CsvSource({"Host,evil.example", "Host,localhost.evil.example:8080", "Host,reeve.example.com",
            "X-Forwarded-For,203.0.113.7",
            "Forwarded,for=203.0.113.7", "Via,1.1 proxy"})
    void whoIsNotHereNeedsTheAdminToken(String header, String value) {
        var closed = start();
        var elsewhere = closed.with(header, value).get("/setup");
        assertThat(elsewhere.status()).isEqualTo(403);
        assertThat(elsewhere.body()).contains("ssh -L %1$d:localhost:%1$d ".formatted(server().port()));
        server().close();

        environment.put("REEVE_ADMIN_TOKEN", TOKEN);
        var browser = start().with(header, value);
        assertThat(browser.get("/setup")).satisfies(seen -> {
            assertThat(seen.status()).isEqualTo(401);
            assertThat(seen.body()).contains("Admin token");
        });
        assertThat(browser.get("/setup/done?code=x&state=y").status()).isEqualTo(401);
        assertThat(browser.post("/setup", form()).status()).isEqualTo(401);
        assertThat(browser.post("/setup/login", Map.of("token", "another-token-of-some-length")).status())
                .isEqualTo(401);
        assertThat(browser.cookies()).isEmpty();

        assertThat(browser.post("/setup/login", Map.of("token", TOKEN)).status()).isEqualTo(303);
        assertThat(browser.get("/setup").status()).isEqualTo(200);
        assertThat(register(browser).body()).contains("is registered");
    }

    @Test
    void theAdminTokenAsBearerIsEnough() {
        environment.put("REEVE_ADMIN_TOKEN", TOKEN);
        var program = start().with("Host", "reeve.example.com").with("Authorization", "Bearer " + TOKEN);

        assertThat(program.get("/setup").status()).isEqualTo(200);
        assertThat(program.post("/setup", form(), "").status()).isEqualTo(200);
        assertThat(program.with("Authorization", "Bearer wrong").get("/setup").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "https://evil.example", "http://localhost", "http://localhost:1"})
    void aFormOfAnotherPageIsRefused(String origin) {
        environment.put("REEVE_ADMIN_TOKEN", TOKEN);
        var browser = start();

        assertThat(browser.post("/setup", form(), origin).status()).isEqualTo(403);
        assertThat(browser.post("/setup/login", Map.of("token", TOKEN), origin).status()).isEqualTo(403);
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    void aFormThatAProxyMakesLookLikeAnothersIsRefusedWithTheRemedy() {
        var seen = start().post("/setup", form(), "https://reeve.example.com");

        assertThat(seen.status()).isEqualTo(403);
        assertThat(seen.body()).contains("let it pass on the Host", "proxy_set_header Host $host");
    }

    @Test
    void whereATokenIsSetItIsAskedForOnThisMachineToo() {
        environment.put("REEVE_ADMIN_TOKEN", TOKEN);
        var browser = start();

        assertThat(browser.get("/setup")).satisfies(seen -> {
            assertThat(seen.status()).isEqualTo(401);
            assertThat(seen.body()).contains("Admin token").doesNotContain("The App’s name");
        });
        assertThat(browser.post("/setup", form()).status()).isEqualTo(401);
    }

    @Test
    void aServerWithAPublicAddressIsSetUpWithATokenOnly() {
        environment.put("REEVE_PUBLIC_URL", "https://reeve.example.com");
        assertThat(start().get("/setup")).satisfies(seen -> {
            assertThat(seen.status()).isEqualTo(403);
            assertThat(seen.body()).contains("has a public address and no admin token", "REEVE_ADMIN_TOKEN");
        });

        environment.put("REEVE_PUBLIC_URL", "http://localhost:8080");
        assertThat(restart().get("/setup").status()).isEqualTo(200);
    }

    @Test
    void whoLoggedInWithATokenThatWasReplacedIsLoggedOut() throws IOException {
        environment.put("REEVE_ADMIN_TOKEN_FILE", "admin");
        Files.writeString(folder.resolve("admin"), TOKEN);
        var browser = start();
        assertThat(browser.post("/setup/login", Map.of("token", TOKEN)).status()).isEqualTo(303);
        assertThat(browser.get("/setup").status()).isEqualTo(200);

        Files.writeString(folder.resolve("admin"), "the-next-admin-token");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> browser.get("/setup").status() == 401);

        assertThat(browser.post("/setup/login", Map.of("token", TOKEN)).status()).isEqualTo(401);
        assertThat(browser.post("/setup/login", Map.of("token", "the-next-admin-token")).status()).isEqualTo(303);
        assertThat(register(browser).body()).contains("is registered");
        assertThat(api(browser, "the-next-admin-token")).isEqualTo(200);
        assertThat(api(browser, TOKEN)).isEqualTo(401);
    }

    private static int api(Browser browser, String token) {
        try {
            return browser.with("Authorization", "Bearer " + token).get("/api/v1/queue").status();
        } finally {
            browser.without("Authorization");
        }
    }

    @Test
    void aPublicAddressThatIsSavedCountsAtOnceAndAfterARestart() {
        var browser = start();
        assertThat(browser.get("/api/v1/queue").status()).isEqualTo(200);
        register(browser);

        assertThat(browser.get("/api/v1/queue").status()).isEqualTo(403);
        assertThat(restart().get("/api/v1/queue").body()).contains("public address");
    }

    @Test
    void anAddressOfThisMachineThatIsSavedIsNoPublicOne() {
        var browser = start();
        register(browser, "public_url", "http://localhost:8080");

        assertThat(browser.get("/api/v1/queue").status()).isEqualTo(200);
        assertThat(restart().get("/api/v1/queue").status()).isEqualTo(200);
    }
}
