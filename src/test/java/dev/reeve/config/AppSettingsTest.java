package dev.reeve.config;

import dev.reeve.config.ServerConfiguration.Listen;
import dev.reeve.config.Setting.Visibility;
import dev.reeve.model.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Webhook secrets, where the server is, and what of all settings is secret. */
class AppSettingsTest {

    private static final String LONG = "0123456789abcdef";

    @TempDir
    private Path folder;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void anAppIsConfigured() {
        environment.put("GITHUB_APP_ID", "1");
        environment.put("GITHUB_APP_PRIVATE_KEY",
                "-----BEGIN PRIVATE KEY-----\naHVudGVyMg==\n-----END PRIVATE KEY-----");
        environment.put("REEVE_DATA_DIR", folder.toString());
    }

    private Configured<ServerConfiguration> read(String webhookSecret) {
        environment.put("GITHUB_WEBHOOK_SECRET", webhookSecret);
        return ServerConfiguration.read(Inputs.of(environment, folder));
    }

    @Test
    void webhookSecretsOfSixteenCharactersAreFine() {
        assertThat(read(LONG + " , " + LONG + "x").warnings()).isEmpty();
        assertThat(Expect.valid(read(LONG + ", " + LONG + "x")).app().orElseThrow().webhookSecrets())
                .containsExactly(new Secret(LONG), new Secret(LONG + "x"));
    }

    @ParameterizedTest
    @CsvSource({"'0123456789abcdef,hunter2', 2 of 2", "hunter2, 1 of 1",
            "'hunter2,0123456789abcdef,0123456789abcdeg', 1 of 3"})
    void aShortOneIsTakenWithAWarningThatSaysWhichAndNotWhat(String secrets, String which) {
        assertThat(Expect.valid(read(secrets)).app().orElseThrow().webhookSecrets()).contains(new Secret("hunter2"));
        assertThat(read(secrets).warnings()).singleElement()
                .asString()
                .startsWith("GITHUB_WEBHOOK_SECRET: secret " + which + " has fewer than 16 characters")
                .doesNotContain("hunter2", LONG);
    }

    @ParameterizedTest
    @CsvSource({"'0123456789abcdef,', 2 of 2", "',0123456789abcdef', 1 of 2",
            "'0123456789abcdef, ,0123456789abcdef', 2 of 3"})
    void anEmptyOneIsAFault(String secrets, String which) {
        assertThat(Expect.faults(read(secrets))).singleElement()
                .asString()
                .startsWith("GITHUB_WEBHOOK_SECRET: secret " + which + " is empty")
                .doesNotContain(LONG);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,, http://localhost:81", "0.0.0.0,, http://localhost:81", "::,, http://localhost:81",
            "[::1],, http://localhost:81", "192.0.2.7,, http://192.0.2.7:81", "2001:db8::7,, http://[2001:db8::7]:81",
            "0.0.0.0, https://reeve.example.com, https://reeve.example.com"})
    void peopleOpenItWhereItListensOrAtItsPublicAddress(String host, String publicUrl, String address) {
        var listen = new Listen(host, 0, Optional.ofNullable(publicUrl).map(URI::create), Optional.empty());

        assertThat(listen.address(81)).isEqualTo(address);
        assertThat(listen.isPublic()).isEqualTo(publicUrl != null);
    }

    @Test
    void anAddressOfThisMachineIsNoPublicOne() {
        assertThat(Stream.of("http://localhost:8080", "http://127.0.0.1", "https://[::1]/", "https://127.evil.example")
                .map(url -> new Listen("127.0.0.1", 0, Optional.of(URI.create(url)), Optional.empty()).isPublic()))
                .containsExactly(false, false, false, true);
    }

    @Test
    void whatIsSecretInTheEnvironmentIsWhatTheSettingsSay() {
        assertThat(Stream.of(ServerSettings.ALL, AgentSettings.ALL)
                .flatMap(List::stream)
                .filter(setting -> setting.visibility() == Visibility.SECRET)
                .flatMap(setting -> setting.variables().stream())
                .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(EnvironmentSecrets.TEXTS.stream(), EnvironmentSecrets.PROXIES.stream()).toList());
    }

    @Test
    void ofAnAddressThePasswordIsSecretByItselfInEveryFormInWhichItIsRepeated() {
        environment.clear();
        environment.put("REEVE_DATABASE_URL", "postgresql://reeve:p%40ssw0rd-of-db@db/reeve?sslpassword=of-the-key");
        environment.put("https_proxy", "http://me:of-the-proxy@proxy:3128");
        environment.put("HTTP_PROXY", "you:of-another@proxy:3128");
        environment.put("GITHUB_WEBHOOK_SECRET", "one-of-them,another-one");

        assertThat(EnvironmentSecrets.of(environment)).extracting(Secret::reveal)
                .contains("p%40ssw0rd-of-db", "p@ssw0rd-of-db", "of-the-key", "of-the-proxy", "me:of-the-proxy",
                        "bWU6b2YtdGhlLXByb3h5", "of-another", "one-of-them", "another-one")
                .doesNotContain("http://me:of-the-proxy@proxy:3128", "proxy:3128", "me");
    }

    @Test
    void theServersSecretsIncludePasswordsOfProxyAndDatabase() {
        environment.put("REEVE_DATABASE_URL", "postgresql://reeve:p%40ssw0rd-of-db@db/reeve");
        environment.put("https_proxy", "http://me:of-the-proxy@proxy:3128");

        assertThat(Expect.valid(read(LONG)).secrets()).extracting(Secret::reveal)
                .contains("p@ssw0rd-of-db", "of-the-proxy", "bWU6b2YtdGhlLXByb3h5", LONG);
    }
}
