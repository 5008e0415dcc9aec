package dev.reeve.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reeve.config.Inputs;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.github.Endpoint;
import dev.reeve.github.GitHubApp;
import dev.reeve.github.GitHubFailure;
import dev.reeve.kit.FakeApp;
import dev.reeve.kit.FakeGitHub;
import dev.reeve.kit.SettableClock;
import dev.reeve.model.Proxies;
import dev.reeve.model.Redaction;
import dev.reeve.web.AdminToken;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Secrets whose files change while they are in use. What a webhook's signature has to do with it is told in {@code ServerSecretsTest}. */
class SecretsTest {

    private static final KeyPair NEXT = FakeApp.newKey();

    @TempDir
    private Path folder;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private FakeGitHub gitHub;
    private GitHubApp app;
    private ServerConfiguration configuration;
    private Secrets secrets;

    @BeforeEach
    void theAppIsConfiguredByFiles() throws IOException {
        var clock = SettableClock.atNoon();
        gitHub = FakeGitHub.start(clock);
        write("key.pem", gitHub.app().privateKeyPem());
        write("hook", "the-first-webhook-secret");
        write("admin", "the-first-admin-token");
        write("server.yml", "admin_token_file: admin\napp_id: 4711\n");
        var environment = Map.of("GITHUB_APP_PRIVATE_KEY_FILE", "key.pem", "GITHUB_WEBHOOK_SECRET_FILE", "hook",
                "REEVE_DATA_DIR", folder.toString());
        configuration = Configurations.valid(ServerConfiguration
                .read(new Inputs(Map.of(), environment, folder, Optional.of(folder.resolve("server.yml")))));
        var configured = Secrets.app(configuration);
        app = new GitHubApp(Endpoint.of(gitHub.apiUrl(), Proxies.none()), Secrets.identity(configured), clock);
        secrets = new Secrets(configuration, new AdminToken("the-first-admin-token"), metrics);
        secrets.follow(configured, new Secrets.UsedByApp(app, Secrets.webhooks(configured)));
    }

    @AfterEach
    void stop() {
        secrets.close();
        app.close();
        gitHub.close();
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String next() {
        return FakeApp.pem("PRIVATE KEY", NEXT.getPrivate().getEncoded());
    }

    private double value(String name) {
        return metrics.get(name).functionCounters().stream().mapToDouble(counter -> counter.count()).sum();
    }

    @Test
    void aNewKeyIsUsedWithoutARestartAndEachIsCountedByItsFingerprint() throws IOException {
        app.inquiry().registration();
        gitHub.app().keys(NEXT.getPublic());
        assertThatThrownBy(() -> app.inquiry().registration()).isInstanceOf(GitHubFailure.class);

        write("key.pem", gitHub.app().privateKeyPem() + next());
        secrets.look();
        app.inquiry().registration();
        app.inquiry().registration();

        assertThat(metrics.get("reeve.app.key.uses").functionCounters()).hasSize(2)
                .allSatisfy(counter -> assertThat(counter.getId().getTag("key")).startsWith("SHA256:"));
        assertThat(value("reeve.app.key.uses")).isEqualTo(3);
        assertThat(metrics.getMeters()).allSatisfy(
                meter -> assertThat(meter.getId().getDescription()).as(meter.getId().getName()).isNotBlank());
        assertThat(metrics.counter("reeve.secrets.reloads").count()).isEqualTo(1);
    }

    /** What is logged while something is done. */
    private static List<String> logged(Executable doing) throws Throwable {
        var log = (Logger) LoggerFactory.getLogger(Secrets.class);
        var heard = new ListAppender<ILoggingEvent>();
        heard.start();
        log.addAppender(heard);
        log.setLevel(Level.INFO);
        try {
            doing.execute();
        } finally {
            log.detachAppender(heard);
            log.setLevel(null);
        }
        return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aFaultyFileKeepsEverythingAsItWasWhichTheLogSaysOnce() throws Throwable {
        var log = logged(() -> {
            write("hook", "the-second-webhook-secret");
            write("key.pem", "-----BEGIN RSA PRIVATE KEY-----\nbm9uZQ==\n-----END RSA PRIVATE KEY-----\n");
            secrets.look();
            secrets.look();
        });

        assertThat(log).singleElement()
                .asString()
                .contains("so the old ones hold", "key 1 can't be used")
                .doesNotContain("bm9uZQ", "the-second");
        assertThat(metrics.get("reeve.secrets.faulty").gauge().value()).isEqualTo(1);
        assertThat(metrics.counter("reeve.secrets.reloads").count()).isZero();
        assertThat(Redaction.of("the-second-webhook-secret")).isEqualTo("the-second-webhook-secret");
        assertThat(app.inquiry().registration().name()).isNotEmpty();

        write("key.pem", next());
        secrets.look();
        assertThat(metrics.get("reeve.secrets.faulty").gauge().value()).isZero();
        assertThat(metrics.counter("reeve.secrets.reloads").count()).isEqualTo(1);
    }

    @Test
    void whatIsWrongWithOtherSettingsByNowKeepsNoSecretFromBeingChanged() throws Throwable {
        write("server.yml",
                "admin_token_file: admin\napp_id: 4711\ncheckouts: [ acme/shop=gone ]\nswep: 3m\nport: many\n");

        assertThat(logged(() -> {
            write("hook", "the-second-webhook-secret");
            secrets.look();
        })).singleElement().asString().contains("changed secrets are in use");
    }

    @Test
    void aSettingsFileThatCannotBeReadChangesNothing() throws Throwable {
        write("server.yml", "admin_token_file: [");
        write("hook", "the-second-webhook-secret");

        assertThat(logged(secrets::look)).singleElement().asString().contains("server.yml", "not valid YAML");
        assertThat(metrics.counter("reeve.secrets.reloads").count()).isZero();
    }

    @Test
    void anotherAppIsTakenByARestartOnly() throws Throwable {
        write("server.yml", "admin_token_file: admin\napp_id: 4712\n");
        write("hook", "the-second-webhook-secret");

        assertThat(logged(() -> {
            secrets.look();
            secrets.look();
        })).singleElement().asString().contains("from 4711 to 4712, which takes a restart");
        assertThat(metrics.counter("reeve.secrets.reloads").count()).isZero();
        assertThat(app.inquiry().registration().name()).isNotEmpty();
    }

    @Test
    void aShortWebhookSecretIsTakenAndSaidByItsPlace() throws Throwable {
        write("hook", "the-second-webhook-secret,hush");

        assertThat(logged(secrets::look)).hasSize(2)
                .last()
                .asString()
                .contains("secret 2 of 2 has fewer than 16 characters")
                .doesNotContain("hush");
    }

    @Test
    void theAdminTokenIsReadAgainBeforeThereIsAnApp() throws Throwable {
        secrets.close();
        try (var waiting = new Secrets(configuration, new AdminToken("the-first-admin-token"),
                new SimpleMeterRegistry())) {
            write("admin", "the-second-admin-token");
            write("key.pem", "is being written");
            assertThat(logged(waiting::look)).singleElement().asString().contains("changed admin token is in use");
        }
    }

    @Test
    void whatChangedUntilTheAppIsSetUpIsTakenUpWithIt() throws Throwable {
        secrets.close();
        try (var waiting = new Secrets(configuration, new AdminToken("the-first-admin-token"),
                new SimpleMeterRegistry())) {
            write("admin", "the-second-admin-token");
            assertThat(logged(() -> waiting.follow(Secrets.app(configuration),
                    new Secrets.UsedByApp(app, Secrets.webhooks(Secrets.app(configuration)))))).singleElement()
                    .asString()
                    .contains("changed admin token is in use");
        }
    }

    @Test
    void aFileThatIsGoneForAMomentChangesNothing() throws IOException {
        Files.delete(folder.resolve("hook"));
        secrets.look();
        write("hook", "the-first-webhook-secret");
        secrets.look();

        assertThat(metrics.counter("reeve.secrets.reloads").count()).isZero();
        assertThat(metrics.get("reeve.secrets.faulty").gauge().value()).isZero();
    }

    @Test
    void anAdminTokenThatNobodyIsAskedForIsNotSaidToBeInUse() throws Throwable {
        secrets.close();
        try (var without = new Secrets(configuration, null, new SimpleMeterRegistry())) {
            write("admin", "the-second-admin-token");
            assertThat(logged(without::look)).singleElement()
                    .asString()
                    .contains("isn't asked for until the server is restarted");
        }
    }

    @Test
    void oldAndNewOnesAreTakenOutOfTexts() throws IOException {
        assertThat(Redaction.of("the-first-webhook-secret the-first-admin-token")).isEqualTo("*** ***");
        write("admin", "the-second-admin-token");
        secrets.look();

        assertThat(Redaction.of("the-first-webhook-secret the-first-admin-token the-second-admin-token"))
                .isEqualTo("*** *** ***");
        secrets.close();
        assertThat(Redaction.of("the-first-webhook-secret")).isEqualTo("the-first-webhook-secret");
    }
}
