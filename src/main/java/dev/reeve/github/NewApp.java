package dev.reeve.github;

import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.model.Secret;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Optional;

/**
 * An App that was registered from a manifest, with everything that GitHub tells of it once and never again.
 *
 * @param name as people see it
 * @param page its public page, {@code https://github.com/apps/reeve-acme}
 * @param webhookSecret missing when the manifest had no webhook
 */
public record NewApp(long id, String clientId, String slug, String name, URI page, Secret privateKey,
        Optional<Secret> webhookSecret) {

    /**
     * Fetches the App for the code that GitHub's redirect brought; each code is good once, within the hour.
     *
     * @see <a href="https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest">GitHub's description</a>
     * @throws GitHubFailure when GitHub doesn't know the code; as {@link GitHubFailure.Kind.Unavailable} when it can't be asked, after which the code may still be good
     * @throws IllegalArgumentException when it is no code
     */
    public static NewApp redeem(Endpoint endpoint, String code) {
        if (!code.matches("[A-Za-z0-9_-]{1,200}")) {
            throw new IllegalArgumentException("GitHub gives no such codes");
        }
        // The code is used up by the first request that arrives, so it isn't sent again.
        var request = new ApiRequest(Method.POST, "/app-manifests/" + code + "/conversions", null,
                Permission.METADATA_READ, Repeat.NEVER);
        try (var transport = new Transport(endpoint)) {
            var answer = ask(transport, request);
            if (isTooMuch(answer)) {
                throw unavailable("GitHub takes no more requests from this machine for now (its rate limit).", null);
            }
            if (answer.status() != 201) {
                throw new GitHubFailure(new GitHubFailure.Kind.Rejected(answer.status()),
                        "GitHub doesn't take the code for the new App: status %d, %s.".formatted(answer.status(),
                                GitHubFailure.quote(answer.message())));
            }
            return of(answer.fields(request));
        }
    }

    /** The code is in the request's address, so no message shows that. */
    private static ApiAnswer ask(Transport transport, ApiRequest request) {
        try {
            return transport.send(request, "", () -> {});
        } catch (GitHubFailure failure) {
            throw failure.kind() instanceof GitHubFailure.Kind.Unavailable
                    ? unavailable("GitHub did not answer when it was asked for the new App.", failure)
                    : failure;
        }
    }

    private static boolean isTooMuch(ApiAnswer answer) {
        return answer.status() == 429 || (answer.status() == 403 && (answer.header("Retry-After").isPresent()
                || answer.header("X-RateLimit-Remaining").filter("0"::equals).isPresent()));
    }

    private static GitHubFailure unavailable(String message, @Nullable Throwable cause) {
        return new GitHubFailure(new GitHubFailure.Kind.Unavailable(), message, cause);
    }

    private static NewApp of(Fields app) {
        app.webAddress("html_url");
        var key = app.text("pem");
        AppKey.parse(key, "GitHub's answer");
        return new NewApp(app.id("id"), matching(app, "client_id", "[A-Za-z0-9._-]{1,100}"),
                matching(app, "slug", "[A-Za-z0-9_-]{1,100}"), app.text("name"), URI.create(app.text("html_url")),
                new Secret(key), app.optionalText("webhook_secret").filter(text -> !text.isBlank()).map(Secret::new));
    }

    private static String matching(Fields app, String name, String form) {
        var text = app.text(name);
        if (!text.matches(form)) {
            throw app.malformed("without a usable " + name);
        }
        return text;
    }
}
