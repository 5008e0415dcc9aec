package dev.reeve.github;

import dev.reeve.model.Proxies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EndpointTest {

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

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"https://ghe.test/api/v3/repos/a/b?page=2, /repos/a/b?page=2",
            "https://ghe.test/api/v3x/repos, -", "https://ghe.test/other, -", "http://ghe.test/api/v3/repos, -",
            "https://ghe.test:444/api/v3/repos, -", "https://ghe.test.evil/api/v3/repos, -", "/repos/a/b, -"})
    void onlyWhatIsBelowTheApiHasAPathThere(String address, String path) {
        var endpoint = Endpoint.of(URI.create("https://ghe.test/api/v3"), Proxies.none());
        assertThat(endpoint.pathOf(URI.create(address)).orElse(null)).isEqualTo(path);
    }
}
