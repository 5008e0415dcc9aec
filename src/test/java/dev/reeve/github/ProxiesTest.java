package dev.reeve.github;

import com.sun.net.httpserver.HttpServer;
import dev.reeve.kit.SettableClock;
import dev.reeve.model.RepositoryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProxiesTest {

    private static final RepositoryName SHOP = new RepositoryName("acme", "shop");
    private static final String BASIC_ME_SECRET = "Basic bWU6czNjcmV0QA==";

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"https://api.github.com, '', proxy", "http://ghe.example.com, '', -",
            "https://api.github.com, '*', -", "https://api.github.com, github.com, -",
            "https://api.github.com, .github.com, -", "https://api.github.com, '*.github.com', -",
            "https://github.com, .github.com, -", "https://api.github.com, 'localhost, API.GITHUB.COM', -",
            "https://notgithub.com, github.com, proxy", "https://ghe.test:8443, ghe.test:8443, -",
            "https://ghe.test, ghe.test:8443, proxy", "https://ghe.test, ghe.test:443, -"})
    void hostsAreReachedAsTheEnvironmentSays(String target, String direct, String through) {
        var proxies = Proxies.of(Map.of("HTTPS_PROXY", "proxy:3128", "NO_PROXY", direct));
        assertThat(proxies.forTarget(URI.create(target)).map(URI::getHost).orElse(null)).isEqualTo(through);
    }

    @Test
    void lowerCaseWinsAndBlankCountsAsUnset() {
        var target = URI.create("https://api.github.com");
        assertThat(Proxies.of(Map.of("HTTPS_PROXY", "http://a:1", "https_proxy", "http://b:2")).forTarget(target))
                .hasValue(URI.create("http://b:2"));
        assertThat(Proxies.of(Map.of("HTTPS_PROXY", "http://a:1", "https_proxy", " ")).forTarget(target))
                .hasValue(URI.create("http://a:1"));
        assertThat(Proxies.none().forTarget(target)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://me:s3cret@proxy:1080", "http://me:s3cret@", "http://me:s3 cret@proxy",
            "://s3cret"})
    void whatIsNoProxyIsNamedWithoutItsPassword(String value) {
        assertThatThrownBy(() -> Proxies.of(Map.of("HTTPS_PROXY", value))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasNoCause()
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("s3"));
        assertThat(Proxies.of(Map.of("HTTPS_PROXY", "http://me:s3cret@proxy:1")).toString()).doesNotContain("s3");
    }

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
        try (var access = access("http://ghe.invalid/api/v3", "HTTP_PROXY", proxy.getAddress().getPort())) {
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
            try (var access = access("https://ghe.invalid/api/v3", "HTTPS_PROXY", Integer.parseInt(arguments[0]))) {
                access.repository(SHOP).defaultBranch();
            }
        }
    }

    private static TokenAccess access(String api, String variable, int port) {
        var proxies = Proxies.of(Map.of(variable, "http://me:s3cret%40@127.0.0.1:" + port));
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

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "api.github.com", "https://user:s3cret@host", "https:///x", "https://h?x=1"})
    void anAddressThatIsNoApiIsRefused(String api) {
        assertThatThrownBy(() -> Endpoint.of(URI.create(api), Proxies.none())).hasMessageContaining("GITHUB_API_URL")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("s3"));
    }

    @Test
    void anEnterpriseServersAddressKeepsItsPath() {
        var endpoint = Endpoint.of(URI.create("https://ghe.example.com/api/v3/"), Proxies.none());
        assertThat(endpoint.resolve("/repos/acme/shop")).hasToString("https://ghe.example.com/api/v3/repos/acme/shop");
    }
}
