package dev.reeve.web;

import io.javalin.http.Context;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Which address a request asks for ({@code Host}), and from which page it comes ({@code Origin}). A browser says the truth there; a program whatever it likes. */
final class RequestAddress {

    private RequestAddress() {}

    /** The host that it asks for, without its port. */
    static Optional<String> host(Context context) {
        return authority(context).flatMap(authority -> address("http://" + authority)).map(URI::getHost);
    }

    /** Where the page is that the request comes from, when it is one of ours. */
    static Optional<URI> ownOrigin(Context context) {
        return Optional.ofNullable(context.header("Origin"))
                .flatMap(RequestAddress::address)
                .filter(origin -> authority(context).map(origin.getRawAuthority()::equalsIgnoreCase).orElse(false));
    }

    private static Optional<String> authority(Context context) {
        return Optional.ofNullable(context.header("Host"));
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(new URI(text)).filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
