package dev.reeve.config;

import dev.reeve.model.Proxies;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class ServerConfigurationTest {

    private static final String KEY = "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0LWtleQ==\n-----END RSA PRIVATE KEY-----\n";
    private static final String OTHER_KEY = "-----BEGIN PRIVATE KEY-----\nb3RoZXIta2V5\n-----END PRIVATE KEY-----\n";

    @TempDir
    private Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, List<String>> flags = new HashMap<>();
    private Optional<Path> file = Optional.empty();

    @BeforeEach
    void anAppIsConfigured() {
        environment.put("HOME", folder.toString());
        environment.put("GITHUB_APP_ID", "12345");
        environment.put("GITHUB_APP_PRIVATE_KEY", KEY);
        environment.put("GITHUB_WEBHOOK_SECRET", "hush-hush-hush-hush");
    }

    private Configured<ServerConfiguration> read() {
        return ServerConfiguration.read(new Inputs(flags, environment, folder, file));
    }

    private ServerConfiguration valid() {
        return Expect.valid(read());
    }

    private List<String> faults() {
        return Expect.faults(read());
    }

    private Path write(String name, String content) throws IOException {
        var path = Files.writeString(folder.resolve(name), content);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    private void configFile(String yaml) throws IOException {
        file = Optional.of(write("server.yml", yaml));
    }

    @Test
    void anAppIsEnoughAndTheRestHasDefaults() {
        var server = valid();

        assertThat(server.app().orElseThrow().issuer()).isEqualTo("12345");
        assertThat(server.app().orElseThrow().privateKeys()).containsExactly(new Secret(KEY));
        assertThat(server.app().orElseThrow().webhookSecrets()).containsExactly(new Secret("hush-hush-hush-hush"));
        assertThat(server.github()).isEqualTo(
                new GitHubAddresses(URI.create("https://api.github.com"), URI.create("https://github.com")));
        assertThat(server.listen()).isEqualTo(
                new ServerConfiguration.Listen("127.0.0.1", 8080, Optional.empty(), Optional.empty()));
        assertThat(server.storage()).isEqualTo(
                new ServerConfiguration.Storage(folder.resolve(".local/state/reeve"), Optional.empty()));
        assertThat(server.rhythm())
                .isEqualTo(new ServerConfiguration.Rhythm(Duration.ofMinutes(15), Duration.ofMinutes(5)));
        assertThat(server.checkouts()).isEmpty();
        assertThat(read().warnings()).isEmpty();
    }

    @Test
    void nothingAtAllNeedsAFolderAndLeavesTheAppToBeSetUp() {
        environment.clear();
        assertThat(faults()).singleElement().asString().startsWith("REEVE_DATA_DIR: not set");

        environment.put("REEVE_DATA_DIR", folder.toString());
        assertThat(valid().app()).isEmpty();
    }

    @Test
    void oneThingAboutTheAppNeedsAllOthers() {
        environment.keySet().removeIf(name -> name.startsWith("GITHUB_"));
        environment.put("GITHUB_APP_PRIVATE_KEY", KEY);
        assertThat(faults()).satisfiesExactlyInAnyOrder(
                f -> assertThat(f).startsWith("GITHUB_APP_ID: not set").contains("GITHUB_APP_CLIENT_ID"),
                f -> assertThat(f).startsWith("GITHUB_WEBHOOK_SECRET: not set"));

        environment.remove("GITHUB_APP_PRIVATE_KEY");
        environment.put("GITHUB_WEBHOOK_SECRET", "hush-hush-hush-hush");
        assertThat(faults()).satisfiesExactlyInAnyOrder(f -> assertThat(f).startsWith("GITHUB_APP_ID: not set"),
                f -> assertThat(f).startsWith("GITHUB_APP_PRIVATE_KEY_FILE: not set")
                        .contains("GITHUB_APP_PRIVATE_KEY"));
    }

    private void anAppWasSetUp(String settings) throws IOException {
        environment.put("REEVE_DATA_DIR", folder.resolve("data").toString());
        Files.createDirectories(folder.resolve("data/app"));
        write("data/app/private-key.pem", KEY);
        write("data/app/webhook-secret", "saved-secret");
        write("data/app/app.yml", settings);
    }

    @Test
    void anAppThatWasSetUpIsTakenFromTheDataFolder() throws IOException {
        environment.keySet().removeIf(name -> name.startsWith("GITHUB_"));
        anAppWasSetUp(
                "app_id: 7\napp_client_id: \"Iv23liAbCdEf\"\napi_url: https://ghe.example/api/v3\nserver_url: https://ghe.example\n");

        assertThat(valid().app()).contains(new ServerConfiguration.App("Iv23liAbCdEf", List.of(new Secret(KEY)),
                List.of(new Secret("saved-secret")), folder.resolve("data/app/webhook-secret").toString()));
        assertThat(valid().github().api()).hasToString("https://ghe.example/api/v3");
        assertThat(read().origins()).anySatisfy(origin -> {
            assertThat(origin.key()).isEqualTo("app_client_id");
            assertThat(origin.source()).hasToString(folder.resolve("data/app/app.yml") + ":2:16");
        });
    }

    @Test
    void anAppThatIsConfiguredGoesBeforeOneThatWasSetUp() throws IOException {
        anAppWasSetUp("app_id: 7\napi_url: https://ghe.example/api/v3\n");

        assertThat(valid().app()).map(ServerConfiguration.App::issuer).contains("12345");
        assertThat(valid().github().api()).hasToString("https://api.github.com");
    }

    @Test
    void whatIsBrokenOfASavedAppIsAFault() throws IOException {
        environment.keySet().removeIf(name -> name.startsWith("GITHUB_"));
        anAppWasSetUp("app_id: seven\nport: 1\n");
        Files.delete(folder.resolve("data/app/webhook-secret"));

        assertThat(faults()).hasSize(3).allSatisfy(fault -> assertThat(fault).contains("data/app/"));
    }

    @Test
    void readingItAgainTakesWhatTheFilesHoldByThen() throws IOException {
        environment.remove("GITHUB_WEBHOOK_SECRET");
        environment.put("GITHUB_WEBHOOK_SECRET_FILE", write("hook", "first-one").toString());
        var first = valid();
        write("hook", "second,first-one");

        assertThat(Expect.valid(first.again()).app().orElseThrow().webhookSecrets()).hasSize(2);
        assertThat(first.toString()).doesNotContain("first-one", "c2VjcmV0");
    }

    @Test
    void flagsBeatTheEnvironmentAndThatBeatsTheFile() throws IOException {
        configFile("host: localhost\nport: 1\nsweep: 1m\npublic_url: https://a.example/\n");
        environment.put("PORT", "2");
        environment.put("REEVE_SWEEP", "2m");
        environment.put("REEVE_RECOVERY", "");
        flags.put("--port", List.of("3"));

        var server = valid();

        assertThat(server.listen()).isEqualTo(new ServerConfiguration.Listen("localhost", 3,
                Optional.of(URI.create("https://a.example")), Optional.empty()));
        assertThat(server.rhythm())
                .isEqualTo(new ServerConfiguration.Rhythm(Duration.ofMinutes(2), Duration.ofMinutes(5)));
        assertThat(read().origins().stream().map(o -> o.key() + "=" + o.value() + " " + o.source()))
                .contains("port=3 --port", "sweep=2m REEVE_SWEEP", "recovery=5m default",
                        "host=localhost " + folder.resolve("server.yml") + ":1:7");
    }

    @Test
    void theClientIdGoesBeforeTheId() {
        environment.put("GITHUB_APP_CLIENT_ID", "Iv23liAbCdEf");
        assertThat(valid().app().orElseThrow().issuer()).isEqualTo("Iv23liAbCdEf");
    }

    @Test
    void severalKeysAndSecretsAreTakenForRotation() throws IOException {
        environment.put("GITHUB_APP_PRIVATE_KEY", KEY + "\n" + OTHER_KEY);
        environment.put("GITHUB_WEBHOOK_SECRET", " old, new ");
        assertThat(valid().app().orElseThrow().privateKeys()).containsExactly(new Secret(KEY), new Secret(OTHER_KEY));
        assertThat(valid().app().orElseThrow().webhookSecrets()).containsExactly(new Secret("old"), new Secret("new"));

        environment.remove("GITHUB_APP_PRIVATE_KEY");
        write("a.pem", KEY);
        environment.put("GITHUB_APP_PRIVATE_KEY_FILE", "a.pem," + write("b.pem", OTHER_KEY));
        assertThat(valid().app().orElseThrow().privateKeys()).containsExactly(new Secret(KEY), new Secret(OTHER_KEY));
    }

    @Test
    void aKeyOnOneLineWithItsLineEndsWrittenOutIsTaken() {
        environment.put("GITHUB_APP_PRIVATE_KEY", KEY.replace("\n", "\\n"));
        assertThat(valid().app().orElseThrow().privateKeys()).containsExactly(new Secret(KEY));
    }

    @ParameterizedTest
    @CsvSource({"garbage,is no PEM text", "'-----BEGIN RSA PRIVATE KEY-----\nabc',is no PEM text",
            "'-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----',PUBLIC KEY",
            "'-----BEGIN ENCRYPTED PRIVATE KEY-----\nabc\n-----END ENCRYPTED PRIVATE KEY-----',has a password",
            "'-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----\nabc',cut off"})
    void aKeyThatCannotBeUsedIsAFaultThatDoesNotShowIt(String text, String reason) {
        environment.put("GITHUB_APP_PRIVATE_KEY", text);
        assertThat(faults()).singleElement()
                .asString()
                .startsWith("GITHUB_APP_PRIVATE_KEY: ")
                .contains(reason)
                .doesNotContain("abc", "garbage");
    }

    @Test
    void secretsComeFromFilesThatTheConfigurationFileNames() throws IOException {
        var secrets = Files.createDirectory(folder.resolve("etc"));
        Files.writeString(secrets.resolve("hook"), "from-file\n");
        Files.writeString(secrets.resolve("key.pem"), KEY);
        file = Optional.of(Files.writeString(secrets.resolve("server.yml"),
                "app_id: 7\nwebhook_secret_file: hook\nprivate_key_file: [key.pem]\n"));
        environment.keySet().removeIf(name -> name.startsWith("GITHUB_"));

        assertThat(valid().app()).contains(
                new ServerConfiguration.App("7", List.of(new Secret(KEY)), List.of(new Secret("from-file")), "hook"));
    }

    @Test
    void aSecretItselfDoesNotBelongIntoTheConfigurationFile() throws IOException {
        configFile("webhook_secret: hush\n");
        assertThat(faults()).singleElement().asString().contains("webhook_secret_file").doesNotContain("hush");
    }

    @Test
    void aSecretThatIsSetTwiceInTheSamePlaceIsAFaultElseTheStrongerPlaceCounts() throws IOException {
        configFile("webhook_secret_file: " + write("hook", "weak") + "\n");
        assertThat(valid().app().orElseThrow().webhookSecrets()).containsExactly(new Secret("hush-hush-hush-hush"));

        environment.put("GITHUB_WEBHOOK_SECRET_FILE", folder.resolve("hook").toString());
        assertThat(faults()).singleElement().asString().startsWith("GITHUB_WEBHOOK_SECRET_FILE: ").contains("keep one");
    }

    @Test
    void filesThatCannotBeReadAreFaultsThatNameThem() throws IOException {
        environment.remove("GITHUB_APP_PRIVATE_KEY");
        environment.remove("GITHUB_WEBHOOK_SECRET");
        environment.put("GITHUB_APP_PRIVATE_KEY_FILE", "missing.pem,.");
        environment.put("GITHUB_WEBHOOK_SECRET_FILE", write("empty", " \n").toString());
        environment.put("REEVE_ADMIN_TOKEN_FILE", write("huge", "x".repeat(70_000)).toString());
        file = Optional.of(Path.of("nowhere.yml"));

        assertThat(faults()).satisfiesExactlyInAnyOrder(
                f -> assertThat(f).startsWith("--config: there is no file").contains("nowhere.yml"),
                f -> assertThat(f).startsWith("GITHUB_APP_PRIVATE_KEY_FILE: there is no file").contains("missing.pem"),
                f -> assertThat(f).startsWith("GITHUB_APP_PRIVATE_KEY_FILE: ").contains("can't be read"),
                f -> assertThat(f).startsWith("GITHUB_WEBHOOK_SECRET_FILE: ").contains("is empty"),
                f -> assertThat(f).startsWith("REEVE_ADMIN_TOKEN_FILE: ").contains("longer than"));
    }

    @Test
    void aSecretFileThatEveryoneCanReadIsWarnedAbout() throws IOException {
        environment.remove("GITHUB_APP_PRIVATE_KEY");
        var key = write("key.pem", KEY);
        environment.put("GITHUB_APP_PRIVATE_KEY_FILE", key.toString());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(read().warnings()).singleElement().asString().contains("chmod 600").contains("key.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "reeve.example.com", "192.168.1.2", "127.0.0.1.example.com"})
    void beyondThisMachineAnAdminTokenIsNeeded(String host) {
        environment.put("REEVE_HOST", host);
        assertThat(faults()).singleElement().asString().startsWith("REEVE_ADMIN_TOKEN: not set").contains(host);

        environment.put("REEVE_ADMIN_TOKEN", "0123456789abcdef");
        assertThat(valid().listen().adminToken()).contains(new Secret("0123456789abcdef"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8"})
    void onThisMachineNone(String host) {
        environment.put("REEVE_HOST", host);
        assertThat(valid().listen().host()).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({"PORT,65536", "PORT,-1", "PORT,80a", "REEVE_HOST,a b", "REEVE_PUBLIC_URL,example.com",
            "REEVE_PUBLIC_URL,javascript:alert(1)", "GITHUB_API_URL,file:///x", "GITHUB_SERVER_URL,ssh://git@x",
            "GITHUB_SERVER_URL,https://user:pw@github.com", "GITHUB_API_URL,https://x?y=1", "REEVE_SWEEP,15",
            "REEVE_SWEEP,0s",
            "GITHUB_APP_ID,abc", "GITHUB_APP_CLIENT_ID,'a b c d'", "REEVE_DATABASE_URL,mysql://root:hunter2@x/y",
            "REEVE_ADMIN_TOKEN,short", "HTTPS_PROXY,socks5://u:hunter2@x", "REEVE_DATA_DIR,/dev/null"})
    void aWrongValueNamesItsVariable(String variable, String value) {
        environment.put(variable, value);
        assertThat(faults()).singleElement().asString().startsWith(variable + ": ").doesNotContain("hunter2");
    }

    @Test
    void secretsAreNeverShown() {
        environment.put("REEVE_DATABASE_URL", "postgresql://reeve:hunter2@db/reeve");
        environment.put("https_proxy", "http://me:hunter2@proxy:3128");
        environment.put("REEVE_ADMIN_TOKEN", "hunter2hunter2hunter2");

        var read = read();

        assertThat(read).isInstanceOf(Configured.Valid.class);
        assertThat(read.toString()).doesNotContain("hunter2", "hush-hush-hush-hush", "c2VjcmV0").contains("***");
        assertThat(valid().storage().databaseUrl())
                .hasValueSatisfying(url -> assertThat(url.reveal()).contains("hunter2"));
    }

    @Test
    void proxiesAreTakenFromTheUsualVariables() {
        environment.put("https_proxy", "http://me:p+w%40@proxy.example:3128");
        environment.put("HTTP_PROXY", "plain:8080");
        environment.put("NO_PROXY", "localhost,.INTERNAL.example, 10.0.0.1  *.x");

        var proxies = valid().proxies();

        assertThat(proxies).isEqualTo(new Proxies(
                Optional.of(new Proxies.Proxy("proxy.example", 3128, Optional.of(new Secret("me:p+w@")))),
                Optional.of(new Proxies.Proxy("plain", 8080, Optional.empty())),
                List.of("localhost", ".internal.example", "10.0.0.1", "*.x")));
    }

    @Test
    void aProxyInLowerCaseWinsAndABlankOneCountsAsUnset() {
        environment.put("HTTPS_PROXY", "http://a:1");
        environment.put("https_proxy", "http://b:2");
        environment.put("HTTP_PROXY", "http://c");
        environment.put("http_proxy", " ");

        assertThat(valid().proxies().https()).map(Proxies.Proxy::host).contains("b");
        assertThat(valid().proxies().http()).contains(new Proxies.Proxy("c", 80, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://me:s3cret@proxy:1080", "http://me:s3cret@", "http://me:s3 cret@proxy",
            "://s3cret", "http://me:s3cret@proxy:0", "http://me:s3cret@proxy:65536", "https://me:s3cret@proxy"})
    void whatIsNoProxyIsNamedWithoutItsPassword(String value) {
        environment.put("http_proxy", value);
        assertThat(faults()).singleElement()
                .asString()
                .startsWith("http_proxy: ")
                .contains("http://host:3128")
                .doesNotContain("s3");
        assertThat(read().toString()).doesNotContain("s3");
    }

    @Test
    void checkoutsAreAttachedByFlagOrFile() throws IOException {
        var checkout = Files.createDirectory(folder.resolve("a,b=c"));
        flags.put("--checkout", List.of("acme/shop=a,b=c", "Acme/Other=" + folder));
        assertThat(valid().checkouts()).containsEntry(new RepositoryName("acme", "shop"), checkout)
                .containsEntry(new RepositoryName("acme", "other"), folder);

        flags.clear();
        configFile("checkouts: { acme/shop: 'a,b=c' }\n");
        assertThat(valid().checkouts()).containsEntry(new RepositoryName("acme", "shop"), checkout);
    }

    @Test
    void checkoutsThatAreNoneAreFaults() {
        flags.put("--checkout",
                List.of("acme/shop", "../x=/tmp", "acme/a=" + folder, "ACME/a=.", "acme/b=missing", "acme/c="));
        assertThat(faults()).satisfiesExactlyInAnyOrder(
                f -> assertThat(f).startsWith("--checkout: must be written OWNER/REPO=PATH"),
                f -> assertThat(f).startsWith("--checkout: \"../x\" is not a repository"),
                f -> assertThat(f).startsWith("--checkout: ACME/a has two checkouts"),
                f -> assertThat(f).startsWith("--checkout: the checkout of acme/b").contains("is not a folder"),
                f -> assertThat(f).startsWith("--checkout: \"\" is not a path"));
    }

    @Test
    void localRemotesAndEnterpriseServersArePossible() {
        environment.put("GITHUB_API_URL", "http://127.0.0.1:4444/api/v3/");
        environment.put("GITHUB_SERVER_URL", "file:///srv/git");
        assertThat(valid().github()).isEqualTo(
                new GitHubAddresses(URI.create("http://127.0.0.1:4444/api/v3"), URI.create("file:///srv/git")));
        assertThat(read().warnings()).isEmpty();

        environment.put("GITHUB_API_URL", "http://ghes.example/api/v3");
        environment.remove("GITHUB_SERVER_URL");
        assertThat(read().warnings()).satisfiesExactlyInAnyOrder(
                w -> assertThat(w.toString()).contains("GITHUB_SERVER_URL"),
                w -> assertThat(w.toString()).startsWith("GITHUB_API_URL: tokens are sent there without encryption"));
    }

    @Test
    void theDataFolderFollowsTheUsualVariables() {
        environment.put("XDG_STATE_HOME", "/var/lib/state");
        assertThat(valid().storage().dataDir()).isEqualTo(Path.of("/var/lib/state/reeve"));

        environment.put("XDG_STATE_HOME", "relative");
        assertThat(valid().storage().dataDir()).isEqualTo(folder.resolve(".local/state/reeve"));

        environment.put("REEVE_DATA_DIR", "data");
        assertThat(valid().storage().dataDir()).isEqualTo(folder.resolve("data"));
    }

    @Test
    void aServerIsMentionedByItsOwnVariablesOnly() {
        assertThat(ServerConfiguration.isMentioned(Map.of("GITHUB_TOKEN", "x", "PORT", "1", "GITHUB_API_URL", "y")))
                .isFalse();
        assertThat(ServerConfiguration.isMentioned(Map.of("GITHUB_APP_ID", "1"))).isTrue();
        assertThat(ServerConfiguration.isMentioned(Map.of("REEVE_HOST", ""))).isFalse();
    }
}
