package dev.reeve.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reeve.kit.FakeRoutes.Route;
import dev.reeve.model.Sha;

import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What is written through the API besides check runs: pull requests, and commits that GitHub makes and signs. */
final class FakeWriting {

    private static final FakeAnswer INVALID = FakeAnswer.refused(422, "Validation Failed");

    private FakeWriting() {}

    static List<Route> all() {
        return List.of(
                new Route("POST", path("/pulls"), "pull_requests=write",
                        (repo, _, request) -> open(repo, body(request))),
                new Route("PATCH", path("/pulls/([1-9][0-9]{0,8})"), "pull_requests=write",
                        (repo, match, request) -> change(repo, match, body(request))),
                new Route("POST", path("/git/blobs"), "contents=write",
                        (repo, _, request) -> blob(repo, body(request))),
                new Route("POST", path("/git/trees"), "contents=write",
                        (repo, _, request) -> tree(repo, body(request))),
                new Route("POST", path("/git/commits"), "contents=write",
                        (repo, _, request) -> commit(repo, body(request))),
                new Route("GET", path("/rules/branches/(.+)"), "metadata=read",
                        (repo, match, _) -> rules(repo, match)),
                new Route("GET", path("/branches/(.+)"), "contents=read", (repo, match, _) -> branch(repo, match)));
    }

    private static Pattern path(String path) {
        return Pattern.compile("/repos/([^/]+/[^/]+)" + path);
    }

    private static JsonNode body(FakeRequest request) {
        return Objects.requireNonNull(request.body());
    }

    private static FakeAnswer open(FakeRepository repository, JsonNode body) {
        var head = body.path("head").asText();
        var base = body.path("base").asText();
        var git = repository.git();
        var from = git.resolve("refs/heads/" + head);
        var onto = git.resolve("refs/heads/" + base);
        boolean twin = repository.pulls()
                .stream()
                .anyMatch(pull -> pull.branch().equals(head) && !pull.view(FakePull.Stage.NOW).closed());
        if (from.isEmpty() || onto.isEmpty() || twin || git.contains(onto.get(), from.get())) {
            return INVALID;
        }
        int number = 1 + repository.pulls().stream().mapToInt(FakePull::number).max().orElse(0);
        var pull = repository.openPull(number)
                .title(body.path("title").asText())
                .body(body.path("body").asText())
                .from(head)
                .into(base)
                .by("reeve[bot]");
        return FakeAnswer.created(FakeJson.wholePull(repository, pull.view(FakePull.Stage.NOW)));
    }

    private static FakeAnswer change(FakeRepository repository, MatchResult match, JsonNode body) {
        var number = Integer.parseInt(match.group(2));
        return repository.pulls().stream().filter(pull -> pull.number() == number).findFirst().map(pull -> {
            Optional.ofNullable(body.get("title")).ifPresent(title -> pull.title(title.asText()));
            Optional.ofNullable(body.get("body")).ifPresent(text -> pull.body(text.asText()));
            if (body.path("state").asText().equals("closed")) {
                pull.close();
            }
            return FakeAnswer.ok(FakeJson.wholePull(repository, pull.view(FakePull.Stage.NOW)));
        }).orElseGet(FakeRoutes::notFound);
    }

    private static FakeAnswer blob(FakeRepository repository, JsonNode body) {
        return made(repository.git().blob(Base64.getDecoder().decode(body.path("content").asText())));
    }

    private static FakeAnswer tree(FakeRepository repository, JsonNode body) {
        var entries = body.path("tree");
        for (var entry : entries) {
            if (!entry.path("mode").asText().matches("100(644|755)") || entry.has("content") == entry.has("sha")) {
                return INVALID;
            }
        }
        return made(repository.git().tree(new Sha(body.path("base_tree").asText()), entries));
    }

    private static FakeAnswer commit(FakeRepository repository, JsonNode body) {
        var commit = repository.git()
                .commit(new Sha(body.path("tree").asText()), new Sha(body.path("parents").path(0).asText()),
                        body.path("message").asText().getBytes(UTF_8), repository.now());
        boolean signs = !body.has("author") && !body.has("committer") && repository.signs();
        if (signs) {
            repository.verify(commit);
        }
        repository.madeByApi(commit);
        var json = FakeJson.object().put("sha", commit.value());
        json.putObject("verification")
                .put("verified", signs)
                .put("reason", signs ? "valid" : "unsigned")
                .put("signature", signs ? "-----BEGIN PGP SIGNATURE-----" : null)
                .put("payload", signs ? "tree …" : null);
        return FakeAnswer.created(json);
    }

    private static FakeAnswer made(Sha sha) {
        return FakeAnswer.created(FakeJson.object().put("sha", sha.value()));
    }

    private static FakeAnswer rules(FakeRepository repository, MatchResult match) {
        var rules = JsonNodeFactory.instance.arrayNode();
        repository.rules(match.group(2)).forEach(type -> rules.addObject().put("type", type).put("ruleset_id", 42));
        return FakeAnswer.ok(rules);
    }

    /** As GitHub shows it to who is no administrator: that there is a classic protection, and its checks. */
    private static FakeAnswer branch(FakeRepository repository, MatchResult match) {
        var name = match.group(2);
        return repository.git().resolve("refs/heads/" + name).map(tip -> {
            var checks = repository.classicChecks(name);
            var json = FakeJson.object().put("name", name).put("protected", checks.isPresent());
            json.putObject("commit").put("sha", tip.value());
            var required = json.putObject("protection")
                    .put("enabled", checks.isPresent())
                    .putObject("required_status_checks");
            required.put("enforcement_level", checks.orElse(List.of()).isEmpty() ? "off" : "non_admins");
            var contexts = required.putArray("contexts");
            var wanted = required.putArray("checks");
            checks.orElse(List.of()).forEach(check -> {
                contexts.add(check);
                wanted.addObject().put("context", check).putNull("app_id");
            });
            return FakeAnswer.ok(json);
        }).orElseGet(() -> FakeAnswer.refused(404, "Branch not found"));
    }
}
