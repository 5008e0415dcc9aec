package dev.reeve.kit;

import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Databases;
import dev.reeve.inbox.Forcing;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.OpenWork;
import dev.reeve.inbox.WorkFilter;
import dev.reeve.inbox.WorkState;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A world in which a story is told: the real server with its database, a GitHub with state, real git repositories, a clock that stands until it is
 * moved. Register it as an extension; after each test it verifies what must hold after every story.
 *
 * <p>{@snippet :
 * scenario.pullRequest(12).from("task/fix-login").merge();
 * scenario.settle();
 * scenario.task("fix-login").isCompleted();
 * }
 */
public final class Scenario implements BeforeEachCallback, AfterEachCallback {

    /** The repository of a story that names none. */
    public static final String REPOSITORY = "acme/shop";

    private static final String SECRET = "It's a Secret to Everybody";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Plan plan;
    private final Map<String, Project> projects = new HashMap<>();
    private final List<StoryServer> servers = new ArrayList<>();
    private final Set<Sha> accountedFor = new HashSet<>();
    private final List<String> expectedErrors = new ArrayList<>();
    private final AtomicInteger deliveries = new AtomicInteger();
    private final SettableClock clock = SettableClock.atNoon();
    private @Nullable Stage stage;
    private @Nullable DeskStory desk;
    private @Nullable FakeDelivery last;
    private boolean bookkept;

    /** What a story needs beyond the usual. */
    private enum Need {
        CHECKOUT, HTTP, POSTGRESQL, SECOND_REPLICA, ROUNDS
    }

    private record Plan(Set<Need> needs, Duration clockOff) {}

    /** What is set up before the server starts. */
    private record Stage(Path folder, LoggedErrors logged, FakeGitHub gitHub, GitRepositories remotes,
            @Nullable GitHttpServer http) {}

    private Scenario(Plan plan) {
        this.plan = plan;
    }

    /** One server, SQLite, git by {@code file://}. */
    public static Scenario standard() {
        return new Scenario(new Plan(Set.of(), Duration.ZERO));
    }

    /** The server sweeps every 15 minutes and reads GitHub's delivery log every five, as it usually does. */
    public static Scenario withRounds() {
        return new Scenario(new Plan(Set.of(Need.ROUNDS), Duration.ZERO));
    }

    /** As {@link #withRounds}, with two servers on one PostgreSQL database. */
    public static Scenario replicatedWithRounds() {
        return new Scenario(new Plan(Set.of(Need.ROUNDS, Need.POSTGRESQL, Need.SECOND_REPLICA), Duration.ZERO));
    }

    /** As {@link #withRounds}, and the server shares an operator's checkout. */
    public static Scenario withCheckoutAndRounds() {
        return new Scenario(new Plan(Set.of(Need.ROUNDS, Need.CHECKOUT), Duration.ZERO));
    }

    /** The server shares an operator's checkout. */
    public static Scenario withCheckout() {
        return new Scenario(new Plan(Set.of(Need.CHECKOUT), Duration.ZERO));
    }

    /** git goes over HTTP and asks for GitHub's tokens. */
    public static Scenario overHttp() {
        return new Scenario(new Plan(Set.of(Need.HTTP), Duration.ZERO));
    }

    /** Two servers on one PostgreSQL database. */
    public static Scenario replicated() {
        return new Scenario(new Plan(Set.of(Need.POSTGRESQL, Need.SECOND_REPLICA), Duration.ZERO));
    }

    /** The server's clock is off GitHub's by so much. */
    public static Scenario withClockOff(Duration off) {
        return new Scenario(new Plan(Set.of(), off));
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        var folder = Files.createTempDirectory("reeve-story").toRealPath();
        var remotes = Files.createDirectories(folder.resolve("remotes"));
        var gitHub = FakeGitHub.start(clock);
        var http = plan.needs.contains(Need.HTTP) ? GitHttpServer.of(remotes).requiring(gitHub::accepts) : null;
        stage = new Stage(folder, LoggedErrors.open(), gitHub, new GitRepositories(remotes), http);
        var _ = project(REPOSITORY);
        if (plan.needs.contains(Need.CHECKOUT)) {
            desk = new DeskStory(new GitRepositories(folder), project().remote(), clock);
        }
        var database = plan.needs.contains(Need.POSTGRESQL) ? Databases.POSTGRESQL.freshUrl() : "";
        for (int replica = 0; replica < (plan.needs.contains(Need.SECOND_REPLICA) ? 2 : 1); replica++) {
            servers.add(server(folder.resolve("data" + replica), database));
        }
        servers.forEach(StoryServer::start);
        // What a server does at its start is over before the story begins.
        settle();
        gitHub.forgetRequests();
    }

    private StoryServer server(Path data, String database) {
        var environment = new HashMap<>(Map.of("GITHUB_APP_ID", String.valueOf(gitHub().app().id()),
                "GITHUB_APP_PRIVATE_KEY", gitHub().app().privateKeyPem(), "GITHUB_WEBHOOK_SECRET", SECRET,
                "GITHUB_API_URL", gitHub().apiUrl().toString(), "GITHUB_SERVER_URL", gitUrl(), "REEVE_DATA_DIR",
                data.toString(), "PORT", "0"));
        if (!plan.needs.contains(Need.ROUNDS)) {
            // A story whose clock moves on tells of nothing that happens by itself, unless it is about that.
            environment.putAll(Map.of("REEVE_SWEEP", "24h", "REEVE_RECOVERY", "24h"));
        }
        if (!database.isEmpty()) {
            environment.put("REEVE_DATABASE_URL", database);
        }
        var checkouts = desk == null ? List.<String>of() : List.of(REPOSITORY + "=" + desk.path());
        return new StoryServer(environment, checkouts, stage().folder, () -> clock.instant().plus(plan.clockOff));
    }

    private String gitUrl() {
        var http = stage().http;
        return http == null ? stage().folder.resolve("remotes").toUri().toString() : http.url();
    }

    private Stage stage() {
        return Objects.requireNonNull(stage, "the story has not begun");
    }

    public FakeGitHub gitHub() {
        return stage().gitHub;
    }

    /** The git server of a story that is told over HTTP. */
    public GitHttpServer gitServer() {
        return Objects.requireNonNull(stage().http);
    }

    public SettableClock clock() {
        return clock;
    }

    /** What the first server remembers of repositories and deliveries. */
    public Inbox inbox() {
        return servers.getFirst().inbox();
    }

    /** Where the first server keeps its things. */
    public Path dataFolder() {
        return servers.getFirst().dataFolder();
    }

    /** The first server's count of this name, with all its tags. */
    public double counted(String name) {
        return servers.stream().mapToDouble(server -> server.counted(name)).sum();
    }

    /** Stops the server as if it had died; the story goes on without it. */
    public void stop() {
        servers.forEach(StoryServer::close);
    }

    /** Starts the server on what is left. */
    public void start() {
        servers.forEach(StoryServer::start);
        settle();
    }

    /** A folder that ends with the story. */
    public Path folder() {
        return stage().folder;
    }

    GitRepositories remotes() {
        return stage().remotes;
    }

    /** The repository {@code acme/shop}. */
    public Project project() {
        return project(REPOSITORY);
    }

    /** Any repository; it is made when it is first named. */
    public Project project(String name) {
        return projects.computeIfAbsent(name, n -> new Project(this, n));
    }

    public PullStory pullRequest(int number) {
        return project().pullRequest(number);
    }

    public TaskStory task(String slug) {
        return project().task(slug);
    }

    public CheckStory check(int pullRequest) {
        return project().check(pullRequest);
    }

    public BookkeepingStory bookkeeping() {
        return project().bookkeeping();
    }

    public DeskStory desk() {
        return Objects.requireNonNull(desk, "the story has no checkout");
    }

    /** Delivers, by turns to each replica, and expects it to be acknowledged. */
    public void deliver(FakeDelivery delivery) {
        var answer = tryToDeliver(delivery);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    /** Delivers; the server may do with it what it likes. */
    public HttpResponse<String> tryToDeliver(FakeDelivery delivery) {
        last = delivery;
        var answer = delivery.to(servers.get(deliveries.getAndIncrement() % servers.size()).webhook(), SECRET);
        gitHub().deliveries().add(delivery, answer.statusCode());
        return answer;
    }

    /** GitHub fails to deliver it, and says so in its log. */
    public void failToDeliver(FakeDelivery delivery) {
        gitHub().deliveries().add(delivery, 502);
    }

    /** GitHub delivers again what it delivered last. */
    public void redeliver() {
        deliver(lastDelivery());
    }

    /** Where the first replica listens. */
    public java.net.URI server() {
        return servers.getFirst().webhook().resolve("/");
    }

    /** What was delivered last. */
    public FakeDelivery lastDelivery() {
        return Objects.requireNonNull(last, "nothing was delivered");
    }

    /** Waits until nothing is due or running; what waits for its time goes on waiting. */
    public void settle() {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> servers.stream().allMatch(StoryServer::isSettled));
    }

    /** Waits until the server knows so many repositories, whatever else it does. */
    public void awaitKnown(int repositories) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> inbox().repositories().all().size() == repositories);
    }

    /** Time passes; then everything that is due by then comes to rest. */
    public void advance(Duration time) {
        settle();
        clock.advance(time);
        servers.forEach(StoryServer::wake);
        settle();
    }

    /** The servers look at the clock. */
    public void wakeAll() {
        servers.forEach(StoryServer::wake);
    }

    /** How many keys wait for their time. */
    public long waiting() {
        return servers.getFirst().inbox().queue().pending().later();
    }

    /** What was given up, the newest first. */
    public List<OpenWork> deadLetters() {
        return inbox().overview().work(new WorkFilter(null, WorkState.DEAD, null), 100);
    }

    /** The only dead letter, which was logged as an error. */
    public OpenWork deadLetter() {
        assertThat(deadLetters()).hasSize(1);
        return deadLetters().getFirst();
    }

    /** An operator replays everything that was given up. */
    public void replay() {
        inbox().queue()
                .force(new Forcing("an operator", "replay"), deadLetters().stream()
                        .map(letter -> new Arrival(new WorkKey(RepositoryName.parse(letter.repository()).orElseThrow(),
                                Subject.parse(letter.subject()).orElseThrow()), Trigger.of("replay")))
                        .toList())
                .join();
        settle();
    }

    /** An error of this form is logged, and that is right. */
    public void expectError(String regex) {
        expectedErrors.add(regex);
    }

    /** The server dies when it reaches this durable step for the given time from now on. */
    public void crashAt(String step, int occurrence) {
        Trap.quietly();
        servers.getFirst().trap().set(step, occurrence);
    }

    /** Waits until the server has died at the step, or has come to rest without reaching it; true when it died. */
    public boolean crashes() {
        var server = servers.getFirst();
        // That its threads end so is what was asked for.
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> server.trap().hasSprung() || server.isSettled());
        return server.trap().hasSprung();
    }

    /** Stops the server, if it isn't dead, and starts it on what is left. */
    public void restart() {
        servers.forEach(StoryServer::close);
        servers.forEach(StoryServer::start);
    }

    /** What was logged, as far as tests print it. */
    public List<String> logged() {
        return stage().logged.messages();
    }

    Set<Sha> accountedFor() {
        return accountedFor;
    }

    boolean isBookkept() {
        return bookkept;
    }

    void accountForBookkeeping() {
        bookkept = true;
    }

    void accountFor(Sha head) {
        accountedFor.add(head);
    }

    List<String> expectedErrors() {
        return expectedErrors;
    }

    List<StoryServer> servers() {
        return servers;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        var told = stage();
        try {
            if (context.getExecutionException().isEmpty()) {
                new Invariants(this, told.logged, projects.values()).verifyRunning();
            }
            servers.forEach(StoryServer::close);
            if (context.getExecutionException().isEmpty()) {
                new Invariants(this, told.logged, projects.values()).verifyStopped(desk);
            }
        } finally {
            servers.forEach(StoryServer::close);
            told.logged.close();
            told.gitHub.close();
            if (told.http != null) {
                told.http.close();
            }
            delete(told.folder);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
