package dev.reeve.github;

import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What GitHub has on record about the App: what it may do, where its webhook goes, where it is installed. Asked for when somebody wants to know, not by the work.
 *
 * <p><b>Threading</b>: any thread. Each method asks GitHub and throws {@link GitHubFailure}.
 */
public final class AppInquiry {

    private static final int MOST_PAGES = 10;

    private final Transport transport;
    private final AppCalls calls;

    AppInquiry(Transport transport, AppCalls calls) {
        this.transport = transport;
        this.calls = calls;
    }

    /**
     * The App as it is registered.
     *
     * @param permissions each with its level, {@code contents} and {@code write}
     */
    public record Registration(String name, String slug, Map<String, String> permissions, List<String> events) {}

    /**
     * Where GitHub delivers to. What GitHub doesn't say is missing.
     *
     * @param contentType {@code json} or {@code form}
     * @param hasSecret whether deliveries are signed
     * @param verifiesTls whether GitHub checks the server's certificate
     */
    public record Webhook(Optional<String> url, Optional<String> contentType, boolean hasSecret,
            boolean verifiesTls) {}

    /**
     * The App on one account.
     *
     * @param account whose it is
     * @param permissions what was accepted there; may be less than what the App asks for
     */
    public record Installed(long id, String account, Map<String, String> permissions, List<String> events,
            boolean suspended) {}

    /**
     * One of our keys.
     *
     * @param refusal GitHub's words when it doesn't accept it
     * @param clockError by how much GitHub's clock is ahead of ours, to the second
     */
    public record Key(String fingerprint, Optional<String> refusal, Optional<Duration> clockError) {}

    /** How many requests an installation has left until its limit starts anew. */
    public record Rate(long limit, long left, Instant resets) {}

    /** Each of our keys, and whether GitHub accepts it. */
    public List<Key> keys() {
        return calls.tryKeys(reading("/app"));
    }

    /** The App itself. */
    public Registration registration() {
        var request = reading("/app");
        var answer = calls.exchange(request);
        var app = answer.fields(request);
        return new Registration(app.text("name"), app.optionalText("slug").orElse(""),
                app.object("permissions").texts(), app.words("events"));
    }

    /** Its webhook. */
    public Webhook webhook() {
        var hook = ask("/app/hook/config");
        return new Webhook(hook.optionalText("url").filter(url -> !url.isBlank()), hook.optionalText("content_type"),
                hook.optionalText("secret").filter(secret -> !secret.isBlank()).isPresent(),
                !hook.node().path("insecure_ssl").asText("0").equals("1"));
    }

    /** Where it is installed, at most a thousand. */
    public List<Installed> installations() {
        var all = new ArrayList<Installed>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            var request = reading("/app/installations?per_page=100&page=" + page);
            var answer = calls.exchange(request);
            answer.fields(request).each().map(AppInquiry::installed).forEach(all::add);
            if (!answer.hasNextPage()) {
                break;
            }
        }
        return List.copyOf(all);
    }

    private static Installed installed(Fields one) {
        var account = one.optionalObject("account").flatMap(who -> who.optionalText("login")).orElse("?");
        return new Installed(one.id("id"), account, one.object("permissions").texts(), one.words("events"),
                one.optionalTime("suspended_at").isPresent());
    }

    /** What an installation has left, which costs it nothing; it must not be suspended. */
    public Rate rate(long installation) {
        var asked = new ApiRequest(Method.POST, "/app/installations/" + installation + "/access_tokens",
                "{\"permissions\":{\"metadata\":\"read\"}}", Permission.METADATA_READ, Repeat.HARMLESS);
        var token = calls.exchange(asked).fields(asked).text("token");
        var request = reading("/rate_limit");
        var answer = transport.send(request, "Bearer " + token, () -> {});
        if (answer.status() != 200) {
            throw GitHubFailure.malformed(request, "status " + answer.status());
        }
        var core = answer.fields(request).object("resources").object("core");
        return new Rate(core.number("limit"), core.number("remaining"), Instant.ofEpochSecond(core.number("reset")));
    }

    private Fields ask(String path) {
        var request = reading(path);
        return calls.exchange(request).fields(request);
    }

    private static ApiRequest reading(String path) {
        return new ApiRequest(Method.GET, path, null, Permission.METADATA_READ, Repeat.HARMLESS);
    }
}
