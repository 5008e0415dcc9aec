package dev.reeve.github;

import com.sun.net.httpserver.HttpServer;
import dev.reeve.kit.SettableClock;
import dev.reeve.model.Proxies;
import dev.reeve.model.Proxies.Proxy;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Secret;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

class ProxyRoutesTest {

    private static final RepositoryName SHOP = new RepositoryName("acme", "shop");
    private static final String BASIC_ME_SECRET = "Basic bWU6czNjcmV0QA==";

    @Test
    void aPlainRequestGoesThroughTheProxyWithItsPassword() throws IOException {
        var seen = new CompletableFuture<String>();
        var proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            seen.complete(
                    exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
            var body = "{\"default_branch\":\"main\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        proxy.start();
        try (var access = access("http://ghe.invalid/api/v3", proxy.getAddress().getPort())) {
            assertThat(access.repository(SHOP).defaultBranch().value()).isEqualTo("main");
        } finally {
            proxy.stop(0);
        }
        assertThat(seen).isCompletedWithValue("http://ghe.invalid/api/v3/repos/acme/shop " + BASIC_ME_SECRET);
    }

    /** In a JVM of its own, because the JDK decides once, when its client is first used, whether it sends passwords. */
    @Test
    void aTunnelIsAskedForWithTheProxysPasswordAndNotWithTheToken() throws Exception {
        try (var proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var client = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp",
                    System.getProperty("java.class.path"), Tunnelling.class.getName(),
                    Integer.toString(proxy.getLocalPort())).redirectErrorStream(true).start();
            try {
                assertThat(firstRequest(proxy)).startsWith("CONNECT ghe.invalid:443 ")
                        .contains("Proxy-Authorization: " + BASIC_ME_SECRET)
                        .doesNotContain("ghp_");
            } finally {
                client.destroyForcibly().waitFor();
            }
        }
    }

    /** Asks an Enterprise Server through the proxy at the port that is given. */
    static final class Tunnelling {

        private Tunnelling() {}

        public static void main(String[] arguments) {
            try (var access = access("https://ghe.invalid/api/v3", Integer.parseInt(arguments[0]))) {
                access.repository(SHOP).defaultBranch();
            }
        }
    }

    private static TokenAccess access(String api, int port) {
        var proxy = Optional.of(new Proxy("127.0.0.1", port, Optional.of(new Secret("me:s3cret@"))));
        var proxies = api.startsWith("https:")
                ? new Proxies(proxy, Optional.empty(), List.of())
                : new Proxies(Optional.empty(), proxy, List.of());
        return new TokenAccess(
                new Endpoint(URI.create(api), proxies, Duration.ofSeconds(2), Duration.ofSeconds(2)), "ghp_x",
                SettableClock.atNoon());
    }

    private static String firstRequest(ServerSocket proxy) throws IOException {
        proxy.setSoTimeout(20_000);
        try (var socket = proxy.accept()) {
            var text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                text.append((char) socket.getInputStream().read());
            }
            return text.toString();
        }
    }
}
