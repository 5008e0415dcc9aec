package dev.reeve.github;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.github.GitHubFailure.Kind;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests and brings answers, whatever they say, short of faults of the network and of GitHub itself, which
 * are {@link Kind.Unavailable}. It knows nothing of tokens and limits; those are with whoever calls it.
 *
 * <p><b>Threading</b>: any thread; a call blocks its thread until the answer is there or the time is up.
 */
final class Transport implements AutoCloseable {

    private static final int LARGEST_ANSWER = 8 * 1024 * 1024;
    private static final long CACHED_BYTES = 16 * 1024 * 1024;
    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS_OF_READS = Set.of(301, 302, 307, 308);

    private static final RetryPolicy<ApiAnswer> AGAIN = RetryPolicy.<ApiAnswer>builder()
            .handleIf(e -> e instanceof GitHubFailure failure && failure.kind() instanceof Kind.Unavailable
                    && !Thread.currentThread().isInterrupted())
            .withMaxRetries(2)
            .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(1))
            .withJitter(0.5)
            .build();

    static {
        // The JDK refuses to send a password to a proxy through which it tunnels, unless told otherwise before the
        // first client is made. Those who put a password into HTTPS_PROXY want it sent.
        if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    private final Endpoint endpoint;
    private final ProxyRoutes routes;
    private final HttpClient client;
    private final EtagCache cache = new EtagCache(CACHED_BYTES);

    Transport(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.routes = new ProxyRoutes(endpoint.proxies());
        // HTTP/1.1: on a plain connection the client would otherwise ask to upgrade with every first request.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(endpoint.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(routes)
                .build();
    }

    /**
     * The answer to a request, its redirects followed and, for a request that may be repeated, after at most two more tries.
     *
     * @param authorization the header's value; empty to ask as nobody
     * @param admission run before each try; it may throw, and then nothing is sent
     * @throws GitHubFailure as {@link Kind.Unavailable} or {@link Kind.Malformed}
     */
    ApiAnswer send(ApiRequest request, String authorization, Runnable admission) {
        return send(request, authorization, "", admission);
    }

    /**
     * As {@link #send(ApiRequest, String, Runnable)}, for an address at which each asker has an answer of its own.
     *
     * @param asker tells apart what is known of the answers
     */
    ApiAnswer send(ApiRequest request, String authorization, String asker, Runnable admission) {
        if (request.repeat() == Repeat.NEVER) {
            admission.run();
            return attempt(request, authorization, asker);
        }
        try {
            return Failsafe.with(AGAIN).get(() -> {
                admission.run();
                return attempt(request, authorization, asker);
            });
        } catch (FailsafeException e) {
            // Only an interrupt while it waited for the next try ends up here.
            Thread.currentThread().interrupt();
            throw GitHubFailure.unavailable(request, "interrupted", e);
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    private ApiAnswer attempt(ApiRequest request, String authorization, String asker) {
        var address = endpoint.resolve(request.path());
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            var known = request.method() == Method.GET ? cache.get(new EtagCache.Key(address, asker)) : null;
            var response = askAt(request, address, authorization, known);
            var next = redirect(request, address, response);
            if (next.isEmpty()) {
                return answer(request, asker, response, known);
            }
            address = next.get();
        }
        throw GitHubFailure.malformed(request, "a chain of redirects");
    }

    private HttpResponse<byte[]> askAt(ApiRequest request, URI address, String authorization,
            EtagCache.@Nullable Entry known) {
        var body = request.body() == null ? BodyPublishers.noBody()
                : BodyPublishers.ofString(request.body());
        var http = HttpRequest.newBuilder(address)
                .method(request.method().name(), body)
                .header("Accept", "application/vnd.github+json")
                .header("User-Agent", "reeve")
                .header("X-GitHub-Api-Version", "2022-11-28");
        if (!authorization.isEmpty()) {
            http.header("Authorization", authorization);
        }
        if (request.body() != null) {
            http.header("Content-Type", "application/json; charset=utf-8");
        }
        if (known != null) {
            http.header("If-None-Match", known.etag());
        }
        routes.authorization(address).ifPresent(value -> http.header("Proxy-Authorization", value));
        return exchange(request, http.build());
    }

    private HttpResponse<byte[]> exchange(ApiRequest request, HttpRequest http) {
        var coming = client.sendAsync(http, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            // A timeout that is set on the request would end with the headers; this one covers the body as well.
            return coming.get(endpoint.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw cancelled(coming, request, "nothing within " + endpoint.requestTimeout().toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled(coming, request, "interrupted", e);
        } catch (ExecutionException e) {
            throw failed(request, e.getCause() == null ? e : e.getCause());
        }
    }

    private static GitHubFailure cancelled(CompletableFuture<?> coming, ApiRequest request, String what, Exception e) {
        coming.cancel(true);
        return GitHubFailure.unavailable(request, what, e);
    }

    private static GitHubFailure failed(ApiRequest request, Throwable e) {
        var message = String.valueOf(e.getMessage());
        if (e instanceof IOException && message.contains("exceeds capacity")) {
            return GitHubFailure.malformed(request, "larger than " + LARGEST_ANSWER + " bytes");
        }
        var what = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + GitHubFailure.quote(message));
        return GitHubFailure.unavailable(request, what, e);
    }

    /** Where the answer sends us; a token goes to no other server than the one it is for. */
    private Optional<URI> redirect(ApiRequest request, URI from, HttpResponse<?> response) {
        int status = response.statusCode();
        boolean follows = request.method() == Method.GET ? REDIRECTS_OF_READS.contains(status)
                : status == 307 || status == 308;
        if (!follows) {
            return Optional.empty();
        }
        try {
            var to = from.resolve(URI.create(response.headers().firstValue("Location").orElse("")));
            if (to.getHost() != null && endpoint.isSameServer(to)) {
                return Optional.of(to);
            }
        } catch (IllegalArgumentException _) {
            // No address: the same fault as one that we don't follow.
        }
        throw GitHubFailure.malformed(request, "a redirect to another server");
    }

    private ApiAnswer answer(ApiRequest request, String asker, HttpResponse<byte[]> response,
            EtagCache.@Nullable Entry known) {
        int status = response.statusCode();
        if (status >= 500) {
            throw GitHubFailure.unavailable(request, "it failed with status " + status, null);
        }
        if (status == 304 && known != null) {
            return new ApiAnswer(200, response.headers(), known.link(), known.body());
        }
        var body = new String(response.body(), StandardCharsets.UTF_8);
        var link = response.headers().firstValue("Link");
        if (request.method() == Method.GET && status == 200) {
            response.headers()
                    .firstValue("ETag")
                    .ifPresent(etag -> cache.put(new EtagCache.Key(response.uri(), asker),
                            new EtagCache.Entry(etag, link, body)));
        }
        return new ApiAnswer(status, response.headers(), link, body);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
