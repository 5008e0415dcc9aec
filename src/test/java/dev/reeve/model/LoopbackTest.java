package dev.reeve.model;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

import static org.assertj.core.api.Assertions.assertThat;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "[::1]"})
    void thisMachineHasManyNames(String host) {
        assertThat(Loopback.is(host)).isTrue();
        assertThat(Loopback.is(URI.create("http://" + host + ":8080/x"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", "[::2]",
            "evil.example", "128.0.0.1"})
    void whatOnlyLooksLikeOneIsNone(String host) {
        assertThat(Loopback.is(host)).isFalse();
        assertThat(Loopback.is(URI.create("http://" + host))).isFalse();
    }
}
