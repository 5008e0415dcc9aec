package dev.reeve.app;

import dev.reeve.api.Api;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.decide.Backoff;
import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.github.Endpoint;
import dev.reeve.github.GitHubApp;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.InboxSettings;
import dev.reeve.inbox.QueueRunner;
import dev.reeve.inbox.RunnerSettings;
import dev.reeve.intake.Intake;
import dev.reeve.model.Outcome;
import dev.reeve.model.Redaction;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.web.AdminToken;
import dev.reeve.web.ApiRoutes;
import dev.reeve.web.OperatorAccess;
import dev.reeve.web.Readiness;
import dev.reeve.web.SetupRoutes;
import dev.reeve.web.WebServer;
import dev.reeve.web.WebSettings;
import dev.reeve.work.Rehearsals;
import dev.reeve.work.Works;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes the parts of a server, each on those before it, and closes them.
 *
 * <p><b>Threading.</b> A server is made by one thread; that it begins to work, where it was set up first, is another's. Any may ask what works, or close.
 */
final class Assembly implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

    private final ServerConfiguration start;
    private final Machine machine;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final @Nullable AdminToken adminToken;
    private final Parts parts = new Parts();
    /** What listens is closed before everything else, whenever it was made. */
    private final Parts listening = new Parts();
    /** By what the server goes: what it was started with, and what was saved when it was set up. */
    private final AtomicReference<ServerConfiguration> current;
    private final AtomicReference<@Nullable Working> working = new AtomicReference<>();

    Assembly(ServerConfiguration configuration, Machine machine) {
        this.start = configuration;
        this.machine = machine;
        this.current = new AtomicReference<>(configuration);
        this.adminToken = configuration.listen().adminToken().map(token -> new AdminToken(token.reveal())).orElse(null);
        parts.kept(Redaction.hide(configuration.secrets().toList()));
    }

    /** The server, which listens and works, or waits for being set up. */
    Server server() {
        var inbox = parts.kept(Inbox.open(new InboxSettings(ServerExamination.location(start), machine.clock(),
                failures -> Backoff.delayAfter(failures, machine.random().nextDouble()), metrics, machine.checkpoint(),
                InboxSettings.USUAL_CAPACITY)));
        var secrets = parts.kept(new Secrets(start, adminToken, metrics));
        start.app().ifPresent(_ -> work(start, inbox, secrets));
        var setup = new FirstSetup(start, machine, configured -> work(configured, inbox, secrets));
        var access = new OperatorAccess(adminToken, this::reach);
        var web = listening.kept(WebServer.start(webSettings(), () -> working().map(Working::intake),
                new Readiness(inbox, () -> whyNothingIsWorkedOn(setup), machine.clock()), metrics,
                operators(inbox, access), new SetupRoutes(setup, access, machine.clock())));
        LOG.info("listening on {}:{}", start.listen().host(), web.port());
        return new Server(inbox, web, this);
    }

    private OperatorAccess.Reach reach() {
        return current.get().listen().isPublic() ? OperatorAccess.Reach.OTHERS : OperatorAccess.Reach.THIS_MACHINE;
    }

    /** Begins to work: at the start, or when an App was set up. When that fails, nothing of it is left running. */
    private void work(ServerConfiguration configuration, Inbox inbox, Secrets secrets) {
        current.set(configuration);
        parts.allOrNone(() -> begin(configuration, inbox, secrets));
    }

    private void begin(ServerConfiguration configuration, Inbox inbox, Secrets secrets) {
        var app = Secrets.app(configuration);
        var gitHub = parts.kept(new GitHubApp(Endpoint.of(configuration.github().api(), configuration.proxies()),
                Secrets.identity(app), machine.clock(), new KeptLimits(inbox.rateLimits())));
        var sites = parts.kept(new Sites(configuration, gitHub, machine));
        var nothingMissed = new NothingMissed(configuration, machine, gitHub, sites, inbox);
        var works = new Works(sites::of, this::policy, nothingMissed.holdings(), metrics);
        var runner = parts.kept(new QueueRunner(inbox.queue(), works::run,
                RunnerSettings.usual("pid " + ProcessHandle.current().pid()), machine.clock(), machine.checkpoint()));
        runner.start();
        var webhooks = Secrets.webhooks(app);
        parts.kept(new Upkeep(inbox, sites, machine.clock()));
        var intake = new Intake(inbox, webhooks, machine.clock(), metrics);
        var rounds = parts.kept(nothingMissed.rounds(intake, metrics));
        secrets.follow(app, new Secrets.UsedByApp(gitHub, webhooks));
        working.set(
                new Working(intake, runner, rounds, new Rehearsals(sites::of, this::policy, nothingMissed.holdings())));
    }

    private ReconcilePolicy policy(CloneTip tip) {
        return Policies.ofServer(tip, machine.clock().instant());
    }

    private ApiRoutes operators(Inbox inbox, OperatorAccess access) {
        return new ApiRoutes(new Api(inbox, this::rehearse, start.checkouts().keySet(), machine.clock()), access,
                WebSettings.USUAL_PATIENCE);
    }

    private Rehearsals.Rehearsal rehearse(RepositoryName repository, Subject subject) {
        return working().map(Working::rehearsals)
                .map(rehearsals -> rehearsals.of(repository, subject))
                .orElseGet(() -> new Rehearsals.Rehearsal.Unknown(new Outcome.GiveUp(noApp())));
    }

    /** What works, as soon as an App is configured. */
    Optional<Working> working() {
        return Optional.ofNullable(working.get());
    }

    private Optional<String> whyNothingIsWorkedOn(FirstSetup setup) {
        return working()
                .map(at -> at.runner().isAlive() ? at.rounds().dead().orElse("") : "work is not being run")
                .or(() -> Optional.of(setup.isOpen() ? noApp()
                        : "the App that was set up can't be worked with: mend what the log says, then start the server again"))
                .filter(why -> !why.isEmpty());
    }

    private String noApp() {
        return "no App is configured: open " + setupPage(start.listen().port());
    }

    /** @param port the one that it listens on */
    String setupPage(int port) {
        return start.listen().address(port) + "/setup";
    }

    private WebSettings webSettings() {
        return WebSettings.of(start.listen().host(), start.listen().port(), adminToken);
    }

    @Override
    public void close() {
        listening.close();
        parts.close();
    }
}
