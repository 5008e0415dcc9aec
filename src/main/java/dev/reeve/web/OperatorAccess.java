package dev.reeve.web;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Who may call the API: whoever shows the admin token. Where none is set, who sits at this machine, as far as that can be told: the connection comes
 * from it, the name asked for is its own (so no page in a browser reaches it by a name of its own making), and nothing says that a proxy stands between.
 */
public final class OperatorAccess {

    /** Whom the server is there for. */
    public enum Reach {
        /** Nothing says that others reach it. */
        THIS_MACHINE,
        /** It has a public address. */
        OTHERS
    }

    private static final String SET = ": set REEVE_ADMIN_TOKEN and show it as a bearer token";

    private final @Nullable AdminToken token;
    private final Reach reach;

    /** @param token null when none is set */
    public OperatorAccess(@Nullable AdminToken token, Reach reach) {
        this.token = token;
        this.reach = reach;
    }

    /** Why a call is refused. */
    record Refused(int status, String detail) {}

    /** What was verified of a caller who is let in. */
    String shown() {
        return token == null ? "this machine" : "admin token";
    }

    /** Why the request is refused; nothing when it is let in. */
    Optional<Refused> refusal(Context context) {
        if (token != null) {
            return token.isShownBy(context.header("Authorization")) ? Optional.empty()
                    : Optional.of(new Refused(401, "show the admin token: Authorization: Bearer …"));
        }
        return notLocal(context).map(why -> new Refused(403, why + SET));
    }

    private Optional<String> notLocal(Context context) {
        if (reach == Reach.OTHERS) {
            return Optional.of("this server has a public address and no admin token");
        }
        if (!ThisMachine.connects(context)) {
            return Optional.of("without an admin token only this machine may call");
        }
        if (ThisMachine.isPassedOn(context)) {
            return Optional.of("this came through a proxy, which lets others in");
        }
        return namesThisMachine(context.header("Host")) ? Optional.empty()
                : Optional.of("call it by the name localhost or 127.0.0.1");
    }

    private static boolean namesThisMachine(@Nullable String host) {
        return host != null && ThisMachine.isNamed(host.replaceFirst(":[0-9]+$", ""));
    }
}
