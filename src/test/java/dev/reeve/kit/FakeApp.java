package dev.reeve.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import org.jspecify.annotations.Nullable;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The App as GitHub knows it: its ids and the public halves of its keys. */
public final class FakeApp {

    /** Making a key takes a while, and which key it is doesn't matter. */
    private static final KeyPair KEY = newKey();

    private final List<PublicKey> keys = new CopyOnWriteArrayList<>(List.of(KEY.getPublic()));
    private final InstantSource clock;
    private final Map<String, String> permissions = new ConcurrentHashMap<>(Map.of("metadata", "read", "pull_requests",
            "read", "checks", "write", "contents", "write", "statuses", "read", "merge_queues", "read"));
    private final List<String> events = new CopyOnWriteArrayList<>(List.of("pull_request", "push", "repository",
            "check_run", "check_suite", "status", "pull_request_review", "merge_group"));
    private final ObjectNode webhook = FakeJson.object()
            .put("url", "https://reeve.example.com/webhooks/github")
            .put("content_type", "json")
            .put("insecure_ssl", "0")
            .put("secret", "********");
    private volatile @Nullable String webhookSecret = "made-by-github-for-this-app";

    FakeApp(InstantSource clock) {
        this.clock = clock;
    }

    public static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The App's number. */
    public long id() {
        return 4711;
    }

    public String clientId() {
        return "Iv23liTESTTESTTEST01";
    }

    /** The private key as GitHub hands it out: PKCS#1. */
    public String privateKeyPem() {
        return pem("RSA PRIVATE KEY", pkcs1(KEY));
    }

    /** PKCS#8 is, for a key of 2048 bits, a header of 26 bytes before what PKCS#1 is. */
    public static byte[] pkcs1(KeyPair pair) {
        var der = pair.getPrivate().getEncoded();
        return Arrays.copyOfRange(der, 26, der.length);
    }

    public static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }

    /** GitHub accepts just these keys from now on. */
    public void keys(PublicKey... accepted) {
        keys.clear();
        keys.addAll(List.of(accepted));
    }

    /** What the App asks of those who install it. */
    public Map<String, String> permissions() {
        return permissions;
    }

    /** What it subscribed to. */
    public List<String> events() {
        return events;
    }

    /** Its webhook as GitHub shows it; a test may change it. */
    public ObjectNode webhook() {
        return webhook;
    }

    /** The secret that GitHub makes when the App is registered from a manifest; null when the manifest had no webhook. */
    public void webhookSecret(@Nullable String secret) {
        webhookSecret = secret;
    }

    Optional<String> webhookSecret() {
        return Optional.ofNullable(webhookSecret);
    }

    /** GitHub's refusal of a JWT, or nothing when it proves that the bearer is the App. */
    Optional<FakeAnswer> refuse(String jwt) {
        for (var key : keys) {
            try {
                return judge(Jwts.parser()
                        .verifyWith(key)
                        .clock(() -> Date.from(Instant.EPOCH))
                        .build()
                        .parseSignedClaims(jwt)
                        .getPayload());
            } catch (JwtException _) {
                // Signed with another key, or by none.
            }
        }
        return refused("A JSON web token could not be decoded");
    }

    private Optional<FakeAnswer> judge(Claims claims) {
        var now = clock.instant();
        if (!List.of(Long.toString(id()), clientId()).contains(claims.getIssuer())) {
            return Optional.of(FakeAnswer.refused(404, "Integration not found"));
        }
        if (claims.getIssuedAt() == null || claims.getIssuedAt().toInstant().isAfter(now)) {
            return refused(
                    "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
        }
        if (claims.getExpiration() == null || !claims.getExpiration().toInstant().isAfter(now)) {
            return refused("'Expiration time' claim ('exp') must be a numeric value representing the future time"
                    + " at which the assertion expires");
        }
        return claims.getExpiration().toInstant().isAfter(now.plusSeconds(600))
                ? refused("'Expiration time' claim ('exp') is too far in the future")
                : Optional.empty();
    }

    private static Optional<FakeAnswer> refused(String message) {
        return Optional.of(FakeAnswer.refused(401, message));
    }
}
