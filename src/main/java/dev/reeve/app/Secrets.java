package dev.reeve.app;

import dev.reeve.config.ServerConfiguration;
import dev.reeve.config.ServerConfiguration.App;
import dev.reeve.github.AppIdentity;
import dev.reeve.github.AppKey;
import dev.reeve.github.GitHubApp;
import dev.reeve.intake.WebhookSecrets;
import dev.reeve.model.Redaction;
import dev.reeve.model.Secret;
import dev.reeve.model.Text;
import dev.reeve.web.AdminToken;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The secrets that the server works with, which may be changed while it runs: every few seconds their files are read again. New ones are taken all together or not at all; while one is faulty, the old
 * ones hold, which the log says once and {@code reeve_secrets_faulty} for as long as it lasts.
 *
 * <p><b>Threading.</b> One thread of its own looks; {@link #look} may be called by any.
 */
final class Secrets implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);
    private static final int SECONDS_BETWEEN_LOOKS = 3;
    private static final String KEY_SOURCE = "the App's private key";

    private final InUse inUse;
    private final MeterRegistry metrics;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("secrets").daemon().factory());
    private final Set<String> counted = new HashSet<>();
    private ServerConfiguration last;
    private Redaction.Hidden hidden;
    private volatile String trouble = "";

    /** Where they are used; no admin token where none was configured at the start. */
    record InUse(GitHubApp gitHub, WebhookSecrets webhooks, @Nullable AdminToken admin) {}

    Secrets(ServerConfiguration configuration, InUse inUse, MeterRegistry metrics) {
        this.last = configuration;
        this.inUse = inUse;
        this.metrics = metrics;
        this.hidden = Redaction.hide(configuration.secrets().toList());
        Gauge.builder("reeve.secrets.faulty", this, secrets -> secrets.trouble.isEmpty() ? 0 : 1)
                .description("1 while files of secrets hold what can't be used, and the old ones are in use")
                .register(metrics);
        count(identity(app(configuration)));
        var _ = timer.scheduleWithFixedDelay(this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS,
                TimeUnit.SECONDS);
    }

    /** Who the App is. */
    static AppIdentity identity(App app) {
        return new AppIdentity(app.issuer(), app.privateKeys()
                .stream()
                .flatMap(key -> AppKey.parse(key.reveal(), KEY_SOURCE).stream())
                .toList());
    }

    /** What webhooks may be signed with. */
    static WebhookSecrets webhooks(App app) {
        return new WebhookSecrets(revealed(app), app.secretsFrom());
    }

    static App app(ServerConfiguration configuration) {
        return configuration.app().orElseThrow(() -> new IllegalArgumentException("no App is configured any more"));
    }

    private static List<String> revealed(App app) {
        return app.webhookSecrets().stream().map(Secret::reveal).toList();
    }

    /** Reads everything again and takes up what is new. */
    synchronized void look() {
        try {
            var now = Configurations.valid(last.again());
            var app = app(now);
            var identity = identity(app);
            if (!app.equals(last.app().orElse(null)) || !now.listen().adminToken().equals(last.listen().adminToken())) {
                take(now, app, identity);
            }
            mended();
        } catch (RuntimeException e) {
            faulty(Text.plain(String.valueOf(e.getMessage()), 1000));
        }
    }

    private void take(ServerConfiguration now, App app, AppIdentity identity) {
        var before = hidden;
        // Text that is being written may still hold the old ones.
        hidden = Redaction.hide(Stream.concat(last.secrets(), now.secrets()).distinct().toList());
        before.close();
        inUse.webhooks().replace(revealed(app), app.secretsFrom());
        inUse.gitHub().replace(identity);
        takeAdminToken(now.listen().adminToken());
        count(identity);
        last = now;
        Counter.builder("reeve.secrets.reloads")
                .description("How often changed secrets were taken up")
                .register(metrics)
                .increment();
        LOG.info("changed secrets are in use: webhook secrets {}, keys {}", app.webhookSecrets().size(),
                identity.keys().stream().map(AppKey::fingerprint).toList());
    }

    /** Whether one is asked for is decided at the start, and with it who may call without. */
    private void takeAdminToken(Optional<Secret> text) {
        var token = inUse.admin();
        if (token != null && text.isPresent()) {
            token.replace(text.get().reveal());
        } else if (token != null) {
            LOG.warn(
                    "the admin token was taken out of the configuration, but is asked for until the server is restarted");
        } else if (text.isPresent()) {
            LOG.warn(
                    "an admin token was added to the configuration, but isn't asked for until the server is restarted");
        }
    }

    /** Says of each key how often GitHub took it, by its fingerprint. */
    private void count(AppIdentity identity) {
        for (var key : identity.keys()) {
            var fingerprint = key.fingerprint();
            if (!counted.add(fingerprint)) {
                continue;
            }
            FunctionCounter.builder("reeve.app.key.uses", inUse.gitHub(), gitHub -> gitHub.accepted(fingerprint))
                    .description("Requests that GitHub took with this key of the App's")
                    .tag("key", fingerprint)
                    .register(metrics);
        }
    }

    private void faulty(String reason) {
        if (!reason.equals(trouble)) {
            LOG.warn("secrets were changed to what can't be used, so the old ones hold: {}", reason);
        }
        trouble = reason;
    }

    private void mended() {
        if (!trouble.isEmpty()) {
            LOG.info("the files of secrets can be used again");
        }
        trouble = "";
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        hidden.close();
    }
}
