package dev.reeve.kit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reeve.kit.FakeRoutes.Route;
import dev.reeve.model.RepositoryName;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** All that GitHub knows, and who may do what: tokens, installations, permissions, limits, entity tags. */
final class FakeWorld {

    private static final String USER = "/user";
    private static final Pattern TOKEN = Pattern.compile("/app/installations/([0-9]+)/access_tokens");
    private static final String REPOSITORIES = "/installation/repositories";
    private static final Pattern INSTALLATIONS = Pattern.compile("/app/installations(?:/([0-9]+))?");
    private static final Pattern DELIVERIES = Pattern.compile("/app/hook/deliveries(?:/([0-9]+))?");
    private static final Pattern NAMED = Pattern.compile("/repos/([^/]+/[^/]+)(/.*)?");
    private static final Pattern NUMBERED = Pattern.compile("/repositories/([0-9]+)(/.*)?");
    private static final Pattern INSTALLATION = Pattern.compile("/repos/([^/]+/[^/]+)/installation");

    private final InstantSource clock;
    private final FakeApp app;
    private final FakeTokens tokens;
    private final List<Route> routes;
    private final FakeAppRoutes ofApp;
    private final ConcurrentMap<String, FakeRepository> repositories = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, FakeRepository> moved = new ConcurrentHashMap<>();
    private final FakeDeliveryLog deliveries;
    private final AtomicLong made = new AtomicLong(900_000);
    private final ConcurrentMap<String, FakeInstallation> installations = new ConcurrentHashMap<>();

    FakeWorld(InstantSource clock) {
        this.clock = clock;
        this.app = new FakeApp(clock);
        this.tokens = new FakeTokens(clock);
        this.routes = Stream
                .of(new FakeRoutes(app).all(), FakeWriting.all(), FakeContents.routes(), FakePeople.routes())
                .flatMap(List::stream)
                .toList();
        this.deliveries = new FakeDeliveryLog(clock);
        this.ofApp = new FakeAppRoutes(app);
    }

    FakeRepository add(RepositoryName name, Path bare) {
        var repository = new FakeRepository(made.getAndIncrement(), name, bare, installation(name), clock);
        repositories.put(name.key(), repository);
        return repository;
    }

    private FakeInstallation installation(RepositoryName name) {
        return installations.computeIfAbsent(new RepositoryName(name.owner(), "x").key(),
                _ -> new FakeInstallation(5_000 + installations.size()));
    }

    void rename(FakeRepository repository, RepositoryName to) {
        delete(repository);
        moved.put(repository.name().key(), repository);
        repository.call(to, installation(to));
        repositories.put(to.key(), repository);
    }

    void delete(FakeRepository repository) {
        repositories.remove(repository.name().key());
    }

    FakeDeliveryLog deliveries() {
        return deliveries;
    }

    Optional<FakeRepository> repository(String fullName) {
        return RepositoryName.parse(fullName).map(name -> repositories.get(name.key()));
    }

    FakeAppRoutes ofApp() {
        return ofApp;
    }

    FakeApp app() {
        return app;
    }

    FakeTokens tokens() {
        return tokens;
    }

    boolean knows(FakeRequest request) {
        if (sentOn(request).isPresent()) {
            return true;
        }
        var named = named(request);
        return isAsApp(named) || FakeAppRoutes.isAsNobody(request) || FakeAppRoutes.isRate(request)
                || request.line().equals("GET " + REPOSITORIES) || knowsPath(named);
    }

    private static boolean isAsApp(FakeRequest request) {
        var forms = request.method().equals("POST") ? List.of(TOKEN) : List.of(INSTALLATION, INSTALLATIONS, DELIVERIES);
        return FakeAppRoutes.isAsApp(request)
                || forms.stream().anyMatch(form -> form.matcher(request.path()).matches());
    }

    /** Where a request by an old name is sent on to. */
    private Optional<String> sentOn(FakeRequest request) {
        var named = NAMED.matcher(request.path());
        return named.matches() && repository(named.group(1)).isEmpty()
                ? RepositoryName.parse(named.group(1))
                        .map(name -> moved.get(name.key()))
                        .map(repository -> "/repositories/" + repository.id()
                                + (named.group(2) == null ? "" : named.group(2)))
                : Optional.empty();
    }

    /** A request by number as one by name. */
    private FakeRequest named(FakeRequest request) {
        var numbered = NUMBERED.matcher(request.path());
        if (!numbered.matches()) {
            return request;
        }
        return repositories.values()
                .stream()
                .filter(one -> Long.toString(one.id()).equals(numbered.group(1)))
                .findFirst()
                .map(one -> new FakeRequest(request.method(), "/repos/" + one.name()
                        + (numbered.group(2) == null ? "" : numbered.group(2)), request.query(), request.headers(),
                        request.body()))
                .orElse(request);
    }

    private boolean knowsPath(FakeRequest request) {
        return request.line().equals("GET " + USER)
                || routes.stream().anyMatch(route -> fits(route, request));
    }

    private static boolean fits(Route route, FakeRequest request) {
        return route.method().equals(request.method()) && route.path().matcher(request.path()).matches();
    }

    FakeAnswer answer(FakeRequest asked) {
        var request = named(asked);
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
        if (request.header("user-agent").isEmpty()) {
            return FakeAnswer.refused(403, "Request forbidden by administrative rules. Please make sure your request"
                    + " has a User-Agent header").with("Date", date);
        }
        var token = request.header("authorization").orElse("").replaceFirst("^(Bearer|token) ", "");
        if (FakeAppRoutes.isAsNobody(request)) {
            return ofApp.convert(request).with("Date", date);
        }
        var to = sentOn(request);
        if (to.isPresent()) {
            return new FakeAnswer(301,
                    Map.of("Location", "http://" + request.headers().get("host") + FakeGitHub.PREFIX + to.get(),
                            "Date", date),
                    "{\"message\": \"Moved Permanently\"}");
        }
        var answer = isAsApp(request) ? app.refuse(token).orElseGet(() -> tagged(request, asApp(request)))
                : withToken(request, token);
        return answer.with("Date", date);
    }

    private FakeAnswer asApp(FakeRequest request) {
        if (FakeAppRoutes.isAsApp(request)) {
            return ofApp.asApp(request);
        }
        var asked = INSTALLATION.matcher(request.path());
        if (asked.matches()) {
            return repository(asked.group(1)).filter(FakeRepository::isInstalled)
                    .map(repository -> FakeAnswer.ok(FakeJson.installation(app, repository.installation())))
                    .orElseGet(FakeRoutes::notFound);
        }
        var delivery = DELIVERIES.matcher(request.path());
        if (delivery.matches()) {
            return delivery.group(1) == null ? deliveries.page(request)
                    : deliveries.details(Long.parseLong(delivery.group(1)));
        }
        var installed = INSTALLATIONS.matcher(request.path());
        if (installed.matches()) {
            return installations(request, Optional.ofNullable(installed.group(1)));
        }
        var token = TOKEN.matcher(request.path());
        return token.matches()
                ? installations.values()
                        .stream()
                        .filter(one -> Long.toString(one.id()).equals(token.group(1)))
                        .findFirst()
                        .map(installation -> newToken(installation, Optional.ofNullable(request.body())))
                        .orElseGet(FakeRoutes::notFound)
                : FakeRoutes.notFound();
    }

    /** An account on no repository of which the App is installed has no installation. */
    private FakeAnswer installations(FakeRequest request, Optional<String> id) {
        var there = installations.entrySet()
                .stream()
                .filter(one -> !covered(one.getValue()).isEmpty())
                .filter(one -> id.map(Long.toString(one.getValue().id())::equals).orElse(true))
                .sorted(Comparator.comparingLong(one -> one.getValue().id()))
                .map(one -> (JsonNode) ofApp.installation(one.getKey(), one.getValue()))
                .toList();
        return id.isPresent()
                ? there.stream().findFirst().map(FakeAnswer::ok).orElseGet(FakeRoutes::notFound)
                : FakeRoutes.paged(request, there, FakeRoutes.page(request, there));
    }

    private List<FakeRepository> covered(FakeInstallation installation) {
        return repositories.values()
                .stream()
                .filter(one -> one.isInstalled() && one.installation() == installation)
                .sorted(Comparator.comparingLong(FakeRepository::id))
                .toList();
    }

    private FakeAnswer repositoriesOf(FakeRequest request, FakeToken token) {
        if (token.installation().suspendedAt().isPresent()) {
            return FakeAnswer.refused(403, "This installation has been suspended");
        }
        var all = covered(token.installation()).stream()
                .filter(one -> token.reaches(one.name().name()))
                .map(one -> (JsonNode) FakeJson.repository(one))
                .toList();
        var page = FakeJson.object().put("total_count", all.size());
        page.set("repositories", FakeRoutes.page(request, all));
        return FakeRoutes.paged(request, all, page);
    }

    private FakeAnswer newToken(FakeInstallation installation, Optional<JsonNode> body) {
        if (installation.suspendedAt().isPresent()) {
            return FakeAnswer.refused(403, "This installation has been suspended");
        }
        var names = body.stream()
                .flatMap(json -> StreamSupport.stream(json.path("repositories").spliterator(), false))
                .map(JsonNode::asText)
                .toList();
        if (!names.stream().allMatch(name -> covers(installation, name))) {
            return FakeAnswer.refused(422, "There is at least one repository that does not exist or is not accessible"
                    + " to the parent installation.");
        }
        Map<String, String> wanted = new HashMap<>();
        body.ifPresent(json -> json.path("permissions")
                .properties()
                .forEach(entry -> wanted.put(entry.getKey(), entry.getValue().asText())));
        if (!wanted.entrySet()
                .stream()
                .allMatch(entry -> FakeInstallation.holds(installation.permissions(),
                        entry.getKey(), entry.getValue()))) {
            return FakeAnswer.refused(422, "The permissions requested are not granted to this installation.");
        }
        var token = tokens.issue(installation, names, wanted.isEmpty() ? installation.permissions() : wanted);
        return FakeAnswer.created(FakeJson.object()
                .put("token", token.value())
                .put("expires_at",
                        token.expiresAt().toString()));
    }

    private boolean covers(FakeInstallation installation, String name) {
        return repositories.values()
                .stream()
                .anyMatch(repository -> repository.installation() == installation
                        && repository.isInstalled() && repository.name().name().equalsIgnoreCase(name));
    }

    private FakeAnswer withToken(FakeRequest request, String value) {
        var withheld = tokens.withheld(value);
        if (withheld.isPresent()) {
            return personally(request, withheld.get());
        }
        var live = tokens.live(value);
        if (live.isEmpty()) {
            return FakeAnswer.refused(401, "Bad credentials");
        }
        var installation = live.get().installation();
        if (FakeAppRoutes.isRate(request)) {
            installation.charge(clock.instant());
            installation.refund();
            return FakeAppRoutes.rate(installation);
        }
        if (!installation.charge(clock.instant())) {
            return installation.withLimits(FakeAnswer.refused(403, "API rate limit exceeded for installation."));
        }
        var answer = request.path().equals(USER)
                ? FakeAnswer.refused(403, "Resource not accessible by integration")
                : tagged(request, request.path().equals(REPOSITORIES) ? repositoriesOf(request, live.get())
                        : route(request, route -> refuse(route, live.get()),
                                repository -> repository.installation() == installation
                                        && live.get().reaches(repository.name().name())));
        if (answer.status() == 304) {
            installation.refund();
        }
        return installation.withLimits(answer);
    }

    /** A token without any permission withheld is a classic one, which says what it is good for. */
    private FakeAnswer personally(FakeRequest request, Set<String> withheld) {
        var answer = request.path().equals(USER)
                ? FakeAnswer.ok(FakeJson.user("davefowler"))
                : route(request, route -> refuse(route, withheld), _ -> true);
        var limited = tagged(request, answer).with("X-RateLimit-Remaining", "4321")
                .with("X-RateLimit-Reset", Long.toString(clock.instant().plusSeconds(600).getEpochSecond()));
        return withheld.isEmpty() ? limited.with("X-OAuth-Scopes", "repo, read:org") : limited;
    }

    private FakeAnswer route(FakeRequest request, Function<Route, Optional<FakeAnswer>> refusal,
            Predicate<FakeRepository> reaches) {
        for (var route : routes) {
            var match = route.path().matcher(request.path());
            if (route.method().equals(request.method()) && match.matches()) {
                return repository(match.group(1)).filter(FakeRepository::isInstalled)
                        .filter(reaches)
                        .map(repository -> refusal.apply(route)
                                .orElseGet(() -> route.handler().answer(repository, match.toMatchResult(), request)))
                        .orElseGet(FakeRoutes::notFound);
            }
        }
        return FakeRoutes.notFound();
    }

    private static Optional<FakeAnswer> refuse(Route route, FakeToken token) {
        if (token.installation().suspendedAt().isPresent()) {
            return Optional.of(FakeAnswer.refused(403, "This installation has been suspended"));
        }
        var needed = route.permission().split("=", -1);
        return token.may(needed[0], needed[1]) ? Optional.empty() : Optional.of(notAccessible(route, "integration"));
    }

    private static Optional<FakeAnswer> refuse(Route route, Set<String> withheld) {
        return withheld.contains(route.permission().split("=", -1)[0])
                ? Optional.of(notAccessible(route, "personal access token"))
                : Optional.empty();
    }

    private static FakeAnswer notAccessible(Route route, String by) {
        return FakeAnswer.refused(403, "Resource not accessible by " + by)
                .with("X-Accepted-GitHub-Permissions", route.permission());
    }

    /** As at GitHub, the tag is another for each token: github/docs#34689. */
    private static FakeAnswer tagged(FakeRequest request, FakeAnswer answer) {
        if (!request.method().equals("GET") || answer.status() != 200) {
            return answer;
        }
        var tagged = request.header("authorization").orElse("") + answer.body();
        var etag = "W/\"" + UUID.nameUUIDFromBytes(tagged.getBytes(StandardCharsets.UTF_8)) + "\"";
        return request.header("if-none-match").filter(etag::equals).isPresent()
                ? new FakeAnswer(304, Map.of("ETag", etag), "")
                : answer.with("ETag", etag);
    }
}
