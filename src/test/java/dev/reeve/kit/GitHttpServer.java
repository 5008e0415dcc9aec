package dev.reeve.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Serves the bare repositories of a folder over smart HTTP by git's own CGI program, asking for a token as GitHub does:
 * Basic, user {@code x-access-token}.
 *
 * <p><i>Threading:</i> answers each request on a thread of its own; {@link #close} ends them.
 */
public final class GitHttpServer implements AutoCloseable {

    private static final String USER = "x-access-token:";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path folder;
    private final AtomicReference<Predicate<Optional<String>>> admission = new AtomicReference<>(_ -> true);
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicReference<Optional<Integer>> fault = new AtomicReference<>(Optional.empty());
    private final AtomicReference<BooleanSupplier> chance = new AtomicReference<>(() -> false);
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private GitHttpServer(HttpServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /** Starts on a free port of the loopback interface. */
    public static GitHttpServer of(Path folder) {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var server = new GitHttpServer(http, folder);
            http.createContext("/", server::answer);
            http.setExecutor(server.threads);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets in only who has this token. */
    public GitHttpServer requiring(String onlyToken) {
        return requiring(onlyToken::equals);
    }

    /** Lets in only who has a token that is good at that moment. */
    public GitHttpServer requiring(Predicate<String> isGood) {
        admission.set(token -> token.filter(isGood).isPresent());
        return this;
    }

    /** Carries out so many of the next pushes and cuts the connection instead of answering. */
    public void cutAfterPushes(int pushes) {
        unanswered.set(pushes);
    }

    /** Answers everything with this status from now on; with nothing, works again. */
    public void failWith(Optional<Integer> status) {
        fault.set(status);
    }

    /** Each request fails with 502 for which this says so. */
    public void failWhen(BooleanSupplier strikes) {
        chance.set(strikes);
    }

    /** Where the folder is served. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Where a repository of the folder is served. */
    public String url(GitRepositories.Remote remote) {
        return url() + "/" + folder.relativize(remote.path());
    }

    /** The requests so far, as {@code GET /path?query}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            var status = chance.get().getAsBoolean() ? Optional.of(502) : fault.get();
            if (status.isPresent()) {
                exchange.sendResponseHeaders(status.get(), -1);
            } else if (!isAllowed(exchange)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                run(exchange);
            }
        }
    }

    private boolean isAllowed(HttpExchange exchange) {
        return admission.get().test(token(header(exchange, "Authorization")));
    }

    private static Optional<String> token(String authorization) {
        if (!authorization.startsWith("Basic ")) {
            return Optional.empty();
        }
        var basic = new String(Base64.getDecoder().decode(authorization.substring("Basic ".length())), UTF_8);
        return Optional.of(basic).filter(b -> b.startsWith(USER)).map(b -> b.substring(USER.length()));
    }

    private void run(HttpExchange exchange) throws IOException {
        var builder = new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(key -> key.startsWith("GIT_"));
        builder.environment().putAll(variables(exchange));
        var process = builder.start();
        threads.execute(() -> {
            try (var stdin = process.getOutputStream()) {
                exchange.getRequestBody().transferTo(stdin);
            } catch (IOException e) {
                // The program ended before it had read everything; its answer says why.
            }
        });
        var answer = process.getInputStream().readAllBytes();
        boolean pushed = exchange.getRequestURI().getPath().endsWith("/git-receive-pack");
        if (!pushed || unanswered.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            reply(exchange, answer);
        }
    }

    private Map<String, String> variables(HttpExchange exchange) {
        var uri = exchange.getRequestURI();
        return Map.ofEntries(Map.entry("GIT_PROJECT_ROOT", folder.toString()), Map.entry("GIT_HTTP_EXPORT_ALL", "1"),
                Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"), Map.entry("PATH_INFO", uri.getPath()),
                Map.entry("QUERY_STRING", Objects.requireNonNullElse(uri.getQuery(), "")),
                Map.entry("REQUEST_METHOD", exchange.getRequestMethod()), Map.entry("REMOTE_USER", "app"),
                Map.entry("REMOTE_ADDR", "127.0.0.1"), Map.entry("CONTENT_TYPE", header(exchange, "Content-Type")),
                Map.entry("HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding")),
                Map.entry("GIT_PROTOCOL", header(exchange, "Git-Protocol")));
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    /** A CGI answer: headers, an empty line, the body. */
    private static void reply(HttpExchange exchange, byte[] answer) throws IOException {
        int end = new String(answer, ISO_8859_1).indexOf("\r\n\r\n");
        int status = 200;
        for (var line : new String(answer, 0, end, ISO_8859_1).split("\r\n")) {
            var name = line.substring(0, line.indexOf(':'));
            var value = line.substring(name.length() + 1).strip();
            if (name.equals("Status")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(name, value);
            }
        }
        var body = Arrays.copyOfRange(answer, end + 4, answer.length);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
