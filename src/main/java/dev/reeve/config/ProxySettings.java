package dev.reeve.config;

import dev.reeve.model.Proxies;
import dev.reeve.model.Proxies.Proxy;

import java.util.Arrays;
import java.util.List;

/** How requests leave, from the variables that most programs know; lower case goes first, as in most of them. */
final class ProxySettings {

    static final Setting<Proxy> HTTPS = Setting.of("https_proxy", new ProxyForm(),
            "The proxy for outgoing https.").variable("https_proxy", "HTTPS_PROXY").secret();
    static final Setting<Proxy> HTTP = Setting.of("http_proxy", new ProxyForm(),
            "The proxy for outgoing http.").variable("http_proxy", "HTTP_PROXY").secret();
    static final Setting<List<String>> DIRECT = Setting.of("no_proxy", Forms.listOf(Forms.text(253)),
            "Hosts that are reached without a proxy: names with what is below them, `.domain`, `host:port`, `*` for all.")
            .or(List.of())
            .variable("no_proxy", "NO_PROXY");

    private ProxySettings() {}

    static Proxies read(Resolver settings) {
        var direct = settings.get(DIRECT)
                .stream()
                .flatMap(rules -> Arrays.stream(rules.split("\\s+")))
                .filter(rule -> !rule.isEmpty())
                .toList();
        return new Proxies(settings.find(HTTPS), settings.find(HTTP), direct);
    }
}
