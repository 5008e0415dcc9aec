package dev.reeve.api;

import dev.reeve.inbox.NotDurableException;

import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A call that there is.
 *
 * @param path with {@code {name}} for one part and {@code <name>} for several
 */
public record Endpoint(Method method, String path, Function<Call, Reply> calls) {

    /** What it may do. */
    public enum Method {
        /** Look. */
        GET,
        /** Change something. */
        POST
    }

    static Endpoint get(String path, Function<Call, Reply> calls) {
        return new Endpoint(Method.GET, Api.ROOT + path, calls);
    }

    static Endpoint post(String path, Function<Call, Reply> calls) {
        return new Endpoint(Method.POST, Api.ROOT + path, calls);
    }

    /** Answers a call. A fault of our own is thrown. */
    public Reply answer(Call call) {
        try {
            return calls.apply(call);
        } catch (RefusedCall e) {
            return e.problem();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NotDurableException) {
                return RefusedCall.notDurable("nothing was done").problem();
            }
            throw e;
        }
    }
}
