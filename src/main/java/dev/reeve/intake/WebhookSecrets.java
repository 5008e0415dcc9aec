package dev.reeve.intake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets that a webhook may be signed with; several while one is being replaced. Its text form shows none of them. */
public final class WebhookSecrets {

    private static final String ALGORITHM = "HmacSHA256";

    private final List<Key> keys;

    /** @throws IllegalArgumentException when there is no secret, or an empty one, with which anybody could sign */
    public WebhookSecrets(List<String> secrets) {
        if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a webhook secret is missing or empty");
        }
        this.keys = secrets.stream()
                .<Key>map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
    }

    /** Whether the body was signed with one of the secrets; how long that takes does not depend on how nearly it was. */
    boolean verify(byte[] body, Signature signature) {
        boolean verified = false;
        for (var key : keys) {
            verified |= signature.matches(digest(key, body));
        }
        return verified;
    }

    private static byte[] digest(Key key, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
