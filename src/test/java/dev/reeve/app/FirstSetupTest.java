package dev.reeve.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reeve.model.Redaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class FirstSetupTest extends SetupTestCase {

    @Test
    void aServerWithoutAnAppSaysSoAndTakesNothingIn() {
        var browser = start();

        assertThat(browser.get("/healthz").status()).isEqualTo(200);
        assertThat(browser.get("/readyz")).satisfies(seen -> {
            assertThat(seen.status()).isEqualTo(503);
            assertThat(seen.body()).contains("no App is configured: open http://localhost", "/setup");
        });
        assertThat(browser.post("/webhooks/github", Map.of())).satisfies(seen -> {
            assertThat(seen.status()).isEqualTo(503);
            assertThat(seen.body()).contains("no GitHub App is configured");
            assertThat(seen.header("Retry-After")).isNotEmpty();
        });
    }

    @Test
    void fromTheFormToAServerThatWorksWithoutARestart() throws IOException {
        var browser = start();
        assertThat(browser.get("/setup").body()).contains("The App’s name");

        var confirm = browser.post("/setup", form());
        assertThat(confirm.status()).isEqualTo(200);
        assertThat(attribute(confirm, "<form method=\"post\" action=\"([^\"]*)\""))
                .startsWith(gitHub.apiUrl().toString().replace("/api/v3", "")
                        + "/organizations/acme/settings/apps/new?state=");
        var done = browser.get("/setup/done?code=" + gitHub.registered() + "&state=" + state(confirm));

        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.body()).contains("https://github.com/apps/reeve-test/installations/new")
                .doesNotContain("PRIVATE", "made-by-github");
        assertThat(server().works()).isTrue();
        assertThat(browser.get("/readyz").body()).isEqualTo("ready\n");
        assertThat(browser.post("/webhooks/github", Map.of()).status()).isEqualTo(400);
        assertThat(browser.get("/setup").status()).isEqualTo(404);
        assertThat(browser.get("/setup/done?code=x&state=y").status()).isEqualTo(404);
        assertThat(browser.post("/setup", form()).status()).isEqualTo(404);
        assertThat(browser.post("/setup/login", Map.of("token", TOKEN)).status()).isEqualTo(404);
    }

    @Test
    void keyAndSecretAreForNobodyElseAndTheNextStartFindsThem() throws IOException {
        register(start());
        server().close();

        var app = data().resolve("app");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(app))).isEqualTo("rwx------");
        for (var name : new String[]{"app.yml", "private-key.pem", "webhook-secret"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(app.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(app.resolve("webhook-secret"))).isEqualTo("made-by-github-for-this-app\n");
        assertThat(Files.readString(app.resolve("app.yml"))).contains(gitHub.app().clientId())
                .doesNotContain("made-by-github", "BEGIN");

        var browser = start();
        assertThat(server().works()).isTrue();
        assertThat(browser.get("/setup").status()).isEqualTo(404);
    }

    @Test
    void theManifestIsWhatTheRepositoryShows() throws IOException {
        var browser = start();
        var sent = manifest(browser.post("/setup", form()));

        Map<String, Object> shown = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Path.of("app-manifest.yml")));
        JsonNode expected = JsonMapper.builder().build().valueToTree(shown);
        assertThat(sent.path("default_permissions")).isEqualTo(expected.path("default_permissions"));
        assertThat(sent.path("default_events")).isEqualTo(expected.path("default_events"));
        assertThat(sent.path("public")).isEqualTo(expected.path("public"));
        assertThat(sent.path("description")).isEqualTo(expected.path("description"));
        assertThat(sent.path("url")).isEqualTo(expected.path("url"));
        assertThat(sent.path("hook_attributes")).isEqualTo(expected.path("hook_attributes"));
        assertThat(sent.path("name").asText()).isEqualTo("Reeve of Acme");
        assertThat(sent.path("redirect_url").asText()).isEqualTo("http://localhost:" + server().port() + "/setup/done");
        var names = new ArrayList<>(shown.keySet());
        names.add("redirect_url");
        assertThat(sent.properties()).extracting(Map.Entry::getKey).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void anAddressOfThisMachineIsRegisteredWithoutAWebhookAndAWarning() throws IOException {
        gitHub.app().webhookSecret(null);
        var browser = start();
        var confirm = browser.post("/setup", form("public_url", "http://localhost:8080", "owner", "person"));

        assertThat(confirm.body()).contains("GitHub can’t reach", "Once it has a webhook", "pull_request_review")
                .doesNotContain("GitHub delivers to");
        assertThat(manifest(confirm).has("hook_attributes")).isFalse();
        assertThat(manifest(confirm).has("default_events")).as("GitHub takes no events without a webhook").isFalse();
        assertThat(attribute(confirm, "<form method=\"post\" action=\"([^\"]*)\""))
                .contains("/settings/apps/new?state=")
                .doesNotContain("organizations");
        var done = browser.get("/setup/done?code=" + gitHub.registered() + "&state=" + state(confirm));
        assertThat(done.body()).contains("webhook-secret", "subscribe there", "push, repository, check_run",
                "REEVE_ADMIN_TOKEN");
        assertThat(Files.readString(data().resolve("app/webhook-secret"))).matches("[0-9a-f]{64}\n");
    }

    @Test
    void whatAnotherPageLeadsTheBrowserToTakesNothingAway() {
        var browser = start();
        var state = state(browser.post("/setup", form()));

        assertThat(browser.get("/setup/done?code=x&state=y").status()).isEqualTo(400);
        assertThat(browser.get("/setup/done?code=" + gitHub.registered() + "&state=" + state).status()).isEqualTo(200);
    }

    @Test
    void aStateIsGoodOnceForItsBrowserAndForAnHour() {
        var browser = start();
        var other = new Browser(server().port());
        var state = state(browser.post("/setup", form()));

        assertThat(other.get("/setup/done?code=" + gitHub.registered() + "&state=" + state).status()).isEqualTo(400);
        assertThat(browser.get("/setup/done?code=" + gitHub.registered() + "&state=" + state).status())
                .as("it was tried by another browser")
                .isEqualTo(400);

        var late = state(browser.post("/setup", form()));
        clock.advance(Duration.ofMinutes(61));
        assertThat(browser.get("/setup/done?code=" + gitHub.registered() + "&state=" + late).status()).isEqualTo(400);
        assertThat(browser.get("/setup/done?code=x").status()).isEqualTo(400);
        assertThat(gitHub.requests()).isEmpty();
        assertThat(server().works()).isFalse();
    }

    @Test
    void aCodeThatGitHubDoesNotKnowLeavesNothingBehind() {
        var browser = start();
        for (var code : new String[]{"unknown", "../../user", "a%20b", ""}) {
            var state = state(browser.post("/setup", form()));
            var seen = browser.get("/setup/done?code=" + code + "&state=" + state);
            assertThat(seen.status()).isEqualTo(400);
            assertThat(seen.body()).contains("Begin again");
        }
        assertThat(data().resolve("app")).doesNotExist();
        assertThat(gitHub.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"name,''", "name,'<script>alert(1)</script>'", "name,'a name that is longer than GitHub takes'",
            "organisation,''",
            "organisation,../x", "public_url,http://reeve.example.com", "public_url,javascript:alert(1)",
            "public_url,''",
            "public_url,https://user:pw@reeve.example.com", "public_url,https://reeve.example.com?x"})
    void whatCannotBeUsedIsMarkedAndKeptEscaped(String field, String value) {
        var seen = start().post("/setup", form(field, value));

        assertThat(seen.status()).isEqualTo(422);
        assertThat(seen.body()).contains("class=\"fault\"", "aria-invalid").doesNotContain("<script");
    }

    @Test
    void aPageRunsNoScriptAndIsShownInNoOtherAndKeptNowhere() {
        var browser = start();
        for (var seen : new Browser.Seen[]{browser.get("/setup"), browser.post("/setup", form()),
                browser.get("/setup/done")}) {
            assertThat(seen.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("script-src", "unsafe");
            assertThat(seen.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(seen.header("Cache-Control")).isEqualTo("no-store");
            assertThat(seen.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(seen.body()).doesNotContain("<script", "onclick", "style=");
        }
        assertThat(browser.post("/setup", form()).header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax",
                "Max-Age=3600");
    }

    @Test
    void onAnEnterpriseServerItIsRegisteredThereAndTheServerWorksThere() throws IOException {
        environment.keySet().removeAll(List.of("GITHUB_API_URL", "GITHUB_SERVER_URL"));
        var place = gitHub.apiUrl().toString().replace("/api/v3", "");
        var browser = start();

        var confirm = browser.post("/setup", form("github", "enterprise", "enterprise", place + "/"));
        assertThat(attribute(confirm, "<form method=\"post\" action=\"([^\"]*)\""))
                .startsWith(place + "/organizations/acme/settings/apps/new?state=");
        assertThat(confirm.header("Content-Security-Policy")).contains("form-action 'self' " + place);
        var done = browser.get("/setup/done?code=" + gitHub.registered() + "&state=" + state(confirm));

        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(Files.readString(data().resolve("app/app.yml"))).contains("api_url: \"" + gitHub.apiUrl() + "\"",
                "server_url: \"" + place + "\"");
        restart();
        assertThat(server().works()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ghe.example.com", "http://ghe.example.com", "https://ghe.example.com/api/v3"})
    void anEnterpriseServerThatCannotBeOneIsMarked(String address) {
        environment.keySet().removeAll(List.of("GITHUB_API_URL", "GITHUB_SERVER_URL"));
        var seen = start().post("/setup", form("github", "enterprise", "enterprise", address));

        assertThat(seen.status()).isEqualTo(422);
        assertThat(seen.body()).contains("Write the server&#39;s address").doesNotContain("The App’s name will");
    }

    @ParameterizedTest
    @CsvSource({"https://github.com,https://api.github.com", "https://GitHub.com,https://api.github.com",
            "https://Acme.GHE.com,https://api.acme.ghe.com",
            "https://ghe.example.com,https://ghe.example.com/api/v3",
            "https://acme.ghe.com.example,https://acme.ghe.com.example/api/v3"})
    void programsGoWherePeopleGo(String web, String api) {
        var addresses = GitHubPlace.at(URI.create(web));

        assertThat(addresses.api()).hasToString(api);
        assertThat(GitHubPlace.of(addresses).web()).hasToString(web.toLowerCase(Locale.ROOT));
    }

    @Test
    void nothingSecretIsShownOrLogged() throws IOException {
        var log = (Logger) LoggerFactory.getLogger("dev.reeve");
        var before = log.getLevel();
        var heard = new ListAppender<ILoggingEvent>();
        heard.start();
        log.addAppender(heard);
        log.setLevel(Level.DEBUG);
        Browser.Seen done;
        try {
            done = register(start());
        } finally {
            log.detachAppender(heard);
            log.setLevel(before);
        }
        var key = Files.readString(data().resolve("app/private-key.pem")).lines().skip(1).findFirst().orElseThrow();

        assertThat(heard.list).extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("is registered and saved"))
                .noneMatch(line -> line.contains(key) || line.contains("made-by-github-for-this-app"));
        assertThat(done.text()).doesNotContain(key, "made-by-github-for-this-app");
        assertThat(Redaction.of("it was " + "made-by-github-for-this-app")).isEqualTo("it was ***");
    }
}
