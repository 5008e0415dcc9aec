package dev.reeve.app;

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
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
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
        write("hook", "the-first-secret");
        write("admin", "the-first-admin-token");
        var environment = Map.of("GITHUB_APP_ID", "4711", "GITHUB_APP_PRIVATE_KEY_FILE", "key.pem",
                "GITHUB_WEBHOOK_SECRET_FILE", "hook",
                "REEVE_ADMIN_TOKEN_FILE", "admin", "REEVE_DATA_DIR", folder.toString());
        configuration = Configurations
                .valid(ServerConfiguration.read(new Inputs(Map.of(), environment, folder, Optional.empty())));
        var configured = Secrets.app(configuration);
        app = new GitHubApp(Endpoint.of(gitHub.apiUrl(), Proxies.none()), Secrets.identity(configured), clock);
        secrets = new Secrets(configuration, new Secrets.InUse(app, Secrets.webhooks(configured),
                new AdminToken("the-first-admin-token")), metrics);
    }

    @AfterEach
    void stop() {
        secrets.close();
        app.close();
        gitHub.close();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
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

    @Test
    void aFaultyFileKeepsEverythingAsItWas() throws IOException {
        write("hook", "the-second-secret");
        write("key.pem", "-----BEGIN RSA PRIVATE KEY-----\nbm9uZQ==\n-----END RSA PRIVATE KEY-----\n");
        secrets.look();
        secrets.look();

        assertThat(metrics.get("reeve.secrets.faulty").gauge().value()).isEqualTo(1);
        assertThat(metrics.counter("reeve.secrets.reloads").count()).isZero();
        assertThat(Redaction.of("the-second-secret")).isEqualTo("the-second-secret");
        assertThat(app.inquiry().registration().name()).isNotEmpty();

        write("key.pem", next());
        secrets.look();
        assertThat(metrics.get("reeve.secrets.faulty").gauge().value()).isZero();
        assertThat(metrics.counter("reeve.secrets.reloads").count()).isEqualTo(1);
    }

    @Test
    void aFileThatIsGoneForAMomentChangesNothing() throws IOException {
        Files.delete(folder.resolve("hook"));
        secrets.look();
        write("hook", "the-first-secret");
        secrets.look();

        assertThat(metrics.counter("reeve.secrets.reloads").count()).isZero();
        assertThat(metrics.get("reeve.secrets.faulty").gauge().value()).isZero();
    }

    @Test
    void anAdminTokenThatNobodyIsAskedForIsNotSaidToBeInUse() throws IOException {
        var log = (Logger) LoggerFactory.getLogger(Secrets.class);
        var heard = new ListAppender<ILoggingEvent>();
        heard.start();
        log.addAppender(heard);
        try (var without = new Secrets(configuration,
                new Secrets.InUse(app, Secrets.webhooks(Secrets.app(configuration)),
                        null),
                new SimpleMeterRegistry())) {
            write("admin", "the-second-admin-token");
            without.look();
        } finally {
            log.detachAppender(heard);
        }
        assertThat(heard.list).extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("isn't asked for until the server is restarted"));
    }

    @Test
    void oldAndNewOnesAreTakenOutOfTexts() throws IOException {
        assertThat(Redaction.of("the-first-secret the-first-admin-token")).isEqualTo("*** ***");
        write("admin", "the-second-admin-token");
        secrets.look();

        assertThat(Redaction.of("the-first-secret the-first-admin-token the-second-admin-token"))
                .isEqualTo("*** *** ***");
        secrets.close();
        assertThat(Redaction.of("the-first-secret")).isEqualTo("the-first-secret");
    }
}
