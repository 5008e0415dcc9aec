package dev.reeve.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reeve.kit.FakePull.View;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What each address of a repository does. Access was judged before. */
final class FakeRoutes {

    private final FakeApp app;

    FakeRoutes(FakeApp app) {
        this.app = app;
    }

    /** Does what is asked. */
    interface Handler {
        FakeAnswer answer(FakeRepository repository, MatchResult match, FakeRequest request);
    }

    /**
     * One address.
     *
     * @param permission with its level, {@code checks=write}, as GitHub names it in its refusals
     */
    record Route(String method, Pattern path, String permission, Handler handler) {}

    private static final String NUMBER = "([1-9][0-9]{0,8})";

    List<Route> all() {
        return List.of(route("GET", "", "metadata=read", (repo, _, _) -> FakeAnswer.ok(FakeJson.repository(repo))),
                route("GET", "/pulls", "pull_requests=read", (repo, _, request) -> pulls(repo, request)),
                route("GET", "/pulls/" + NUMBER, "pull_requests=read", (repo, match, _) -> pull(repo, match)),
                route("GET", "/pulls/" + NUMBER + "/files", "pull_requests=read", FakeRoutes::files),
                route("GET", "/commits/([0-9a-f]{40})/pulls", "pull_requests=read", FakeRoutes::pullsOf),
                route("GET", "/commits/([0-9a-f]{40})/check-runs", "checks=read", this::checkRuns),
                route("GET", "/pulls/" + NUMBER + "/reviews", "pull_requests=read", FakeRoutes::reviews),
                route("GET", "/commits/([0-9a-f]{40})/status", "statuses=read", FakeRoutes::status),
                route("POST", "/check-runs", "checks=write", (repo, _, request) -> createRun(repo, request)),
                route("PATCH", "/check-runs/([0-9]+)", "checks=write", this::updateRun));
    }

    static Route route(String method, String path, String permission, Handler handler) {
        return new Route(method, Pattern.compile("/repos/([^/]+/[^/]+)" + path), permission, handler);
    }

    private static FakeAnswer pull(FakeRepository repository, MatchResult match) {
        return known(repository, match).map(FakePull::read)
                .map(view -> FakeAnswer.ok(FakeJson.wholePull(repository, view)))
                .orElseGet(FakeRoutes::notFound);
    }

    private static FakeAnswer pulls(FakeRepository repository, FakeRequest request) {
        var state = request.query().getOrDefault("state", "open");
        var head = Optional.ofNullable(request.query().get("head"));
        var base = Optional.ofNullable(request.query().get("base"));
        var own = repository.name().owner();
        return list(repository, request, repository.pulls()
                .stream()
                .map(FakePull::read)
                .filter(Objects::nonNull)
                .filter(pull -> state.equals("all") || state.equals(pull.closed() ? "closed" : "open"))
                .filter(pull -> base.map(pull.base()::equals).orElse(true))
                // GitHub ignores a head without an owner.
                .filter(pull -> head.filter(name -> name.contains(":"))
                        .map(((pull.fork() == null ? own : pull.fork()) + ":" + pull.branch())::equals)
                        .orElse(true))
                .toList());
    }

    private static FakeAnswer pullsOf(FakeRepository repository, MatchResult match, FakeRequest request) {
        var commit = new Sha(match.group(2));
        if (repository.git().resolve(commit.value()).isEmpty()) {
            return FakeAnswer.refused(422, "No commit found for SHA: " + commit);
        }
        return list(repository, request, repository.pulls()
                .stream()
                .map(FakePull::read)
                .filter(Objects::nonNull)
                .filter(pull -> isOf(repository, pull, commit))
                .toList());
    }

    private static boolean isOf(FakeRepository repository, View pull, Sha commit) {
        if (pull.merged() && commit.equals(pull.mergeCommit())) {
            return true;
        }
        var git = repository.git();
        return git.contains(pull.head(), commit) && !git.contains(pull.baseSha(), commit);
    }

    private static FakeAnswer list(FakeRepository repository, FakeRequest request, List<View> pulls) {
        return paged(request, pulls, page(request, pulls, pull -> FakeJson.pull(repository, pull)));
    }

    private static FakeAnswer files(FakeRepository repository, MatchResult match, FakeRequest request) {
        return known(repository, match).map(FakePull::read).map(pull -> {
            var files = repository.git()
                    .changes(pull.baseSha(), pull.head())
                    .stream()
                    .<JsonNode>map(change -> FakeJson
                            .object()
                            .put("filename", change.path())
                            .put("status", change.status())
                            .put("changes", 1))
                    .toList();
            return paged(request, files, page(request, files));
        }).orElseGet(FakeRoutes::notFound);
    }

    private static FakeAnswer reviews(FakeRepository repository, MatchResult match, FakeRequest request) {
        return known(repository, match).map(pull -> {
            var reviews = pull.reviews().stream().<JsonNode>map(FakeJson::review).toList();
            return paged(request, reviews, page(request, reviews));
        }).orElseGet(FakeRoutes::notFound);
    }

    private static FakeAnswer status(FakeRepository repository, MatchResult match, FakeRequest request) {
        var statuses = repository.statuses(new Sha(match.group(2))).stream().<JsonNode>map(FakeJson::status).toList();
        var json = FakeJson.object().put("state", "ignored").put("total_count", statuses.size());
        json.set("statuses", page(request, statuses));
        return paged(request, statuses, json);
    }

    private FakeAnswer checkRuns(FakeRepository repository, MatchResult match, FakeRequest request) {
        var name = Optional.ofNullable(request.query().get("check_name"));
        var of = Optional.ofNullable(request.query().get("app_id"));
        var runs = repository.checkRuns()
                .reversed()
                .stream()
                .filter(run -> run.head().value().equals(match.group(2)))
                .filter(run -> name.map(run.name()::equals).orElse(true))
                .filter(run -> of.map(id -> id.equals(String.valueOf(run.app() == 0 ? app.id() : run.app())))
                        .orElse(true))
                .filter(run -> "all".equals(request.query().get("filter")) || isNewest(repository, run))
                .<JsonNode>map(run -> FakeJson.checkRun(app, run))
                .toList();
        var json = FakeJson.object().put("total_count", runs.size());
        json.set("check_runs", page(request, runs));
        return paged(request, runs, json);
    }

    private static boolean isNewest(FakeRepository repository, FakeCheckRun run) {
        return repository.checkRuns()
                .stream()
                .noneMatch(other -> other.id() > run.id() && other.app() == run.app()
                        && other.name().equals(run.name()) && other.head().equals(run.head()));
    }

    private FakeAnswer createRun(FakeRepository repository, FakeRequest request) {
        var body = Objects.requireNonNull(request.body());
        var fault = FakeCheckSchema.fault(body, "POST")
                .or(() -> repository.git()
                        .resolve(body.path("head_sha").asText())
                        .isPresent() ? Optional.empty() : Optional.of("No commit found for SHA"));
        if (fault.isPresent()) {
            return FakeAnswer.refused(422, fault.get());
        }
        var run = changed(new FakeCheckRun(FakeRepository.nextRunId(), 0, new Sha(body.path("head_sha").asText()), "",
                null, "queued", null, "", "", "", List.of()), body);
        repository.add(run);
        return FakeAnswer.created(FakeJson.checkRun(app, run));
    }

    private FakeAnswer updateRun(FakeRepository repository, MatchResult match, FakeRequest request) {
        var body = Objects.requireNonNull(request.body());
        var old = repository.checkRuns().stream().filter(run -> run.id() == Long.parseLong(match.group(2))).findFirst();
        if (old.isEmpty()) {
            return notFound();
        }
        if (old.get().app() != 0) {
            return FakeAnswer.refused(403, "Invalid app_id `4711` - check run can only be modified by the GitHub App"
                    + " that created it.");
        }
        return FakeCheckSchema.fault(body, "PATCH").map(fault -> FakeAnswer.refused(422, fault)).orElseGet(() -> {
            var run = changed(old.get(), body);
            repository.replace(run);
            return FakeAnswer.ok(FakeJson.checkRun(app, run));
        });
    }

    private static FakeCheckRun changed(FakeCheckRun old, JsonNode body) {
        var output = body.path("output");
        var annotations = new ArrayList<>(old.annotations());
        StreamSupport.stream(output.path("annotations").spliterator(), false).forEach(annotations::add);
        return new FakeCheckRun(old.id(), 0, old.head(), text(body, "name", old.name()),
                optional(body, "external_id", old.externalId()),
                body.has("conclusion") ? "completed" : text(body, "status", old.status()),
                optional(body, "conclusion", old.conclusion()), text(output, "title", old.title()),
                text(output, "summary", old.summary()), text(output, "text", old.text()), List.copyOf(annotations));
    }

    private static String text(JsonNode json, String name, String old) {
        return json.path(name).asText(old);
    }

    private static @Nullable String optional(JsonNode json, String name, @Nullable String old) {
        return json.has(name) ? json.path(name).asText() : old;
    }

    /** An answer that says where it goes on. */
    static FakeAnswer paged(FakeRequest request, List<?> all, JsonNode page) {
        int number = request.number("page", 1);
        boolean isLast = all.size() <= number * Math.min(100, request.number("per_page", 30));
        return isLast ? FakeAnswer.ok(page) : FakeAnswer.ok(page).with("Link", request.link(number + 1));
    }

    static JsonNode page(FakeRequest request, List<JsonNode> all) {
        return page(request, all, one -> one);
    }

    private static <T> JsonNode page(FakeRequest request, List<T> all, Function<T, JsonNode> form) {
        int size = Math.min(100, request.number("per_page", 30));
        var page = JsonNodeFactory.instance.arrayNode();
        all.stream().skip((long) (request.number("page", 1) - 1) * size).limit(size).map(form).forEach(page::add);
        return page;
    }

    private static Optional<FakePull> known(FakeRepository repository, MatchResult match) {
        int number = Integer.parseInt(match.group(2));
        return repository.pulls().stream().filter(pull -> pull.number() == number).findFirst();
    }

    static FakeAnswer notFound() {
        return FakeAnswer.refused(404, "Not Found");
    }
}
