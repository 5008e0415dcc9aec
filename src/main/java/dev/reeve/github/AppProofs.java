package dev.reeve.github;

import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * The tokens by which the App proves who it is, one for each key. One is used for most of its life: GitHub's entity tags hold for the token that they were
 * given to and no other, so whoever shows a new one with each request is never told that nothing has changed.
 *
 * <p><b>Threading</b>: any thread.
 */
final class AppProofs {

    private final ConcurrentMap<String, Proof> proofs = new ConcurrentHashMap<>();

    /**
     * A token.
     *
     * @param made before this our clock was set back, and the token may be one of the future
     */
    private record Proof(String issuer, String token, Instant made, Instant renewAt) {

        static Proof of(AppIdentity app, AppKey key, Instant now) {
            return new Proof(app.issuer(), app.jwt(key, now), now, now.plus(AppIdentity.USED_FOR));
        }

        boolean isGood(AppIdentity app, Instant now) {
            return issuer.equals(app.issuer()) && !now.isBefore(made) && now.isBefore(renewAt);
        }
    }

    /** The token to show now. */
    String of(AppIdentity app, AppKey key, Instant now) {
        return proofs.compute(key.fingerprint(),
                (_, before) -> before != null && before.isGood(app, now) ? before : Proof.of(app, key, now)).token();
    }

    /** GitHub doesn't accept the one of this key: should the key be tried again, it is with another. */
    void forget(AppKey key) {
        proofs.remove(key.fingerprint());
    }

    /** Nothing is left of other keys than these. */
    void keepOnly(Collection<AppKey> keys) {
        proofs.keySet().retainAll(keys.stream().map(AppKey::fingerprint).collect(Collectors.toSet()));
    }
}
