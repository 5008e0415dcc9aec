package dev.reeve.github;

import dev.reeve.kit.FakeApp;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the App shows to prove who it is. */
class AppProofsTest extends GitHubTestCase {

    private String shown() {
        app.deliveries().page(null);
        return String.valueOf(github.requests().getLast().request().headers().get("authorization"));
    }

    @Test
    void aTokenIsShownForMostOfItsLifeAndNoLonger() {
        var first = shown();
        clock.advance(Duration.ofMinutes(8).minusSeconds(1));
        assertThat(shown()).isEqualTo(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(shown()).isNotEqualTo(first);
        assertThat(github.requests()).extracting(one -> one.status()).containsExactly(200, 304, 200);
    }

    @Test
    void aClockThatIsSetBackMakesANewOne() {
        var first = shown();
        clock.advance(Duration.ofMinutes(-5));
        assertThat(shown()).isNotEqualTo(first);
    }

    /** Read every five minutes, as usual: of two times one is with a new token. */
    @Test
    void aQuietLogCostsOneRequestForEachToken() {
        for (int round = 0; round < 24; round++) {
            var _ = shown();
            clock.advance(Duration.ofMinutes(5));
        }
        assertThat(github.requests()).filteredOn(one -> one.status() == 200).hasSize(12);
        assertThat(github.requests()).filteredOn(one -> one.status() == 304).hasSize(12);
    }

    @Test
    void anotherKeyIsShownAtOnce() {
        var first = shown();
        var fresh = FakeApp.newKey();
        github.app().keys(fresh.getPublic());
        app.replace(new AppIdentity(github.app().clientId(),
                AppKey.parse(FakeApp.pem("RSA PRIVATE KEY", FakeApp.pkcs1(fresh)), "test")));
        assertThat(shown()).isNotEqualTo(first);
        assertThat(github.requests()).extracting(one -> one.status()).containsExactly(200, 200);
    }

    @Test
    void aTokenThatIsRefusedIsNotShownAgain() {
        var first = shown();
        github.app().keys(FakeApp.newKey().getPublic());
        assertFails(() -> app.deliveries().page(null), "no key");
        github.app().keys(identity().keys().stream().map(AppProofsTest::open).toArray(java.security.PublicKey[]::new));
        clock.advance(Duration.ofSeconds(1));
        assertThat(List.of(first)).doesNotContain(shown());
    }

    private static java.security.PublicKey open(AppKey key) {
        try {
            var crt = (java.security.interfaces.RSAPrivateCrtKey) key.key();
            return java.security.KeyFactory.getInstance("RSA")
                    .generatePublic(new java.security.spec.RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent()));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
