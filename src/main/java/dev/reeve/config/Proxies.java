package dev.reeve.config;

import dev.reeve.model.Secret;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How requests leave, from the usual environment variables.
 *
 * @param https for {@code https:} addresses
 * @param http for {@code http:} addresses
 * @param direct hosts that are reached without a proxy, as written
 */
public record Proxies(Optional<Proxy> https, Optional<Proxy> http, List<String> direct) {

    /** A proxy; {@code credentials} is {@code user:password}, decoded. */
    public record Proxy(String host, int port, Optional<Secret> credentials) {}

    /** No proxy at all. */
    public static Proxies none() {
        return new Proxies(Optional.empty(), Optional.empty(), List.of());
    }

    /** The proxy to reach a host through, if any: by suffix as most programs read {@code NO_PROXY}. */
    public Optional<Proxy> proxyFor(String scheme, String host) {
        var name = host.toLowerCase(Locale.ROOT);
        boolean isDirect = direct.stream().map(d -> d.toLowerCase(Locale.ROOT)).anyMatch(d -> covers(d, name));
        if (isDirect) {
            return Optional.empty();
        }
        return scheme.equalsIgnoreCase("https") ? https : http;
    }

    private static boolean covers(String rule, String host) {
        var domain = rule.startsWith(".") ? rule.substring(1) : rule;
        return rule.equals("*") || host.equals(domain) || host.endsWith("." + domain);
    }
}
