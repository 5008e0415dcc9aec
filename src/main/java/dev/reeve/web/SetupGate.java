package dev.reeve.web;

import dev.reeve.web.OperatorAccess.Right;
import io.javalin.http.Context;

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
 * Who may set the server up: whom {@link OperatorAccess} lets in, and, since a browser shows no token with each request, who showed it on the login page a while ago.
 *
 * <p>A browser may be made to ask by any page that it shows. So what changes something has to come from a page of our own ({@code Origin}).
 *
 * <p><b>Threading</b>: any thread.
 */
final class SetupGate {

    private static final String COOKIE = "reeve_session";
    private static final Duration SESSION = Duration.ofHours(2);
    private static final int MOST_SESSIONS = 100;

    private final OperatorAccess access;
    private final Supplier<String> unguessable;
    private final InstantSource clock;
    /** Each session, by what the browser was given. */
    private final ConcurrentMap<String, Session> sessions = new ConcurrentHashMap<>();

    /**
     * Somebody who showed the token.
     *
     * @param edition of the token that was shown: with another one, all sessions are over
     */
    private record Session(Instant end, int edition) {

        boolean isGood(Instant now, AdminToken token) {
            return now.isBefore(end) && edition == token.edition();
        }
    }

    SetupGate(OperatorAccess access, Supplier<String> unguessable, InstantSource clock) {
        this.access = access;
        this.unguessable = unguessable;
        this.clock = clock;
    }

    Right of(Context context) {
        return hasSession(context) ? new Right.Granted() : access.of(context);
    }

    /** Whether a POST comes from one of our own pages, or from a program that shows the token, which no page can make a browser do. */
    boolean isOurOwn(Context context) {
        return RequestAddress.ownOrigin(context).isPresent()
                || (access.isTokenShown(context) && context.header("Origin") == null);
    }

    /** A session for who showed the token; nothing when it isn't the token. */
    boolean login(Context context, String shown) {
        return access.token().filter(token -> login(context, token, shown)).isPresent();
    }

    private boolean login(Context context, AdminToken token, String shown) {
        int edition = token.edition();
        if (!token.is(shown)) {
            return false;
        }
        var now = clock.instant();
        sessions.values().removeIf(session -> !session.isGood(now, token));
        if (sessions.size() >= MOST_SESSIONS) {
            return false;
        }
        var session = unguessable.get();
        sessions.put(session, new Session(now.plus(SESSION), edition));
        Cookies.set(context, COOKIE, session, SESSION);
        return true;
    }

    private boolean hasSession(Context context) {
        var shown = Optional.ofNullable(context.cookie(COOKIE)).orElse("").getBytes(StandardCharsets.UTF_8);
        var now = clock.instant();
        return access.token()
                .filter(token -> sessions.entrySet()
                        .stream()
                        .anyMatch(session -> session.getValue().isGood(now, token)
                                && MessageDigest.isEqual(shown, session.getKey().getBytes(StandardCharsets.UTF_8))))
                .isPresent();
    }
}
