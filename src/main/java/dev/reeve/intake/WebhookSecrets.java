package dev.reeve.intake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.List;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets that a webhook may be signed with; several while one is being replaced. Its text form shows none of them.
 *
 * <p><b>Threading</b>: any thread. They may be replaced while deliveries are verified; each is verified with the old ones or with the new ones.
 */
public final class WebhookSecrets {

    private static final String ALGORITHM = "HmacSHA256";

    private volatile Known known;

    private record Known(List<Key> keys, String from) {}

    /**
     * Secrets from no place in particular.
     *
     * @throws IllegalArgumentException when there is no secret, or an empty one, with which anybody could sign
     */
    public WebhookSecrets(List<String> secrets) {
        this(secrets, "");
    }

    /**
     * Secrets and the name of the variable or file that they are from.
     *
     * @throws IllegalArgumentException when there is no secret, or an empty one, with which anybody could sign
     */
    public WebhookSecrets(List<String> secrets, String from) {
        this.known = known(secrets, from);
    }

    /**
     * From now on only these are good.
     *
     * @throws IllegalArgumentException when there is no secret, or an empty one; then the old ones stay
     */
    public void replace(List<String> secrets, String from) {
        known = known(secrets, from);
    }

    private static Known known(List<String> secrets, String from) {
        if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a webhook secret is missing or empty");
        }
        return new Known(secrets.stream()
                .<Key>map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList(), from);
    }

    /**
     * Which of the secrets a body was signed with.
     *
     * @param position counted from 1
     * @param from the variable or file that it is from
     */
    record Match(int position, String from) {}

    /** The first secret with which the body was signed; how long that takes does not depend on how nearly it was. */
    Optional<Match> verify(byte[] body, Signature signature) {
        var tried = known;
        int position = 0;
        for (int i = tried.keys().size(); i > 0; i--) {
            position = signature.matches(digest(tried.keys().get(i - 1), body)) ? i : position;
        }
        return position == 0 ? Optional.empty() : Optional.of(new Match(position, tried.from()));
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
