package dev.reeve.github;

import dev.reeve.model.Proxies;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Proxies as the JDK's client takes them. */
final class ProxyRoutes extends ProxySelector {

    private final Proxies proxies;

    ProxyRoutes(Proxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public List<Proxy> select(@Nullable URI uri) {
        return Optional.ofNullable(uri)
                .flatMap(proxies::forTarget)
                .map(proxy -> List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port()))))
                .orElse(List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(@Nullable URI uri, @Nullable SocketAddress address, @Nullable IOException e) {
        // The request itself fails with the same cause and is reported there.
    }

    /** What the proxy for an address wants to hear of who asks; nothing when it wants nothing. */
    Optional<String> authorization(URI target) {
        return proxies.forTarget(target)
                .flatMap(Proxies.Proxy::credentials)
                .map(user -> "Basic "
                        + Base64.getEncoder().encodeToString(user.reveal().getBytes(StandardCharsets.UTF_8)));
    }
}
