package dev.reeve.kit;

import dev.reeve.kit.FakeRoutes.Route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What people may do in a repository. Whom a test hasn't named may read it; {@code nobody} is no account. */
public final class FakePeople {

    private final Map<String, String> permissions = new ConcurrentHashMap<>();

    /**
     * Somebody may do this.
     *
     * @param permission {@code write}, as GitHub names it
     */
    public FakePeople may(String login, String permission) {
        permissions.put(login, permission);
        return this;
    }

    static List<Route> routes() {
        return List.of(FakeRoutes.route("GET", "/collaborators/([^/]+)/permission", "metadata=read",
                (repository, match, _) -> Optional.of(match.group(2))
                        .filter(login -> !login.equals("nobody"))
                        .map(login -> answer(repository, login))
                        .orElseGet(FakeRoutes::notFound)));
    }

    private static FakeAnswer answer(FakeRepository repository, String login) {
        var json = FakeJson.object().put("permission", repository.people().permissions.getOrDefault(login, "read"));
        json.set("user", FakeJson.user(login));
        return FakeAnswer.ok(json);
    }
}
