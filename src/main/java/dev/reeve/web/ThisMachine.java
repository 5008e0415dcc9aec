package dev.reeve.web;

import io.javalin.http.Context;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * What a request shows of whether somebody at this machine makes it. Each of these can be told apart only as far as others play along: a proxy on this machine that
 * says nothing of itself looks like somebody who sits here.
 */
final class ThisMachine {

    /** What proxies add, in lower case; of those that begin so there are several. */
    private static final List<String> OF_PROXIES = List.of("forwarded", "via", "x-forwarded", "x-real-ip",
            "cf-connecting-ip", "true-client-ip");

    private ThisMachine() {}

    /** Whether the connection comes from here. */
    static boolean connects(Context context) {
        try {
            return InetAddress.ofLiteral(context.req().getRemoteAddr()).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Whether a proxy says that it stands between. */
    static boolean isPassedOn(Context context) {
        return context.headerMap()
                .keySet()
                .stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> OF_PROXIES.stream().anyMatch(name::startsWith));
    }
}
