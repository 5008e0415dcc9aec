package dev.reeve.model;

import dev.reeve.model.Proxies.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class ProxiesTest {

    private static final Optional<Proxy> PROXY = Optional.of(new Proxy("proxy", 3128, Optional.empty()));

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"https://api.github.com, '', proxy", "http://ghe.example.com, '', -",
            "https://api.github.com, '*', -", "https://api.github.com, github.com, -",
            "https://api.github.com, .github.com, -", "https://api.github.com, '*.github.com', -",
            "https://github.com, .github.com, -", "https://api.github.com, API.GITHUB.COM, -",
            "https://API.GitHub.com, github.com, -", "https://notgithub.com, github.com, proxy",
            "https://ghe.test:8443, ghe.test:8443, -", "https://ghe.test, ghe.test:8443, proxy",
            "https://ghe.test, ghe.test:443, -", "https://10.0.0.1, 10.0.0.1, -", "https://110.0.0.1, 10.0.0.1, proxy",
            "https://[::1]:8443, '[::1]', -"})
    void hostsAreReachedAsTheRulesSay(String target, String direct, String through) {
        var proxies = new Proxies(PROXY, Optional.empty(), List.of(direct).stream().filter(r -> !r.isEmpty()).toList());
        assertThat(proxies.forTarget(URI.create(target)).map(Proxy::host).orElse(null)).isEqualTo(through);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:x@example.com", "file:///x", "x/y", "https:///x"})
    void whatIsNoWebAddressGoesThroughNoProxy(String target) {
        assertThat(new Proxies(PROXY, PROXY, List.of()).forTarget(URI.create(target))).isEmpty();
    }

    @Test
    void withoutProxiesEverythingIsDirect() {
        assertThat(Proxies.none().forTarget(URI.create("https://api.github.com"))).isEmpty();
    }

    @Test
    void thePasswordIsNotShown() {
        var proxies = new Proxies(Optional.of(new Proxy("proxy", 1, Optional.of(new Secret("me:s3cret")))),
                Optional.empty(), List.of());
        assertThat(proxies.toString()).contains("proxy").doesNotContain("s3");
    }
}
