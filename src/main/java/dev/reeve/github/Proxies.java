package dev.reeve.github;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Through which proxy an address is reached, by the usual environment variables: {@code HTTPS_PROXY},
 * {@code HTTP_PROXY} and {@code NO_PROXY}, in lower case too (which wins, as in curl). {@code NO_PROXY} lists hosts,
 * domains (with or without a leading dot) and host:port, separated by commas; {@code *} means no proxy at all.
 */
public final class Proxies {

    private final Map<String, URI> byScheme;
    private final List<String> direct;

    private Proxies(Map<String, URI> byScheme, List<String> direct) {
        this.byScheme = byScheme;
        this.direct = direct;
    }

    /** No proxy. */
    public static Proxies none() {
        return new Proxies(Map.of(), List.of());
    }

    /**
     * What the environment says.
     *
     * @throws IllegalArgumentException naming the variable, but not its value (which may hold a password), when it
     *         is no address of an HTTP proxy
     */
    public static Proxies of(Map<String, String> environment) {
        var https = address(environment, "HTTPS_PROXY");
        var http = address(environment, "HTTP_PROXY");
        var map = new HashMap<String, URI>();
        https.ifPresent(uri -> map.put("https", uri));
        http.ifPresent(uri -> map.put("http", uri));
        var direct = variable(environment, "NO_PROXY").orElse("").toLowerCase(Locale.ROOT);
        return new Proxies(Map.copyOf(map),
                List.of(direct.split("[,\\s]+")).stream().filter(host -> !host.isEmpty()).toList());
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT)))
                .filter(value -> !value.isBlank())
                .or(() -> Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank()))
                .map(String::strip);
    }

    private static Optional<URI> address(Map<String, String> environment, String name) {
        return variable(environment, name).map(value -> {
            try {
                var uri = URI.create(value.contains("://") ? value : "http://" + value);
                if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
                    return uri;
                }
            } catch (IllegalArgumentException _) {
                // Its message would quote the value, password and all.
            }
            throw new IllegalArgumentException(
                    name + " is no address of an HTTP proxy: write it as http://[user:password@]host:port");
        });
    }

    /** The proxy for an address, or nothing when it is reached directly. */
    Optional<URI> forTarget(URI target) {
        return isDirect(target) ? Optional.empty() : Optional.ofNullable(byScheme.get(target.getScheme()));
    }

    private boolean isDirect(URI target) {
        var host = target.getHost().toLowerCase(Locale.ROOT);
        var withPort = host + ":" + port(target);
        return direct.stream().anyMatch(entry -> {
            var bare = entry.startsWith("*.") ? entry.substring(1) : entry;
            var domain = bare.startsWith(".") ? bare : "." + bare;
            return entry.equals("*") || ("." + host).endsWith(domain) || ("." + withPort).endsWith(domain);
        });
    }

    /** What the proxy for an address wants to hear of who asks; nothing when it wants nothing. */
    Optional<String> authorization(URI target) {
        return forTarget(target).map(URI::getRawUserInfo).map(user -> {
            var decoded = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** For the JDK's client. */
    ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(@Nullable URI uri) {
                return Optional.ofNullable(uri)
                        .flatMap(Proxies.this::forTarget)
                        .map(proxy -> List.of(new Proxy(Proxy.Type.HTTP,
                                new InetSocketAddress(proxy.getHost(), port(proxy)))))
                        .orElse(List.of(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(@Nullable URI uri, @Nullable SocketAddress address, @Nullable IOException e) {
                // The request itself fails with the same cause and is reported there.
            }
        };
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }

    /** Without credentials. */
    @Override
    public String toString() {
        return "proxies for " + byScheme.keySet();
    }
}
