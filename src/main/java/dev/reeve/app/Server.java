package dev.reeve.app;

import dev.reeve.config.ServerConfiguration;
import dev.reeve.decide.Backoff;
import dev.reeve.github.Endpoint;
import dev.reeve.github.GitHubApp;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.InboxSettings;
import dev.reeve.inbox.Pending;
import dev.reeve.inbox.QueueRunner;
import dev.reeve.inbox.RunnerSettings;
import dev.reeve.intake.Intake;
import dev.reeve.model.Redaction;
import dev.reeve.web.AdminToken;
import dev.reeve.web.Readiness;
import dev.reeve.web.WebServer;
import dev.reeve.web.WebSettings;
import dev.reeve.work.Works;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The running server: {@code reeve serve}.
 *
 * <p><b>Threading.</b> Started by one thread; any may ask it something or close it.
 */
public final class Server implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Inbox inbox;
    private final WebServer web;
    private final Assembly assembly;

    private Server(Inbox inbox, WebServer web, Assembly assembly) {
        this.inbox = inbox;
        this.web = web;
        this.assembly = assembly;
    }

    /** Starts a server on this machine. */
    public static Server start(ServerConfiguration configuration) {
        return start(configuration, Machine.real());
    }

    /**
     * Starts a server. When this returns, it listens and works, or, where no App is configured, waits for being set up; when it throws, nothing is left running.
     *
     * @throws IllegalArgumentException when a key or an address can't be used; the message says what to do
     */
    public static Server start(ServerConfiguration configuration, Machine machine) {
        var assembly = new Assembly(configuration, machine);
        try {
            return assembly.server();
        } catch (RuntimeException e) {
            assembly.close();
            throw e;
        }
    }

    /** What works as soon as an App is configured. */
    private record Working(Intake intake, QueueRunner runner) {}

    /** Makes the parts, each on those before it. */
    private static final class Assembly {

        private final ServerConfiguration start;
        private final Machine machine;
        private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        private final @Nullable AdminToken adminToken;
        private final List<AutoCloseable> parts = new CopyOnWriteArrayList<>();
        /** What listens is closed before everything else, whenever it was made. */
        private final List<AutoCloseable> listening = new CopyOnWriteArrayList<>();
        private final AtomicReference<@Nullable Working> working = new AtomicReference<>();

        Assembly(ServerConfiguration configuration, Machine machine) {
            this.start = configuration;
            this.machine = machine;
            this.adminToken = configuration.listen()
                    .adminToken()
                    .map(token -> new AdminToken(token.reveal()))
                    .orElse(null);
            kept(Redaction.hide(configuration.secrets().toList()));
        }

        Server server() {
            var inbox = kept(Inbox.open(new InboxSettings(ServerExamination.location(start), machine.clock(),
                    failures -> Backoff.delayAfter(failures, machine.random().nextDouble()), metrics,
                    machine.checkpoint(),
                    InboxSettings.USUAL_CAPACITY)));
            start.app().ifPresent(_ -> work(start, inbox));
            var setup = new FirstSetup(start, machine, configured -> work(configured, inbox));
            var web = WebServer.start(webSettings(), this::intake,
                    new Readiness(inbox, this::whyNothingIsWorkedOn, machine.clock()), metrics, setup, machine.clock());
            listening.add(web);
            LOG.info("listening on {}:{}", start.listen().host(), web.port());
            return new Server(inbox, web, this);
        }

        /** Begins to work: at the start, or when an App was set up. */
        private void work(ServerConfiguration configuration, Inbox inbox) {
            var app = Secrets.app(configuration);
            var gitHub = kept(new GitHubApp(Endpoint.of(configuration.github().api(), configuration.proxies()),
                    Secrets.identity(app), machine.clock()));
            var sites = kept(new Sites(configuration, gitHub, machine));
            var works = new Works(sites::of, tip -> Policies.ofServer(tip, machine.clock().instant()));
            var runner = kept(new QueueRunner(inbox.queue(), works::run,
                    RunnerSettings.usual("pid " + ProcessHandle.current().pid()),
                    machine.clock(), machine.checkpoint()));
            runner.start();
            var webhooks = Secrets.webhooks(app);
            kept(new Secrets(configuration, new Secrets.InUse(gitHub, webhooks, adminToken), metrics));
            kept(new Upkeep(inbox, sites, machine.clock()));
            working.set(new Working(new Intake(inbox, webhooks, machine.clock(), metrics), runner));
        }

        private <T extends AutoCloseable> T kept(T part) {
            parts.add(part);
            return part;
        }

        private Optional<Intake> intake() {
            return Optional.ofNullable(working.get()).map(Working::intake);
        }

        private Optional<QueueRunner> runner() {
            return Optional.ofNullable(working.get()).map(Working::runner);
        }

        private Optional<String> whyNothingIsWorkedOn() {
            return runner().map(runner -> runner.isAlive() ? "" : "work is not being run")
                    .or(() -> Optional.of("no App is configured: open " + setupAddress()))
                    .filter(why -> !why.isEmpty());
        }

        private String setupAddress() {
            return start.listen()
                    .publicUrl()
                    .map(URI::toString)
                    .orElse("http://localhost:" + start.listen().port()) + "/setup";
        }

        private WebSettings webSettings() {
            return WebSettings.of(start.listen().host(), start.listen().port(), adminToken);
        }

        /** The last one made first: nothing loses what it stands on. */
        void close() {
            closeAll(listening);
            closeAll(parts);
        }
    }

    /** Whether an App is configured, so that it works; else it waits for being set up. */
    public boolean works() {
        return assembly.runner().isPresent();
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
        return pending.due() == 0 && pending.running() == 0
                && assembly.runner().map(runner -> runner.running() == 0).orElse(true);
    }

    /** Looks for due work now; for when the clock was set, which a sleeping thread doesn't notice. */
    public void wake() {
        assembly.runner().ifPresent(QueueRunner::wake);
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
        assembly.close();
    }

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
