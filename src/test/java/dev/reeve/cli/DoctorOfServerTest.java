package dev.reeve.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reeve.kit.FakeApp;
import dev.reeve.kit.FakeGitHub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class DoctorOfServerTest {

    @TempDir
    private Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Duration gitHubsClock = Duration.ZERO;
    private FakeGitHub gitHub;

    @BeforeEach
    void anAppIsConfiguredAndInstalled() throws IOException {
        InstantSource clock = () -> Clock.systemUTC().instant().plus(gitHubsClock);
        gitHub = FakeGitHub.start(clock);
        gitHub.repository("acme/shop", folder.resolve("shop.git"));
        Files.createDirectory(folder.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        environment.putAll(Map.of("GITHUB_APP_ID", String.valueOf(gitHub.app().id()), "GITHUB_APP_PRIVATE_KEY",
                gitHub.app().privateKeyPem(), "GITHUB_WEBHOOK_SECRET", "hush-hush-hush", "GITHUB_API_URL",
                gitHub.apiUrl().toString(), "GITHUB_SERVER_URL", folder.toUri().toString(), "REEVE_DATA_DIR",
                folder.resolve("data").toString(), "REEVE_PUBLIC_URL", "https://reeve.example.com"));
    }

    @AfterEach
    void stop() {
        gitHub.close();
        assertThat(gitHub.violations()).isEmpty();
    }

    private record Ran(int exit, String out) {}

    private Ran doctor(String... more) {
        var out = new StringWriter();
        var console = new Console(environment, folder, new PrintWriter(out), new PrintWriter(out),
                Console.Screen.OTHER);
        int exit = Main.run(Stream.concat(Stream.of("doctor", "--server"), Stream.of(more)).toList(), console);
        return new Ran(exit, out.toString());
    }

    @Test
    void aServerThatIsSetUpHasNothingWrong() {
        var ran = doctor();

        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.out()).containsPattern("ok  key +SHA256:.* is accepted")
                .contains("agrees with GitHub's", "Reeve Test asks for all that is needed",
                        "GitHub tells of pull_request, push",
                        "GitHub delivers to https://reeve.example.com/webhooks/github", "deliveries are signed",
                        "on acme it may do all that is needed, and push", "of 5000 requests are left", "MiB are free",
                        "inbox.db is not there yet")
                .endsWith("Nothing is wrong.\n")
                .doesNotContain("hush-hush", "PRIVATE", "ghs_");
        assertThat(gitHub.writes()).isEmpty();
    }

    @Test
    void whatIsWrongAtGitHubIsSaidWithItsRemedy() {
        gitHub.app().permissions().put("contents", "read");
        gitHub.app().events().remove("push");
        gitHub.app()
                .webhook()
                .put("url", "https://old.example.com/webhooks/github")
                .put("insecure_ssl", "1")
                .remove("secret");
        gitHub.repository("acme/shop").installation().revoke("checks");

        var ran = doctor();

        assertThat(ran.exit()).isOne();
        assertThat(ran.out()).contains("the App doesn't ask for contents: write", "the App isn't told of push",
                "GitHub delivers to https://old.example.com/webhooks/github, and this server is at https://reeve.example.com/webhooks/github",
                "it has no secret", "GitHub doesn't verify this server's certificate",
                "on acme it may not checks: write",
                "→ accept the App's new permissions");
    }

    @Test
    void aSuspendedInstallationAndALimitThatIsNearlyUsedUpAreSaid() {
        gitHub.repository("acme/shop").installation().suspend(Instant.now());
        assertThat(doctor().out()).contains("on acme it is suspended").doesNotContain("requests are left");

        gitHub.repository("acme/shop").installation().resume();
        gitHub.repository("acme/shop").installation().limit(17, Clock.systemUTC().instant().plusSeconds(600));
        assertThat(doctor().out()).containsPattern("warning  rate limit +on acme 17 of 5000 requests are left");
    }

    @Test
    void aKeyThatGitHubRefusesIsNamedByItsFingerprint() {
        var other = FakeApp.newKey();
        environment.put("GITHUB_APP_PRIVATE_KEY",
                gitHub.app().privateKeyPem() + FakeApp.pem("PRIVATE KEY", other.getPrivate().getEncoded()));
        assertThat(doctor().out()).containsPattern("ok  key +SHA256:")
                .containsPattern("warning  key +SHA256:.* is not accepted");

        gitHub.app().keys();
        var ran = doctor();
        assertThat(ran.exit()).isOne();
        assertThat(ran.out())
                .containsPattern("error  key +SHA256:.* is not accepted: A JSON web token could not be decoded")
                .contains("were not looked at: that takes a key")
                .doesNotContain("look at the network");
    }

    @Test
    void aClockThatIsOffIsSaid() {
        gitHubsClock = Duration.ofMinutes(5);
        assertThat(doctor().out()).containsPattern("warning  clock +is (29|30)[0-9] s behind GitHub's");
    }

    @Test
    void withoutAnAppItSaysHowToGetOne() {
        environment.keySet().removeIf(name -> name.startsWith("GITHUB_APP") || name.startsWith("GITHUB_WEBHOOK"));
        var ran = doctor();

        assertThat(ran.exit()).isOne();
        assertThat(ran.out()).contains("no App is configured", "open /setup");
        assertThat(gitHub.requests()).isEmpty();
    }

    @Test
    void wrongSettingsAreAllThatIsSaid() {
        environment.put("PORT", "many");
        assertThat(doctor()).satisfies(ran -> {
            assertThat(ran.exit()).isOne();
            assertThat(ran.out()).contains("PORT: \"many\" is not");
        });
        assertThat(gitHub.requests()).isEmpty();
    }

    @Test
    void aGitHubThatCannotBeReachedStopsNoOtherCheck() {
        environment.put("GITHUB_API_URL", "http://127.0.0.1:1/api/v3");
        var ran = doctor("--format", "json");

        assertThat(ran.exit()).isOne();
        assertThat(ran.out()).contains("GitHub did not answer GET /app", "MiB are free");
    }

    @Test
    void whatIsWrongWithFolderAndDatabaseIsSaid() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("data"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("data/inbox.db"), "this is no database at all, not even a small one");
        assertThat(doctor().out()).contains("every user of this machine can look into")
                .containsPattern("error  database .*inbox.db can't be used");

        environment.put("REEVE_DATABASE_URL", "postgresql://reeve:hunter2@127.0.0.1:1/reeve");
        assertThat(doctor().out()).contains("postgresql://127.0.0.1:1 can't be used").doesNotContain("hunter2");
    }

    @Test
    void aProgramReadsItAsJson() throws IOException {
        var json = JsonMapper.builder().build().readTree(doctor("--format", "json").out());

        assertThat(json.path("ok").asBoolean()).isTrue();
        assertThat(json.path("findings").findValuesAsText("check")).containsSubsequence(
                List.of("java", "git", "configuration", "key", "clock", "permissions", "events", "webhook",
                        "installation", "rate limit",
                        "data folder", "database"));
    }
}
