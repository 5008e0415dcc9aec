package dev.reeve.github;

import dev.reeve.kit.FakeApp;
import io.jsonwebtoken.Jwts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AppKeyTest {

    private static final KeyPair PAIR = FakeApp.newKey();
    private static final String PKCS8 = FakeApp.pem("PRIVATE KEY", PAIR.getPrivate().getEncoded());
    private static final String PKCS1 = FakeApp.pem("RSA PRIVATE KEY", FakeApp.pkcs1(PAIR));

    @Test
    void theKeyThatGitHubHandsOutAndThePkcs8OneAreTheSameKey() {
        var first = AppKey.parse(PKCS1, "test").getFirst();
        var second = AppKey.parse(PKCS8, "test").getFirst();

        assertThat(first.key()).isEqualTo(PAIR.getPrivate()).isEqualTo(second.key());
        assertThat(first.fingerprint()).isEqualTo(second.fingerprint()).matches("SHA256:[A-Za-z0-9+/]{43}=");
    }

    @Test
    void severalKeysLineEndsOfWindowsAndOfOneLineVariablesAreRead() {
        assertThat(AppKey.parse(PKCS1 + "\n\n" + PKCS8, "test")).hasSize(2);
        assertThat(AppKey.parse(PKCS1.replace("\n", "\r\n"), "test")).hasSize(1);
        assertThat(AppKey.parse(PKCS1.replace("\n", "\\n"), "test")).hasSize(1);
    }

    @Test
    void theTokenIsBackdatedAndEndsInTimeAndIsSigned() {
        var now = Instant.parse("2026-03-27T12:00:00Z");
        var identity = new AppIdentity("Iv1.x", AppKey.parse(PKCS1, "test"));

        var claims = Jwts.parser()
                .verifyWith(PAIR.getPublic())
                .clock(() -> Date.from(now))
                .build()
                .parseSignedClaims(identity.jwt(identity.keys().getFirst(), now));

        assertThat(claims.getHeader().getAlgorithm()).isEqualTo("RS256");
        assertThat(claims.getPayload().getIssuer()).isEqualTo("Iv1.x");
        assertThat(claims.getPayload().getIssuedAt().toInstant()).isEqualTo(now.minusSeconds(60));
        assertThat(claims.getPayload().getExpiration().toInstant()).isBetween(now.plusSeconds(300),
                now.plusSeconds(599));
    }

    @ParameterizedTest
    @CsvSource({"ENCRYPTED PRIVATE KEY, encrypted", "PUBLIC KEY, not an RSA private key",
            "EC PRIVATE KEY, not an RSA private key", "OPENSSH PRIVATE KEY, not an RSA private key",
            "CERTIFICATE, not an RSA private key"})
    void otherThingsInPemAreNamed(String type, String why) {
        assertUnusable(PKCS8 + FakeApp.pem(type, PAIR.getPrivate().getEncoded()), "FILE, key 2", why);
    }

    @Test
    void damagedKeysAreNamed() {
        assertUnusable("", "FILE holds no whole key", "BEGIN RSA PRIVATE KEY");
        assertUnusable("/etc/key.pem", "holds no whole key");
        assertUnusable(PKCS1.substring(0, 500), "holds no whole key");
        assertUnusable(PKCS1.replace("MII", "M#I"), "FILE, key 1", "no Base64");
        assertUnusable(PKCS8.replace("MII", "MIJ"), "FILE, key 1", "damaged");
        assertUnusable(FakeApp.pem("RSA PRIVATE KEY", new byte[0]), "FILE, key 1", "damaged");
        assertUnusable(FakeApp.pem("RSA PRIVATE KEY", PAIR.getPrivate().getEncoded()), "FILE, key 1");
        assertUnusable("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----",
                "FILE");
    }

    @Test
    void keysOfOtherKindsAndSmallOnesAreRefused() throws GeneralSecurityException {
        var curve = KeyPairGenerator.getInstance("EC").generateKeyPair();
        assertUnusable(FakeApp.pem("PRIVATE KEY", curve.getPrivate().getEncoded()), "key 1", "no RSA key");
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        assertUnusable(FakeApp.pem("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded()), "key 1",
                "fewer than 2048");
    }

    private static void assertUnusable(String pem, String... words) {
        assertThatThrownBy(() -> AppKey.parse(pem, "FILE")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words)
                .hasNoCause()
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContainPattern("[A-Za-z0-9+/]{30}"));
    }

    @Test
    void nothingShowsTheKey() {
        var identity = new AppIdentity("4711", AppKey.parse(PKCS1, "test"));
        assertThat(identity.toString()).contains("4711", "SHA256:").doesNotContain("MII", "modulus");
    }

    @Test
    void anIdentityWithoutIdOrKeyIsRefused() {
        assertThatThrownBy(() -> new AppIdentity("", AppKey.parse(PKCS1, "t"))).hasMessageContaining("GITHUB_APP_ID");
        assertThatThrownBy(() -> new AppIdentity("4711", List.of())).hasMessageContaining("GITHUB_APP_PRIVATE_KEY");
    }
}
