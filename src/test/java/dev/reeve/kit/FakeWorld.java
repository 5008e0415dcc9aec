package dev.reeve.kit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reeve.kit.FakeRoutes.Route;
import dev.reeve.model.RepositoryName;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** All that GitHub knows, and who may do what: tokens, installations, permissions, limits, entity tags. */
final class FakeWorld {

    private static final String USER = "/user";
    private static final Pattern TOKEN = Pattern.compile("/app/installations/([0-9]+)/access_tokens");
    private static final Pattern INSTALLATION = Pattern.compile("/repos/([^/]+/[^/]+)/installation");

    private final InstantSource clock;
    private final FakeApp app;
    private final FakeTokens tokens;
    private final List<Route> routes;
    private final ConcurrentMap<String, FakeRepository> repositories = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, FakeInstallation> installations = new ConcurrentHashMap<>();

    FakeWorld(InstantSource clock) {
        this.clock = clock;
        this.app = new FakeApp(clock);
        this.tokens = new FakeTokens(clock);
        this.routes = Stream.concat(new FakeRoutes(app).all().stream(), FakePeople.routes().stream()).toList();
    }

    FakeRepository add(RepositoryName name, Path bare) {
        var owner = new RepositoryName(name.owner(), "x").key();
        var installation = installations.computeIfAbsent(owner,
                _ -> new FakeInstallation(5_000 + installations.size()));
        var repository = new FakeRepository(900_000 + repositories.size(), name, bare, installation, clock);
        repositories.put(name.key(), repository);
        return repository;
    }

    Optional<FakeRepository> repository(String fullName) {
        return RepositoryName.parse(fullName).map(name -> repositories.get(name.key()));
    }

    FakeApp app() {
        return app;
    }

    FakeTokens tokens() {
        return tokens;
    }

    boolean knows(FakeRequest request) {
        var asApp = switch (request.method()) {
            case "POST" -> TOKEN;
            default -> INSTALLATION;
        };
        return asApp.matcher(request.path()).matches() || request.line().equals("GET " + USER)
                || routes.stream().anyMatch(route -> fits(route, request));
    }

    private static boolean fits(Route route, FakeRequest request) {
        return route.method().equals(request.method()) && route.path().matcher(request.path()).matches();
    }

    FakeAnswer answer(FakeRequest request) {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
        if (request.header("user-agent").isEmpty()) {
            return FakeAnswer.refused(403, "Request forbidden by administrative rules. Please make sure your request"
                    + " has a User-Agent header").with("Date", date);
        }
        var token = request.header("authorization").orElse("").replaceFirst("^(Bearer|token) ", "");
        boolean asApp = TOKEN.matcher(request.path()).matches() || INSTALLATION.matcher(request.path()).matches();
        var answer = asApp ? app.refuse(token).orElseGet(() -> asApp(request)) : withToken(request, token);
        return answer.with("Date", date);
    }

    private FakeAnswer asApp(FakeRequest request) {
        var asked = INSTALLATION.matcher(request.path());
        if (asked.matches()) {
            return repository(asked.group(1)).filter(FakeRepository::isInstalled)
                    .map(repository -> FakeAnswer.ok(FakeJson.installation(app, repository.installation())))
                    .orElseGet(FakeRoutes::notFound);
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
        if (!installation.charge(clock.instant())) {
            return installation.withLimits(FakeAnswer.refused(403, "API rate limit exceeded for installation."));
        }
        var answer = request.path().equals(USER)
                ? FakeAnswer.refused(403, "Resource not accessible by integration")
                : tagged(request, route(request, route -> refuse(route, live.get()),
                        repository -> live.get().reaches(repository.name().name())));
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

    private static FakeAnswer tagged(FakeRequest request, FakeAnswer answer) {
        if (!request.method().equals("GET") || answer.status() != 200) {
            return answer;
        }
        var etag = "W/\"" + UUID.nameUUIDFromBytes(answer.body().getBytes(StandardCharsets.UTF_8)) + "\"";
        return request.header("if-none-match").filter(etag::equals).isPresent()
                ? new FakeAnswer(304, Map.of("ETag", etag), "")
                : answer.with("ETag", etag);
    }
}
