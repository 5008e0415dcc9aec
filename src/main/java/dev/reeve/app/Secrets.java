package dev.reeve.app;

import dev.reeve.config.ServerConfiguration;
import dev.reeve.config.ServerConfiguration.App;
import dev.reeve.config.ServerSecrets;
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
 * The secrets that the server works with, which may be changed while it runs: every few seconds their files are read again, the admin token's from the start, the App's as soon as there is one. New ones
 * are taken all together or not at all; while one is faulty, the old ones hold, which the log says once and {@code reeve_secrets_faulty} for as long as it lasts. No other setting is looked at.
 *
 * <p><b>Threading.</b> One thread of its own looks; {@link #look} may be called by any.
 */
final class Secrets implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);
    private static final int SECONDS_BETWEEN_LOOKS = 3;
    private static final String KEY_SOURCE = "the App's private key";

    private final ServerConfiguration configuration;
    private final @Nullable AdminToken admin;
    private final MeterRegistry metrics;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("secrets").daemon().factory());
    private final Set<String> counted = new HashSet<>();
    /** Those in use. */
    private ServerSecrets last;
    private @Nullable UsedByApp app;
    private Redaction.Hidden hidden;
    private volatile String trouble = "";

    /** Where the App's secrets are used. */
    record UsedByApp(GitHubApp gitHub, WebhookSecrets webhooks) {}

    /** @param admin where the admin token is used; null where none was configured at the start */
    Secrets(ServerConfiguration configuration, @Nullable AdminToken admin, MeterRegistry metrics) {
        this.configuration = configuration;
        this.admin = admin;
        this.metrics = metrics;
        this.last = new ServerSecrets(Optional.empty(), configuration.listen().adminToken());
        this.hidden = Redaction.hide(last.secrets().toList());
        Gauge.builder("reeve.secrets.faulty", this, secrets -> secrets.trouble.isEmpty() ? 0 : 1)
                .description("1 while files of secrets hold what can't be used, and the old ones are in use")
                .register(metrics);
        var _ = timer.scheduleWithFixedDelay(this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS,
                TimeUnit.SECONDS);
    }

    /** From now on there is an App whose secrets may change as well. What has changed of any since they were read is taken up at once. */
    synchronized void follow(App configured, UsedByApp by) {
        app = by;
        last = new ServerSecrets(Optional.of(configured), last.adminToken());
        hideOnly(last.secrets());
        count(identity(configured), by.gitHub());
        look();
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
            var read = app == null ? configuration.adminTokenAgain() : configuration.secretsAgain();
            var now = Configurations.valid(read);
            if (!now.equals(last)) {
                take(now);
                read.warnings().forEach(warning -> LOG.warn("{}", warning));
            }
            mended();
        } catch (RuntimeException e) {
            faulty(Text.plain(String.valueOf(e.getMessage()), 1000));
        }
    }

    private void take(ServerSecrets now) {
        var fresh = now.app().filter(its -> !last.app().equals(Optional.of(its)));
        // What can fail comes first, so that all are taken or none.
        var identity = fresh.map(this::sameApp).map(Secrets::identity);
        if (app != null && now.app().isEmpty()) {
            throw new IllegalArgumentException("no App is configured any more");
        }
        // Text that is being written may still hold the old ones.
        hideOnly(Stream.concat(last.secrets(), now.secrets()).distinct());
        if (app != null && fresh.isPresent() && identity.isPresent()) {
            take(fresh.get(), identity.get(), app);
        }
        if (!now.adminToken().equals(last.adminToken())) {
            takeAdminToken(now.adminToken());
        }
        last = now;
        Counter.builder("reeve.secrets.reloads")
                .description("How often changed secrets were taken up")
                .register(metrics)
                .increment();
    }

    /** Everything that is known of GitHub is known as one App; as another one the server has to begin anew. */
    private App sameApp(App changed) {
        var before = last.app().map(App::issuer).orElse(changed.issuer());
        if (!changed.issuer().equals(before)) {
            throw new IllegalArgumentException("the App was changed from " + before + " to " + changed.issuer()
                    + ", which takes a restart");
        }
        return changed;
    }

    private void take(App fresh, AppIdentity identity, UsedByApp by) {
        by.webhooks().replace(revealed(fresh), fresh.secretsFrom());
        by.gitHub().replace(identity);
        count(identity, by.gitHub());
        LOG.info("changed secrets are in use: webhook secrets {}, keys {}", fresh.webhookSecrets().size(),
                identity.keys().stream().map(AppKey::fingerprint).toList());
    }

    /** Whether one is asked for is decided at the start, and with it who may call without. */
    private void takeAdminToken(Optional<Secret> text) {
        if (admin != null && text.isPresent()) {
            admin.replace(text.get().reveal());
            LOG.info("the changed admin token is in use; who logged in with the old one has to do so again");
        } else if (admin != null) {
            LOG.warn(
                    "the admin token was taken out of the configuration, but is asked for until the server is restarted");
        } else {
            LOG.warn(
                    "an admin token was added to the configuration, but isn't asked for until the server is restarted");
        }
    }

    private void hideOnly(Stream<Secret> secrets) {
        var before = hidden;
        hidden = Redaction.hide(secrets.toList());
        before.close();
    }

    /** Says of each key how often GitHub took it, by its fingerprint. */
    private void count(AppIdentity identity, GitHubApp gitHub) {
        for (var key : identity.keys()) {
            var fingerprint = key.fingerprint();
            if (!counted.add(fingerprint)) {
                continue;
            }
            FunctionCounter.builder("reeve.app.key.uses", gitHub, by -> by.accepted(fingerprint))
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
