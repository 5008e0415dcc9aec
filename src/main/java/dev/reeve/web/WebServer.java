package dev.reeve.web;

import dev.reeve.api.Api;
import dev.reeve.intake.Intake;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The listening server.
 *
 * <p><b>Threading:</b> a few platform threads move bytes; each request is handled on a virtual thread, which may block.
 */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int MOST_CONNECTIONS = 1_000;
    private static final int MOST_THREADS = 12;
    private static final int HEADER_BYTES = 16 * 1024;
    private static final String PLAIN = "text/plain;charset=utf-8";

    private final Javalin javalin;

    private WebServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Listens.
     *
     * @param intake where webhooks go
     * @param metrics what {@code /metrics} shows
     * @param more what else there is
     * @throws IllegalStateException when the port is taken or not allowed
     */
    public static WebServer start(WebSettings settings, Intake intake, Readiness readiness,
            PrometheusMeterRegistry metrics, Routes... more) {
        return start(settings, () -> Optional.of(intake), readiness, metrics, more);
    }

    /**
     * Listens, for a server that may have to be set up first.
     *
     * @param intake where webhooks go as soon as an App is configured; until then they are refused
     * @throws IllegalStateException when the port is taken or not allowed
     */
    public static WebServer start(WebSettings settings, Supplier<Optional<Intake>> intake, Readiness readiness,
            PrometheusMeterRegistry metrics, Routes... more) {
        var javalin = Javalin.create(config -> {
            limits(config, settings);
            errors(config);
            config.routes.post("/webhooks/github", new WebhookRoute(intake, settings));
            config.routes.get("/healthz", context -> context.result("alive\n"));
            config.routes.get("/readyz", context -> ready(context, readiness));
            config.routes.get("/metrics", context -> metrics(context, settings, metrics));
            for (var routes : more) {
                routes.addTo(config.routes);
            }
        });
        try {
            return new WebServer(javalin.start());
        } catch (JavalinBindException e) {
            throw new IllegalStateException("port " + settings.port() + " on " + settings.host()
                    + " is taken or not allowed: stop what listens there, or set another with --port or PORT", e);
        }
    }

    private static void limits(JavalinConfig config, WebSettings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = PLAIN;
        config.jetty.threadPool = threads();
        config.jetty.modifyHttpConfiguration(WebServer::http);
        config.jetty.modifyServletContextHandler(handler -> handler.setErrorHandler(new PlainErrors()));
        config.jetty.modifyServer(server -> {
            server.setHandler(new GracefulHandler());
            server.setErrorHandler(new PlainErrors());
            server.setStopTimeout(settings.patience().toMillis());
            server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
        });
        config.jetty.addConnector((server, http) -> connector(server, http, settings));
    }

    private static QueuedThreadPool threads() {
        var pool = new QueuedThreadPool(MOST_THREADS, 3);
        pool.setName("web");
        pool.setDaemon(true);
        pool.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        return pool;
    }

    private static void http(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setResponseHeaderSize(HEADER_BYTES);
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, WebSettings settings) {
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.patience().toMillis());
        return connector;
    }

    private static void errors(JavalinConfig config) {
        config.routes.before(context -> context.header("X-Content-Type-Options", "nosniff"));
        config.routes.error(404, context -> told(context, 404, "there is nothing here"));
        config.routes.error(405, context -> told(context, 405, "this path takes another method"));
        config.routes.exception(IOException.class, (_, context) -> context.status(400).result("the body broke off\n"));
        config.routes.exception(Exception.class, WebServer::failed);
    }

    /** As who asked expects it, unless a route has said more already. */
    private static void told(Context context, int status, String words) {
        if (!ApiRoutes.isOurs(context)) {
            context.contentType(PLAIN).result(words + "\n");
        } else if (!String.valueOf(context.res().getContentType()).startsWith(Problems.TYPE)) {
            Problems.answer(context, status, words + ": see " + Api.ROOT + "/openapi.json");
        }
    }

    private static void failed(Exception failure, Context context) {
        if (failure instanceof HttpException http) {
            context.status(http.getCode()).result("the request is malformed\n");
        } else if (ApiRoutes.isOurs(context)) {
            ApiRoutes.failed(context, failure);
        } else {
            LOG.error("a request to {} failed", context.endpoints().lastHttpEndpoint(), failure);
            context.status(500).result("something went wrong here\n");
        }
    }

    private static void ready(Context context, Readiness readiness) {
        var problems = readiness.problems();
        if (problems.isEmpty()) {
            context.result("ready\n");
        } else {
            context.status(503).result(String.join("\n", problems) + "\n");
        }
    }

    private static void metrics(Context context, WebSettings settings, PrometheusMeterRegistry metrics) {
        var token = settings.adminToken();
        if (token != null && !token.isShownBy(context.header("Authorization"))) {
            context.status(401).header("WWW-Authenticate", "Bearer").result("show the admin token as bearer token\n");
        } else {
            context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
        }
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Takes no more requests, lets those under way end, and stops. */
    @Override
    public void close() {
        javalin.stop();
    }
}
