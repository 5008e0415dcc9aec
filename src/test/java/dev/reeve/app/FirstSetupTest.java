package dev.reeve.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.inbox.Checkpoint;
import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

class FirstSetupTest {

    private static final String TOKEN = "an-admin-token-of-some-length";

    @TempDir
    private Path folder;
    private final SettableClock clock = SettableClock.atNoon();
    private final Map<String, String> environment = new HashMap<>();
    private FakeGitHub gitHub;
    private @Nullable Server server;

    @BeforeEach
    void thereIsAGitHubAndNoApp() {
        gitHub = FakeGitHub.start(clock);
        environment.putAll(
                Map.of("GITHUB_API_URL", gitHub.apiUrl().toString(), "GITHUB_SERVER_URL", folder.toUri().toString(),
                        "REEVE_DATA_DIR", data().toString(), "PORT", "0"));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        gitHub.close();
        assertThat(gitHub.violations()).isEmpty();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Browser start() {
        var read = ServerConfiguration.read(new Inputs(Map.of(), environment, folder, Optional.empty()));
        assertThat(read).as(read.toString()).isInstanceOf(Configured.Valid.class);
        server = Server.start(Configurations.valid(read), new Machine(clock, () -> Long.MIN_VALUE, Checkpoint.NONE));
        return new Browser(server.port());
    }

    private static Map<String, String> form(String... changes) {
        var form = new HashMap<>(Map.of("name", "Reeve of Acme", "owner", "organisation", "organisation", "acme",
                "public_url", "https://reeve.example.com/"));
        for (int i = 0; i < changes.length; i += 2) {
            form.put(changes[i], changes[i + 1]);
        }
        return form;
    }

    private static String attribute(Browser.Seen page, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(page.body());
        assertThat(matcher.find()).as(page.text()).isTrue();
        return matcher.group(1)
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&#x3D;", "=")
                .replace("&#39;", "'");
    }

    private static String state(Browser.Seen page) {
        return attribute(page, "action=\"[^\"]*state(?:=|&#x3D;)([0-9a-f]{64})\"");
    }

    private static JsonNode manifest(Browser.Seen page) throws IOException {
        return JsonMapper.builder().build().readTree(attribute(page, "name=\"manifest\" value=\"([^\"]*)\""));
    }

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

    private Browser.Seen register(Browser browser) {
        var state = state(browser.post("/setup", form()));
        var done = browser.get("/setup/done?code=" + gitHub.registered() + "&state=" + state);
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        return done;
    }

    private Server server() {
        return java.util.Objects.requireNonNull(server);
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

        assertThat(confirm.body()).contains("GitHub can’t reach", "Once it has a webhook")
                .doesNotContain("GitHub delivers to");
        assertThat(manifest(confirm).has("hook_attributes")).isFalse();
        assertThat(attribute(confirm, "<form method=\"post\" action=\"([^\"]*)\""))
                .contains("/settings/apps/new?state=")
                .doesNotContain("organizations");
        var done = browser.get("/setup/done?code=" + gitHub.registered() + "&state=" + state(confirm));
        assertThat(done.body()).contains("webhook-secret");
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
    void nothingSecretIsShownOrLogged() throws IOException {
        var done = register(start());
        var key = Files.readString(data().resolve("app/private-key.pem")).lines().skip(1).findFirst().orElseThrow();

        assertThat(done.text()).doesNotContain(key, "made-by-github-for-this-app");
        assertThat(dev.reeve.model.Redaction.of("it was " + "made-by-github-for-this-app")).isEqualTo("it was ***");
    }
}
