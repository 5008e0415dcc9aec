package dev.reeve.config;

import dev.reeve.model.Proxies;
import dev.reeve.model.Proxies.Proxy;
import dev.reeve.model.Secret;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The secrets inside of secrets, in the forms in which other programs repeat them: the password of an address, what a proxy is shown. */
final class SecretParts {

    private static final Pattern IN_LOGIN = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*+://[^/?#:@]*+:([^/?#]+)@");
    private static final Pattern LOGIN = Pattern
            .compile("^[A-Za-z][A-Za-z0-9+.-]*+://([^/?#:@]*+:[^/?#]+)@");
    private static final Pattern IN_QUERY = Pattern.compile("[?&](?:ssl)?password=([^&#]++)");

    private SecretParts() {}

    /** The passwords in an address, as they are written and as they are meant. */
    static Stream<Secret> ofAddress(Secret address) {
        return Stream.of(IN_LOGIN, IN_QUERY)
                .flatMap(pattern -> pattern.matcher(address.reveal()).results())
                .map(found -> found.group(1))
                .flatMap(written -> Stream.concat(Stream.of(written), decoded(written).stream()))
                .map(Secret::new);
    }

    /** As {@link #ofAddress}, and the login as a header shows it. */
    static Stream<Secret> ofProxy(Secret address) {
        var logins = LOGIN.matcher(address.reveal())
                .results()
                .flatMap(found -> decoded(found.group(1)).stream())
                .map(Secret::new)
                .flatMap(SecretParts::ofCredentials);
        return Stream.concat(ofAddress(address), logins);
    }

    private static Optional<String> decoded(String written) {
        try {
            return Optional.of(URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            // Not percent-encoded after all.
            return Optional.empty();
        }
    }

    static Stream<Secret> of(Proxies proxies) {
        return Stream.of(proxies.https(), proxies.http())
                .flatMap(Optional::stream)
                .map(Proxy::credentials)
                .flatMap(Optional::stream)
                .flatMap(SecretParts::ofCredentials);
    }

    private static Stream<Secret> ofCredentials(Secret login) {
        var text = login.reveal();
        var base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        int colon = text.indexOf(':');
        return Stream.concat(Stream.of(login, new Secret(base64)),
                colon < 0 ? Stream.empty() : Stream.of(new Secret(text.substring(colon + 1))));
    }
}
