package dev.reeve.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.api.Api;
import dev.reeve.api.Call;
import dev.reeve.api.Caller;
import dev.reeve.api.Endpoint;
import dev.reeve.api.Reply;
import dev.reeve.web.OperatorAccess.Right;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * {@code /api/v1/…}: judges who calls and how, carries the call to {@link Api} and its reply back. What changes something must come as JSON, which no
 * page of another site can send without being asked about first.
 */
public final class ApiRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(ApiRoutes.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LARGE_AT_ONCE = 2;
    private static final String SET = ": set REEVE_ADMIN_TOKEN and show it as a bearer token";

    private final Api api;
    private final OperatorAccess access;
    private final BodyMemory memory = new BodyMemory(16 * Api.LARGEST_BODY);
    private final Body.Limits limits;
    private final Semaphore larges = new Semaphore(LARGE_AT_ONCE);

    /** @param patience how long a body may take */
    public ApiRoutes(Api api, OperatorAccess access, Duration patience) {
        this.api = api;
        this.access = access;
        this.limits = new Body.Limits(Api.LARGEST_BODY, patience);
    }

    /** Whether a path is the API's, so that what is wrong with a request to it is told as its callers expect. */
    static boolean isOurs(Context context) {
        return context.path().startsWith(Api.ROOT + "/");
    }

    @Override
    public void addTo(RoutesConfig routes) {
        for (var endpoint : api.endpoints()) {
            switch (endpoint.method()) {
                case GET -> routes.get(endpoint.path(), context -> answer(context, endpoint));
                case POST -> routes.post(endpoint.path(), context -> answer(context, endpoint));
            }
        }
    }

    private void answer(Context context, Endpoint endpoint) throws IOException {
        context.header("Cache-Control", "no-store");
        switch (access.of(context)) {
            case Right.Granted() -> admitted(context, endpoint);
            case Right.TokenNeeded() -> refuse(context, 401, "show the admin token: Authorization: Bearer …");
            case Right.None(var why) -> refuse(context, 403, why + SET);
        }
    }

    private static void refuse(Context context, int status, String detail) {
        context.header("WWW-Authenticate", "Bearer");
        Problems.answer(context, status, detail);
    }

    private void admitted(Context context, Endpoint endpoint) throws IOException {
        if (endpoint.method() == Endpoint.Method.POST && !isJson(context)) {
            Problems.answer(context, 415, "Content-Type must be application/json");
        } else {
            read(context, endpoint);
        }
    }

    private static boolean isJson(Context context) {
        var type = context.header("Content-Type");
        return type != null && type.replaceFirst(";.*", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals("application/json");
    }

    private void read(Context context, Endpoint endpoint) throws IOException {
        var request = context.req();
        try (var share = memory.share()) {
            switch (Body.read(request.getInputStream(), request.getContentLengthLong(), limits, share)) {
                case Body.Whole whole -> reply(context, endpoint, whole.bytes());
                case Body.TooLarge() -> Problems.answer(context, 413, "the body is larger than 64 kB");
                case Body.NoRoom() -> Problems.answer(context, 503, "too many calls are being received: try again");
                case Body.TooSlow() -> Problems.answer(context, 408, "the body took too long");
            }
        }
    }

    private void reply(Context context, Endpoint endpoint, byte[] body) throws IOException {
        var caller = new Caller(access.shown(), context.header("X-Reeve-Operator"), context.header("X-Reeve-Command"));
        var call = new Call(context.pathParamMap(), context.queryParamMap(), new Call.Body(body), caller);
        switch (endpoint.answer(call)) {
            case Reply.Data data -> write(context, data);
            case Reply.Large large -> stream(context, large);
            case Reply.Problem problem -> {
                if (problem.retryAfterSeconds() != null) {
                    context.header("Retry-After", problem.retryAfterSeconds().toString());
                }
                Problems.answer(context, problem.status(), problem.detail());
            }
        }
    }

    private static void write(Context context, Reply.Data data) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            data.json().to(json);
        }
        context.status(data.status()).contentType("application/json").result(bytes.toByteArray());
    }

    /** Nothing of it is gathered here, so it takes as much memory as its pieces do, for each of those who are told at once. */
    private void stream(Context context, Reply.Large large) throws IOException {
        if (!larges.tryAcquire()) {
            context.header("Retry-After", "1");
            Problems.answer(context, 503, "other large answers are being sent: try again in a moment");
            return;
        }
        try {
            context.status(large.status()).contentType("application/json");
            // What breaks off must not look whole.
            try (var json = JSON.createGenerator(context.outputStream())
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)) {
                large.json().to(json);
            }
        } finally {
            larges.release();
        }
    }

    /** A fault of our own. */
    static void failed(Context context, Exception failure) {
        LOG.error("a {} below {} failed", context.method(), Api.ROOT, failure);
        Problems.answer(context, 500, "something went wrong here; the server's log says what");
    }
}
