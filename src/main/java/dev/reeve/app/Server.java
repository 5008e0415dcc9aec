package dev.reeve.app;

import dev.reeve.config.ServerConfiguration;
import dev.reeve.decide.Backoff;
import dev.reeve.github.AppIdentity;
import dev.reeve.github.AppKey;
import dev.reeve.github.Endpoint;
import dev.reeve.github.GitHubApp;
import dev.reeve.inbox.DatabaseLocation;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.InboxSettings;
import dev.reeve.inbox.Pending;
import dev.reeve.inbox.QueueRunner;
import dev.reeve.inbox.RunnerSettings;
import dev.reeve.intake.Intake;
import dev.reeve.intake.WebhookSecrets;
import dev.reeve.model.Secret;
import dev.reeve.web.AdminToken;
import dev.reeve.web.Readiness;
import dev.reeve.web.WebServer;
import dev.reeve.web.WebSettings;
import dev.reeve.work.Works;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The running server: {@code reeve serve}.
 *
 * <p><b>Threading.</b> Started by one thread; any may ask it something or close it.
 */
public final class Server implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Inbox inbox;
    private final QueueRunner runner;
    private final WebServer web;
    private final List<AutoCloseable> parts;

    private Server(Inbox inbox, QueueRunner runner, WebServer web, List<AutoCloseable> parts) {
        this.inbox = inbox;
        this.runner = runner;
        this.web = web;
        this.parts = parts;
    }

    /** Starts a server on this machine. */
    public static Server start(ServerConfiguration configuration) {
        return start(configuration, Machine.real());
    }

    /**
     * Starts a server. When this returns, it listens and works; when it throws, nothing is left running.
     *
     * @throws IllegalArgumentException when a key or an address can't be used; the message says what to do
     */
    public static Server start(ServerConfiguration configuration, Machine machine) {
        var parts = new ArrayList<AutoCloseable>();
        try {
            return new Assembly(configuration, machine, parts).server();
        } catch (RuntimeException e) {
            closeAll(parts);
            throw e;
        }
    }

    /** Makes the parts, each on those before it. */
    private record Assembly(ServerConfiguration configuration, Machine machine, List<AutoCloseable> parts) {

        Server server() {
            var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            var sites = kept(new Sites(configuration, kept(gitHub()), machine));
            var inbox = kept(Inbox.open(new InboxSettings(database(), machine.clock(),
                    failures -> Backoff.delayAfter(failures, machine.random().nextDouble()), metrics,
                    machine.checkpoint(),
                    InboxSettings.USUAL_CAPACITY)));
            var works = new Works(sites::of, tip -> Policies.ofServer(tip, machine.clock().instant()),
                    metrics);
            var runner = kept(new QueueRunner(inbox.queue(), works::run,
                    RunnerSettings.usual("pid " + ProcessHandle.current().pid()),
                    machine.clock(), machine.checkpoint()));
            runner.start();
            var intake = new Intake(inbox, secrets(), machine.clock(), metrics);
            var web = kept(WebServer.start(webSettings(), intake,
                    new Readiness(inbox, runner::isAlive, machine.clock()), metrics));
            kept(new Upkeep(inbox, sites, machine.clock()));
            LOG.info("listening on {}:{}", configuration.listen().host(), web.port());
            return new Server(inbox, runner, web, parts);
        }

        private <T extends AutoCloseable> T kept(T part) {
            parts.add(part);
            return part;
        }

        private GitHubApp gitHub() {
            var app = configuration.app();
            var keys = app.privateKeys()
                    .stream()
                    .flatMap(key -> AppKey.parse(key.reveal(), "GITHUB_APP_PRIVATE_KEY").stream())
                    .toList();
            var endpoint = Endpoint.of(configuration.github().api(), configuration.proxies());
            return new GitHubApp(endpoint, new AppIdentity(app.issuer(), keys), machine.clock());
        }

        private DatabaseLocation database() {
            return configuration.storage()
                    .databaseUrl()
                    .<DatabaseLocation>map(url -> DatabaseLocation.parse(url.reveal()))
                    .orElseGet(() -> new DatabaseLocation.Embedded(configuration.storage().dataDir()));
        }

        private WebhookSecrets secrets() {
            return new WebhookSecrets(configuration.app().webhookSecrets().stream().map(Secret::reveal).toList());
        }

        private WebSettings webSettings() {
            var listen = configuration.listen();
            return WebSettings.of(listen.host(), listen.port(),
                    listen.adminToken().map(token -> new AdminToken(token.reveal())).orElse(null));
        }
    }

    /** The port that it listens on. */
    public int port() {
        return web.port();
    }

    /** True when no work is due, running or waiting for another try. */
    public boolean isIdle() {
        var pending = inbox.queue().pending();
        return isSettled(pending) && pending.later() == 0;
    }

    /** True when no work is due or running; some may be waiting for its time. */
    public boolean isSettled() {
        return isSettled(inbox.queue().pending());
    }

    private boolean isSettled(Pending pending) {
        return pending.due() == 0 && pending.running() == 0 && runner.running() == 0;
    }

    /** Looks for due work now; for when the clock was set, which a sleeping thread doesn't notice. */
    public void wake() {
        runner.wake();
    }

    /** What it keeps of deliveries and work. */
    public Inbox inbox() {
        return inbox;
    }

    /**
     * Waits for the signal that ends the process (SIGTERM, Ctrl-C) and closes the server then.
     *
     * @param afterwards what is done last, when the server is closed
     * @throws InterruptedException when the waiting thread is interrupted; the server runs on
     */
    public void runUntilTheProcessEnds(Runnable afterwards) throws InterruptedException {
        // The process ends as soon as its hooks have run, so the server is closed in one of them and not after the wait.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            close();
            afterwards.run();
        }));
        new CountDownLatch(1).await();
    }

    /** Takes in no more, lets what runs come to its end for a while, and stops. What is left is taken up by the next start. */
    @Override
    public void close() {
        closeAll(parts);
    }

    /** The last one made first: nothing loses what it stands on. */
    private static void closeAll(List<AutoCloseable> parts) {
        for (var part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not close: {}", part.getClass().getSimpleName(), e.toString());
            }
        }
    }
}
