package dev.reeve.github;

import dev.reeve.model.Proxies;
import dev.reeve.model.Text;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where GitHub's API is and how long it may take.
 *
 * @param api {@code https://api.github.com}, or {@code https://HOST/api/v3} of an Enterprise Server; no trailing slash
 * @param connectTimeout for a connection
 * @param requestTimeout for a whole answer, from the first byte sent to the last byte read
 */
public record Endpoint(URI api, Proxies proxies, Duration connectTimeout, Duration requestTimeout) {

    /** @throws IllegalArgumentException when the address is none that requests can be sent to */
    public Endpoint {
        var scheme = api.getScheme();
        if (!("https".equals(scheme) || "http".equals(scheme)) || api.getHost() == null || api.getRawUserInfo() != null
                || api.getRawQuery() != null || api.getRawFragment() != null) {
            throw new IllegalArgumentException("GITHUB_API_URL is no address of an API: "
                    + Text.quoted(api.getRawUserInfo() == null ? api.toString() : "(with a password in it)")
                    + ". Write https://api.github.com, or https://HOST/api/v3 for an Enterprise Server.");
        }
        api = URI.create(api.toString().replaceAll("/+$", ""));
    }

    /** The address with Reeve's own timeouts: 5 s to connect, 15 s for an answer. */
    public static Endpoint of(URI api, Proxies proxies) {
        return new Endpoint(api, proxies, Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    /** The full address of a path that begins with {@code /}. */
    URI resolve(String path) {
        return URI.create(api + path);
    }

    /** The path of an address below the API's, with its query; nothing when it is anywhere else. */
    Optional<String> pathOf(URI address) {
        var text = address.toString();
        return text.startsWith(api + "/") ? Optional.of(text.substring(api.toString().length())) : Optional.empty();
    }

    /** Whether an address is of the same server, so that it may be told our token. */
    boolean isSameServer(URI other) {
        return api.getScheme().equalsIgnoreCase(other.getScheme()) && api.getHost().equalsIgnoreCase(other.getHost())
                && api.getPort() == other.getPort();
    }
}
