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
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** A GitHub, and a server that has no App yet. */
abstract class SetupTestCase {

    static final String TOKEN = "an-admin-token-of-some-length";

    @TempDir
    Path folder;
    final SettableClock clock = SettableClock.atNoon();
    final Map<String, String> environment = new HashMap<>();
    final Map<String, List<String>> flags = new HashMap<>();
    FakeGitHub gitHub;
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

    Path data() {
        return folder.resolve("data");
    }

    Configured<ServerConfiguration> read() {
        return ServerConfiguration.read(new Inputs(flags, environment, folder, Optional.empty()));
    }

    Browser start() {
        var read = read();
        assertThat(read).as(read.toString()).isInstanceOf(Configured.Valid.class);
        server = Server.start(Configurations.valid(read), new Machine(clock, () -> Long.MIN_VALUE, Checkpoint.NONE));
        return new Browser(server.port());
    }

    Browser restart() {
        server().close();
        return start();
    }

    Server server() {
        return Objects.requireNonNull(server);
    }

    static Map<String, String> form(String... changes) {
        var form = new HashMap<>(Map.of("name", "Reeve of Acme", "owner", "organisation", "organisation", "acme",
                "public_url", "https://reeve.example.com/"));
        for (int i = 0; i < changes.length; i += 2) {
            form.put(changes[i], changes[i + 1]);
        }
        return form;
    }

    static String attribute(Browser.Seen page, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(page.body());
        assertThat(matcher.find()).as(page.text()).isTrue();
        return matcher.group(1)
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&#x3D;", "=")
                .replace("&#39;", "'");
    }

    static String state(Browser.Seen page) {
        return attribute(page, "action=\"[^\"]*state(?:=|&#x3D;)([0-9a-f]{64})\"");
    }

    static JsonNode manifest(Browser.Seen page) throws IOException {
        return JsonMapper.builder().build().readTree(attribute(page, "name=\"manifest\" value=\"([^\"]*)\""));
    }

    /** To where GitHub sends a browser that filled in this form, after the App was registered there. */
    String wayBack(Browser browser, String... changes) {
        var state = state(browser.post("/setup", form(changes)));
        return "/setup/done?code=" + gitHub.registered() + "&state=" + state;
    }

    Browser.Seen register(Browser browser, String... changes) {
        var done = browser.get(wayBack(browser, changes));
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        return done;
    }
}
