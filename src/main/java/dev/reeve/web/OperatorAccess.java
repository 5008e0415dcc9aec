package dev.reeve.web;

import dev.reeve.model.Loopback;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who may call the API, and who may set the server up: whoever shows the admin token. Where none is set, who sits at this machine, as far as that can be told: the connection comes
 * from it, the name asked for is its own (so no page in a browser reaches it by a name of its own making), nothing says that a proxy stands between, and the server has no address at
 * which others reach it.
 *
 * <p>None of that shows a proxy on this machine that hides itself and asks for {@code localhost}, as nginx does by itself. Therefore nothing but the token counts where one is set.
 *
 * <p><b>Threading</b>: any thread.
 */
public final class OperatorAccess {

    /** Whom the server is there for. */
    public enum Reach {
        /** Nothing says that others reach it. */
        THIS_MACHINE,
        /** It has a public address. */
        OTHERS
    }

    private final @Nullable AdminToken token;
    private final Supplier<Reach> reach;

    /**
     * The gate.
     *
     * @param token null when none is set
     * @param reach asked with each request, since a set-up may change it
     */
    public OperatorAccess(@Nullable AdminToken token, Supplier<Reach> reach) {
        this.token = token;
        this.reach = reach;
    }

    /** What a request may. */
    sealed interface Right {

        /** It may go on. */
        record Granted() implements Right {}

        /** It has to show the admin token. */
        record TokenNeeded() implements Right {}

        /** There is no token that it could show, and something is in the way of doing without: what. */
        record None(String why) implements Right {}
    }

    /** What was verified of a caller who is let in. */
    String shown() {
        return token == null ? "this machine" : "admin token";
    }

    Optional<AdminToken> token() {
        return Optional.ofNullable(token);
    }

    Right of(Context context) {
        if (token != null) {
            return isTokenShown(context) ? new Right.Granted() : new Right.TokenNeeded();
        }
        return notHere(context).<Right>map(Right.None::new).orElseGet(Right.Granted::new);
    }

    /** Whether it shows the token in a header, which no page can make a browser do. */
    boolean isTokenShown(Context context) {
        return token != null && token.isShownBy(context.header("Authorization"));
    }

    private Optional<String> notHere(Context context) {
        if (reach.get() == Reach.OTHERS) {
            return Optional.of("this server has a public address and no admin token");
        }
        if (!ThisMachine.connects(context)) {
            return Optional.of("without an admin token only this machine may call");
        }
        if (ThisMachine.isPassedOn(context)) {
            return Optional.of("this came through a proxy, which lets others in");
        }
        return RequestAddress.host(context).filter(Loopback::is).isPresent() ? Optional.empty()
                : Optional.of("call it by the name localhost or 127.0.0.1");
    }
}
