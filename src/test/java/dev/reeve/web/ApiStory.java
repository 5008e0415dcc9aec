package dev.reeve.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reeve.api.Api;
import dev.reeve.api.Endpoint;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Checkpoint;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Databases;
import dev.reeve.inbox.Delivery;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.KnownRepository;
import dev.reeve.inbox.Payload;
import dev.reeve.inbox.Samples;
import dev.reeve.intake.Intake;
import dev.reeve.intake.WebhookSecrets;
import dev.reeve.intake.Webhooks;
import dev.reeve.kit.JsonSchema;
import dev.reeve.kit.SettableClock;
import dev.reeve.model.Outcome;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.Rehearsed;
import dev.reeve.work.Rehearsals.Rehearsal;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

import static org.assertj.core.api.Assertions.assertThat;

/** The API over an inbox whose work a test does by hand. Every answer is held against the document that describes it. */
public final class ApiStory implements AutoCloseable {

    public static final String TOKEN = "a-long-admin-token";
    static final RepositoryName SHOP = Samples.REPOSITORY;
    static final RepositoryName ATTACHED = new RepositoryName("acme", "attached");

    private static final ObjectMapper JSON = new ObjectMapper();

    final SettableClock clock = SettableClock.atNoon();
    volatile Checkpoint checkpoint = Checkpoint.NONE;
    final Inbox inbox = Inbox.open(
            Samples.settings(Databases.SQLITE.fresh(), clock, step -> this.checkpoint.reached(step)));
    final Api api = new Api(inbox, (repository, subject) -> this.rehearsal.apply(repository, subject),
            Set.of(ATTACHED), clock);
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    BiFunction<RepositoryName, Subject, Rehearsal> rehearsal = (_, _) -> new Rehearsal.Known(new Rehearsed(
            new ReconcileReport(ReconcileReport.Mode.DRY_RUN, 0, List.of(), List.of(), List.of(), List.of()),
            List.of()), 0);

    ApiStory(@Nullable AdminToken token, OperatorAccess.Reach reach, Duration patience) {
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var intake = new Intake(inbox, new WebhookSecrets(List.of(Webhooks.SECRET)), clock, metrics);
        server = WebServer.start(new WebSettings("127.0.0.1", 0, token, WebSettings.USUAL_BODY_MEMORY, patience),
                intake, new Readiness(inbox, () -> true, clock), metrics,
                new ApiRoutes(api, new OperatorAccess(token, () -> reach), patience));
        inbox.repositories()
                .put(new KnownRepository(1, SHOP, 5, KnownRepository.State.ACTIVE, null, null),
                        clock.instant().plus(Duration.ofDays(365)), List.of())
                .join();
    }

    public static ApiStory withToken() {
        return new ApiStory(new AdminToken(TOKEN), OperatorAccess.Reach.OTHERS, WebSettings.USUAL_PATIENCE);
    }

    public static ApiStory withoutToken() {
        return new ApiStory(null, OperatorAccess.Reach.THIS_MACHINE, WebSettings.USUAL_PATIENCE);
    }

    public int port() {
        return server.port();
    }

    /** What came back. */
    record Answer(int status, String type, String text, HttpResponse<String> response) {

        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The detail of a problem of this status. */
        String problem(int expected) {
            assertThat(status).as(text).isEqualTo(expected);
            assertThat(type).isEqualTo("application/problem+json");
            return json().path("detail").asText();
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json")
                .header("X-Reeve-Operator", "dave@vm")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    /** Sends what may be wrong in any way; an answer that the document describes must fit it. */
    Answer send(HttpRequest.Builder builder) {
        var request = builder.timeout(Duration.ofSeconds(30)).build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            var answer = new Answer(response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", ""),
                    response.body(), response);
            fits(request, answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fits(HttpRequest request, Answer answer) {
        api.endpoints()
                .stream()
                .filter(endpoint -> endpoint.method().name().equals(request.method())
                        && request.uri().getPath().matches(pattern(endpoint)))
                .findFirst()
                .ifPresent(endpoint -> fits(endpoint, answer));
    }

    private static String pattern(Endpoint endpoint) {
        return endpoint.path().replaceAll("\\{[a-z]+}", "[^/]+").replaceAll("<[a-z]+>", ".+");
    }

    private static void fits(Endpoint endpoint, Answer answer) {
        var responses = ApiDocument.of(endpoint) + "/responses/" + answer.status() + "/content/";
        var schema = responses + answer.type().replace("/", "~1") + "/schema";
        assertThat(ApiDocument.ROOT.at(schema).isMissingNode()).as("%s is described", schema).isFalse();
        assertThat(JsonSchema.faults(ApiDocument.ROOT, schema, answer.text())).as(answer.text()).isEmpty();
    }

    /** A delivery that a merge has caused; answers its id. */
    public long deliver(String guid, int pullRequest) {
        return accept(guid, "pull_request", "closed", List.of(new Arrival(key("pull/" + pullRequest),
                new Trigger("pull_request closed", guid, null, null))), Webhooks.pullRequest("closed", pullRequest));
    }

    /** The same, with this much beside it in its body. */
    long deliver(String guid, int pullRequest, String more) {
        return accept(guid, "pull_request", "closed", List.of(),
                "{\"number\":" + pullRequest + ",\"more\":\"" + more + "\"}");
    }

    /** One with this title. */
    public long deliverTitled(String guid, String title) {
        return accept(guid, "star", "created", List.of(), JSON.createObjectNode().put("title", title).toString());
    }

    /** What the server keeps. */
    public Inbox inbox() {
        return inbox;
    }

    /** A delivery that needs nothing done. */
    public long deliverStar(String guid) {
        return accept(guid, "star", "created", List.of(), "{\"action\":\"created\"}");
    }

    private long accept(String guid, String event, String action, List<Arrival> arrivals, String body) {
        return inbox.accept(new Delivery(77, guid, event, action, SHOP, 5L, clock.instant(),
                Payload.of(body.getBytes(StandardCharsets.UTF_8))), arrivals).join().delivery();
    }

    public static WorkKey key(String subject) {
        return new WorkKey(SHOP, Subject.parse(subject).orElseThrow());
    }

    public List<Claim> claim() {
        return inbox.queue().claim("worker", 100, Duration.ofMinutes(1)).join();
    }

    /** All that is due ends so. */
    public void work(Outcome outcome, Arrival... followUps) {
        claim().forEach(claim -> inbox.queue().finish(claim, outcome, List.of(followUps)).join());
    }

    @Override
    public void close() {
        client.close();
        server.close();
        inbox.close();
    }
}
