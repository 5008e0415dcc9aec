package dev.reeve.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.model.RepositoryName;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where the App is installed. What is asked of an installation as a whole is asked with a token that may read the names of its repositories and nothing
 * else.
 *
 * <p><b>Threading</b>: any thread.
 */
public final class Installations {

    private static final int PER_PAGE = 100;
    /** GitHub has accounts of tens of thousands of repositories; a list that never ends isn't followed for ever. */
    private static final int MOST_PAGES = 1_000;
    private static final Duration BEFORE_THE_END = Duration.ofMinutes(5);

    private final Transport transport;
    private final AppCalls app;
    private final InstantSource clock;
    private final Function<Long, RateLimit> limits;
    private final Map<Long, Credentials> tokens = new ConcurrentHashMap<>();

    Installations(Transport transport, AppCalls app, InstantSource clock, Function<Long, RateLimit> limits) {
        this.transport = transport;
        this.app = app;
        this.clock = clock;
        this.limits = limits;
    }

    /** All of them, in one request for each hundred. */
    public List<InstallationInfo> all() {
        return pages("/app/installations", app::exchange, Fields::each)
                .map(Installations::installation)
                .toList();
    }

    /** One of them; nothing when it is gone. */
    public Optional<InstallationInfo> find(long id) {
        return unlessGone(() -> installation(ask("/app/installations/" + id)));
    }

    /**
     * The repositories of an installation, in one request for each hundred.
     *
     * @throws GitHubFailure as {@link Kind.NotFound} when the installation is gone
     */
    public List<RepositoryInfo> repositories(long id) {
        return pages("/installation/repositories", request -> exchange(id, request), page -> page.each("repositories"))
                .map(Installations::repository)
                .toList();
    }

    /** What became of a repository of this name, in two requests. */
    public Whereabouts find(RepositoryName name) {
        var installed = unlessGone(() -> installation(ask("/repos/" + name + "/installation")));
        if (installed.isEmpty()) {
            return new Whereabouts.Gone();
        }
        return switch (installed.get().condition()) {
            case SUSPENDED -> new Whereabouts.Unknown(installed.get());
            case ACTIVE -> unlessGone(() -> {
                var request = get("/repos/" + name);
                return repository(exchange(installed.get().id(), request).fields(request));
            }).<Whereabouts>map(repository -> new Whereabouts.Here(repository, installed.get()))
                    .orElseGet(Whereabouts.Gone::new);
        };
    }

    private Fields ask(String path) {
        var request = get(path);
        return app.exchange(request).fields(request);
    }

    private static ApiRequest get(String path) {
        return new ApiRequest(Method.GET, path, null, Permission.METADATA_READ, Repeat.HARMLESS);
    }

    private static <T> Optional<T> unlessGone(Supplier<T> ask) {
        try {
            return Optional.of(ask.get());
        } catch (GitHubFailure failure) {
            if (failure.kind() instanceof Kind.NotFound) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static Stream<Fields> pages(String path, Function<ApiRequest, ApiAnswer> exchange,
            Function<Fields, Stream<Fields>> elements) {
        var all = new ArrayList<Fields>();
        for (int number = 1; number <= MOST_PAGES; number++) {
            var request = get(path + "?per_page=" + PER_PAGE + "&page=" + number);
            var answer = exchange.apply(request);
            elements.apply(answer.fields(request)).forEach(all::add);
            if (!answer.hasNextPage()) {
                return all.stream();
            }
        }
        throw GitHubFailure.malformed(get(path), "longer than " + MOST_PAGES * PER_PAGE + " elements");
    }

    private static InstallationInfo installation(Fields fields) {
        return new InstallationInfo(fields.id("id"), fields.optionalTime("suspended_at").isPresent()
                ? InstallationInfo.Condition.SUSPENDED
                : InstallationInfo.Condition.ACTIVE);
    }

    private static RepositoryInfo repository(Fields fields) {
        var name = RepositoryName.parse(fields.text("full_name"))
                .orElseThrow(() -> fields.malformed("without a valid full_name"));
        return new RepositoryInfo(fields.id("id"), name, fields.flag("archived") ? RepositoryInfo.Condition.ARCHIVED
                : RepositoryInfo.Condition.ACTIVE);
    }

    /** Every installation answers at the same addresses, so what is known of them is told apart by whose it is. */
    private ApiAnswer exchange(long id, ApiRequest request) {
        var limit = limits.apply(id);
        var answer = send(id, request, limit);
        if (answer.status() == 401) {
            tokens.remove(id);
            answer = send(id, request, limit);
        }
        return limit.judge(request, answer);
    }

    private ApiAnswer send(long id, ApiRequest request, RateLimit limit) {
        limit.check(Urgency.ORDINARY);
        var authorization = token(id, limit).header();
        return limit.inTurn(request, Urgency.ORDINARY,
                admission -> transport.send(request, authorization, "installation " + id, admission));
    }

    private Credentials token(long id, RateLimit limit) {
        var kept = tokens.get(id);
        if (kept != null && clock.instant().isBefore(kept.renewAt())) {
            return kept;
        }
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("permissions").put("metadata", "read");
        var request = new ApiRequest(Method.POST, "/app/installations/" + id + "/access_tokens", body.toString(),
                Permission.METADATA_READ, Repeat.HARMLESS);
        var answer = app.exchange(request);
        var fields = answer.fields(request);
        Forms.token(fields);
        var life = Duration.between(answer.date().orElse(clock.instant()), fields.time("expires_at"));
        var made = new Credentials(fields.text("token"), limit, clock.instant().plus(life).minus(BEFORE_THE_END));
        tokens.put(id, made);
        return made;
    }
}
