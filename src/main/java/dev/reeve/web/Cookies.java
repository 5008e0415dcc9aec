package dev.reeve.web;

import io.javalin.http.Context;

import java.net.URI;
import java.time.Duration;

/** Cookies of the set-up pages: for nobody's script, sent with no request that another site's page makes but a link that is followed. */
final class Cookies {

    private Cookies() {}

    static void set(Context context, String name, String value, Duration life) {
        // A browser that came by https sends it by https only. By http it is on this machine, or behind a proxy that doesn't say so.
        boolean encrypted = RequestAddress.ownOrigin(context).map(URI::getScheme).filter("https"::equals).isPresent();
        context.res()
                .addHeader("Set-Cookie", name + "=" + value + "; Path=/setup; Max-Age=" + life.toSeconds()
                        + "; HttpOnly; SameSite=Lax" + (encrypted ? "; Secure" : ""));
    }

    static void remove(Context context, String name) {
        set(context, name, "", Duration.ZERO);
    }
}
