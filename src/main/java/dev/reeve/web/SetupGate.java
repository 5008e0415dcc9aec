package dev.reeve.web;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Who may set the server up: whoever sits at this machine, or shows the admin token.
 *
 * <p>A browser on this machine may be made to ask by any page that it shows. So the {@code Host} has to be one of this machine (a name that somebody else's DNS leads here is none), and what changes
 * something has to come from a page of our own ({@code Origin}). A proxy on this machine speaks for others, so what it passed on needs the token.
 *
 * <p><b>Threading</b>: any thread.
 */
final class SetupGate {

    private static final String COOKIE = "reeve_session";
    private static final Duration SESSION = Duration.ofHours(2);
    private static final int MOST_SESSIONS = 100;

    private final @Nullable AdminToken token;
    private final Supplier<String> unguessable;
    private final InstantSource clock;
    /** When each session ends, by what the browser was given. */
    private final ConcurrentMap<String, Instant> sessions = new ConcurrentHashMap<>();

    /** What a request may. */
    enum Right {
        /** It may go on. */
        GRANTED,
        /** It has to show the admin token. */
        TOKEN_NEEDED,
        /** There is no token that it could show. */
        NONE
    }

    SetupGate(@Nullable AdminToken token, Supplier<String> unguessable, InstantSource clock) {
        this.token = token;
        this.unguessable = unguessable;
        this.clock = clock;
    }

    Right of(Context context) {
        if (isHere(context) || showsToken(context) || hasSession(context)) {
            return Right.GRANTED;
        }
        return token == null ? Right.NONE : Right.TOKEN_NEEDED;
    }

    /** Whether it comes from this machine and for this machine. */
    private static boolean isHere(Context context) {
        return ThisMachine.connects(context) && host(context).filter(ThisMachine::isNamed).isPresent()
                && !ThisMachine.isPassedOn(context);
    }

    /** Whether a POST comes from one of our own pages, or from a program that shows the token, which no page can make a browser do. */
    boolean isOurOwn(Context context) {
        return origin(context).isPresent() || (showsToken(context) && context.header("Origin") == null);
    }

    private boolean showsToken(Context context) {
        return token != null && token.isShownBy(context.header("Authorization"));
    }

    /** Where the page is that the request comes from, when it is one of ours. */
    static Optional<URI> origin(Context context) {
        return Optional.ofNullable(context.header("Origin"))
                .flatMap(SetupGate::address)
                .filter(origin -> authority(context)
                        .map(origin.getRawAuthority()::equalsIgnoreCase)
                        .orElse(false));
    }

    /** A session for who showed the token; nothing when it isn't the token. */
    boolean login(Context context, String shown) {
        if (token == null || !token.is(shown)) {
            return false;
        }
        var now = clock.instant();
        sessions.values().removeIf(end -> !now.isBefore(end));
        if (sessions.size() >= MOST_SESSIONS) {
            return false;
        }
        var session = unguessable.get();
        sessions.put(session, now.plus(SESSION));
        Cookies.set(context, COOKIE, session, SESSION);
        return true;
    }

    private boolean hasSession(Context context) {
        var shown = Optional.ofNullable(context.cookie(COOKIE)).orElse("").getBytes(StandardCharsets.UTF_8);
        var now = clock.instant();
        return sessions.entrySet()
                .stream()
                .anyMatch(session -> now.isBefore(session.getValue())
                        && MessageDigest.isEqual(shown, session.getKey().getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<String> host(Context context) {
        return authority(context).flatMap(authority -> address("http://" + authority)).map(URI::getHost);
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
