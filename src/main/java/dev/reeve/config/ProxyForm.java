package dev.reeve.config;

import dev.reeve.model.Proxies.Proxy;
import dev.reeve.model.Secret;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** A proxy's address, {@code http://user:password@host:3128} or {@code host:3128}. It may hold a password, so no message shows it. */
record ProxyForm() implements Form<Proxy> {

    @Override
    public String expected() {
        return "a proxy's address such as http://host:3128";
    }

    @Override
    public Optional<Proxy> read(Value value, Complaint wrong) {
        var proxy = value instanceof Value.Scalar(var text, _) ? parse(text.strip()) : Optional.<Proxy>empty();
        if (proxy.isEmpty()) {
            wrong.about(value, "must be " + expected() + " (what was set is not shown)");
        }
        return proxy;
    }

    private static Optional<Proxy> parse(String text) {
        try {
            var uri = new URI(text.contains("://") ? text : "http://" + text);
            boolean usable = uri.getHost() != null && "http".equals(uri.getScheme()) && uri.getPort() != 0
                    && uri.getPort() <= 65_535;
            return Optional.of(uri)
                    .filter(_ -> usable)
                    .map(u -> new Proxy(u.getHost(), u.getPort() < 0 ? 80 : u.getPort(),
                            Optional.ofNullable(u.getUserInfo()).map(Secret::new)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
