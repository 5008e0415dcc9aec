package dev.reeve.model;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Through which proxy an address is reached, by the rules that most programs follow.
 *
 * @param https for {@code https:} addresses
 * @param http for {@code http:} addresses
 * @param direct what is reached without a proxy: hosts, domains (with or without {@code .} or {@code *.} before them,
 *        always with what is below them), any of these with {@code :port}, or {@code *} for all; case doesn't matter
 */
public record Proxies(Optional<Proxy> https, Optional<Proxy> http, List<String> direct) {

    /**
     * A proxy that is itself reached by plain HTTP.
     *
     * @param credentials {@code user:password}, decoded
     */
    public record Proxy(String host, int port, Optional<Secret> credentials) {}

    /** Keeps the rules in lower case. */
    public Proxies {
        direct = direct.stream().map(rule -> rule.toLowerCase(Locale.ROOT)).toList();
    }

    /** No proxy at all. */
    public static Proxies none() {
        return new Proxies(Optional.empty(), Optional.empty(), List.of());
    }

    /** The proxy to reach an address through; nothing when it is reached directly. */
    public Optional<Proxy> forTarget(URI target) {
        var scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        return isDirect(target) ? Optional.empty() : switch (scheme) {
            case "https" -> https;
            case "http" -> http;
            default -> Optional.empty();
        };
    }

    private boolean isDirect(URI target) {
        if (target.getHost() == null) {
            return true;
        }
        var host = "." + target.getHost().toLowerCase(Locale.ROOT);
        var withPort = host + ":" + port(target);
        return direct.stream().anyMatch(rule -> {
            var bare = rule.startsWith("*.") ? rule.substring(1) : rule;
            var domain = bare.startsWith(".") ? bare : "." + bare;
            return rule.equals("*") || host.endsWith(domain) || withPort.endsWith(domain);
        });
    }

    private static int port(URI target) {
        if (target.getPort() >= 0) {
            return target.getPort();
        }
        return "https".equalsIgnoreCase(target.getScheme()) ? 443 : 80;
    }
}
