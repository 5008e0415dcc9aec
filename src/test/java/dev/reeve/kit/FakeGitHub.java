package dev.reeve.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.reeve.model.RepositoryName;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * GitHub, as far as Reeve uses it: over real HTTP, with state, judging requests as GitHub does. A request that GitHub
 * would refuse is refused; one that it would tolerate but that a careful client doesn't send is a {@link #violations}.
 *
 * <p>Requests are answered one after the other, so a test that asks it something sees the state between two.
 */
public final class FakeGitHub implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final String PREFIX = "/api/v3";

    private final FakeWorld world;
    private final WireMockServer server;
    private final List<Expected> troubles = new CopyOnWriteArrayList<>();
    private final List<FakeGate> gates = new CopyOnWriteArrayList<>();
    private final List<Served> served = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private volatile @Nullable Storm storm;

    private record Expected(String line, Trouble trouble) {}

    /** A request and what became of it; status 0 when no answer was given. */
    public record Served(FakeRequest request, int status) {}

    /** Something that was written: what was asked and the status that it was answered with. */
    public record Write(String method, String path, @Nullable JsonNode body, int status) {}

    private FakeGitHub(InstantSource clock) {
        this.world = new FakeWorld(clock);
        this.server = new WireMockServer(WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                // Who stands before a gate keeps a thread, also when the client has given up and asks again.
                .containerThreads(200)
                .disableRequestJournal()
                .stubCorsEnabled(false)
                .gzipDisabled(true)
                .extensions(new Answering()));
    }

    /** A GitHub with nothing in it, whose time is the clock's. */
    public static FakeGitHub start(InstantSource clock) {
        var fake = new FakeGitHub(clock);
        fake.server.start();
        fake.server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse()));
        return fake;
    }

    /** Where its API is, with the path that an Enterprise Server has. */
    public URI apiUrl() {
        return URI.create("http://127.0.0.1:" + server.port() + PREFIX);
    }

    /** The App under test. */
    public FakeApp app() {
        return world.app();
    }

    /** A repository whose commits are in the given bare git repository; the App is installed on it. */
    public FakeRepository repository(String fullName, Path bare) {
        return world.add(RepositoryName.parse(fullName).orElseThrow(), bare);
    }

    /** A repository that was made before. */
    public FakeRepository repository(String fullName) {
        return world.repository(fullName).orElseThrow();
    }

    /** A repository gets another name, or another owner; requests by the old one are sent on, until somebody else has that name. */
    public void rename(String from, String to) {
        world.rename(repository(from), RepositoryName.parse(to).orElseThrow());
    }

    /** A repository is there no longer. */
    public void delete(String fullName) {
        world.delete(repository(fullName));
    }

    /** What it remembers of deliveries to the App. */
    public FakeDeliveryLog deliveries() {
        return world.deliveries();
    }

    /** A person has registered the App from a manifest: the code that GitHub's redirect brings. */
    public String registered() {
        return world.ofApp().registered();
    }

    /** A token of a person, who may read and write everything. */
    public FakeGitHub personalToken(String token) {
        return personalToken(token, Set.of());
    }

    /** A fine-grained token of a person, without these permissions, {@code checks}. */
    public FakeGitHub personalToken(String token, Set<String> withheld) {
        world.tokens().addPersonal(token, withheld);
        return this;
    }

    /** This token of a person is good no longer. */
    public void revokeToken(String token) {
        world.tokens().revokePersonal(token);
    }

    /** From now on requests whose {@link FakeRequest#line} matches wait in front of this gate. */
    public FakeGate gate(String line) {
        var gate = new FakeGate(line);
        gates.add(gate);
        return gate;
    }

    /** The tokens that the App was given, in order. */
    public List<FakeToken> tokensIssued() {
        return world.tokens().issued();
    }

    /** Whether a token is good now. */
    public boolean accepts(String token) {
        return world.tokens().live(token).isPresent();
    }

    /** How long tokens that are made from now on are good for. */
    public void tokenLife(Duration life) {
        world.tokens().life(life);
    }

    /** No token that was handed out so far is good any more. */
    public void revokeTokens() {
        world.tokens().revokeAll();
    }

    /** The next request fails so. */
    public FakeGitHub next(Trouble trouble) {
        return next(".*", trouble);
    }

    /** The next request fails so whose {@link FakeRequest#line} matches; may be called several times for several. */
    public FakeGitHub next(String line, Trouble trouble) {
        troubles.add(new Expected(line, trouble));
        return this;
    }

    /** From now on it is this bad a day; troubles that a test asked for come first. */
    public FakeGitHub weather(Storm today) {
        storm = today;
        return this;
    }

    /** All requests so far, in order. */
    public List<Served> requests() {
        return List.copyOf(served);
    }

    /** Forgets the requests so far, so that a story counts its own. */
    public void forgetRequests() {
        served.clear();
    }

    /** How many requests so far match, by their {@link FakeRequest#line}. */
    public long count(String line) {
        return served.stream().filter(one -> one.request().line().matches(line)).count();
    }

    /** Everything that was written or was tried to be, in order: a test that asserts it has missed nothing. */
    public List<Write> writes() {
        return served.stream()
                .filter(one -> one.request().isWrite())
                .map(one -> new Write(one.request().method(),
                        one.request().path(), one.request().body(), one.status()))
                .toList();
    }

    /** What a careful client would not have sent: unknown addresses, missing headers. Empty after a good test. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void close() {
        gates.forEach(FakeGate::open);
        server.stop();
    }

    private final class Answering implements ResponseDefinitionTransformerV2 {

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            var request = read(event.getRequest());
            gates.stream().filter(gate -> request.line().matches(gate.line())).forEach(FakeGate::pass);
            return serve(request).build();
        }

        @Override
        public String getName() {
            return "github";
        }
    }

    private synchronized ResponseDefinitionBuilder serve(FakeRequest request) {
        var trouble = trouble(request);
        if (trouble.isPresent() && trouble.get().when() == Trouble.When.INSTEAD) {
            served.add(new Served(request, 0));
            return trouble.get().answer().apply(FakeRoutes.notFound());
        }
        judge(request);
        var answer = world.answer(request);
        served.add(new Served(request, answer.status()));
        return trouble.map(one -> one.answer().apply(answer)).orElseGet(() -> definition(answer));
    }

    private Optional<Trouble> trouble(FakeRequest request) {
        var expected = troubles.stream().filter(one -> request.line().matches(one.line())).findFirst();
        expected.ifPresent(troubles::remove);
        var today = storm;
        return expected.map(Expected::trouble).or(() -> today == null ? Optional.empty() : today.over(request));
    }

    private void judge(FakeRequest request) {
        Map.of("user-agent", ".+", "accept", "application/vnd\\.github\\+json", "x-github-api-version", "2022-11-28",
                "authorization", "Bearer .+").forEach((name, form) -> {
                    if (name.equals("authorization") && FakeAppRoutes.isAsNobody(request)) {
                        return;
                    }
                    if (request.header(name).filter(value -> value.matches(form)).isEmpty()) {
                        violations.add(request.line() + ": header " + name);
                    }
                });
        if (request.number("per_page", 30) > 100) {
            violations.add(request.line() + ": per_page");
        }
        if (!world.knows(request)) {
            violations.add(request.line() + ": no such address");
        }
    }

    static ResponseDefinitionBuilder definition(FakeAnswer answer) {
        var builder = new ResponseDefinitionBuilder().withStatus(answer.status())
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(answer.body().getBytes(StandardCharsets.UTF_8));
        answer.headers().forEach(builder::withHeader);
        return builder;
    }

    private static FakeRequest read(Request request) {
        var uri = URI.create(request.getUrl());
        var headers = request.getAllHeaderKeys()
                .stream()
                .collect(
                        Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), request::getHeader,
                                (first, _) -> first));
        var path = uri.getPath().startsWith(PREFIX) ? uri.getPath().substring(PREFIX.length()) : uri.getPath();
        return new FakeRequest(request.getMethod().getName(), path, query(uri), headers, body(request));
    }

    private static Map<String, String> query(URI uri) {
        var query = new LinkedHashMap<String, String>();
        for (var part : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.put(part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static @Nullable JsonNode body(Request request) {
        try {
            return request.getBody().length == 0 ? null : JSON.readTree(request.getBodyAsString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
