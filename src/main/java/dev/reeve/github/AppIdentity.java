package dev.reeve.github;

import dev.reeve.model.Text;
import io.jsonwebtoken.Jwts;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * Who the App is: its client id (or its number) and its private keys, the preferred one first. Several keys are for
 * changing one without a gap: when GitHub doesn't accept the first, the next is tried.
 */
public record AppIdentity(String issuer, List<AppKey> keys) {

    /** GitHub's own advice against clocks that differ a little. */
    private static final Duration BACKDATED = Duration.ofSeconds(60);
    /** With the minute above, the ten minutes that GitHub allows. */
    private static final Duration LIFE = Duration.ofMinutes(9);
    /** So long one may be shown, with a minute to spare for a request that is under way. */
    static final Duration USED_FOR = LIFE.minusMinutes(1);

    /** @throws IllegalArgumentException when there is no key, or the issuer is no id of an App */
    public AppIdentity {
        if (!issuer.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException("no App has the id " + Text.quoted(issuer)
                    + ": set GITHUB_APP_CLIENT_ID or GITHUB_APP_ID to what the App's settings show");
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the App has no key: set GITHUB_APP_PRIVATE_KEY_FILE");
        }
        keys = List.copyOf(keys);
    }

    /** A token that proves, for nine minutes, that the bearer is the App. */
    String jwt(AppKey key, Instant now) {
        return Jwts.builder()
                .issuer(issuer)
                .issuedAt(Date.from(now.minus(BACKDATED)))
                .expiration(Date.from(now.plus(LIFE)))
                .signWith(key.key(), Jwts.SIG.RS256)
                .compact();
    }
}
