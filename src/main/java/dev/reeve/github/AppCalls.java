package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Requests that the App makes as itself, proving with a key who it is. A key that GitHub doesn't accept makes it try
 * the next; when none is accepted because our clock is wrong, it goes by GitHub's clock from then on.
 *
 * <p><b>Threading</b>: any thread. The keys may be replaced at any time. What was learnt (the key, the clock's error) is shared; learning it twice at once
 * does no harm.
 */
final class AppCalls implements Exchange {

    private static final Logger log = LoggerFactory.getLogger(AppCalls.class);
    private static final Duration TOLERATED = Duration.ofSeconds(20);

    private final Transport transport;
    private volatile AppIdentity identity;
    private final InstantSource clock;
    private final RateLimit limit;
    private final AppProofs proofs = new AppProofs();
    private final ConcurrentMap<String, LongAdder> accepted = new ConcurrentHashMap<>();
    private volatile String preferred = "";
    private volatile Duration clockError = Duration.ZERO;

    AppCalls(Transport transport, AppIdentity identity, InstantSource clock, RateLimit limit) {
        this.transport = transport;
        this.identity = identity;
        this.clock = clock;
        this.limit = limit;
    }

    @Override
    public ApiAnswer exchange(ApiRequest request) {
        var answer = withAnyKey(request);
        if (answer.status() == 401 && correctsClock(answer)) {
            answer = withAnyKey(request);
        }
        if (answer.status() == 401) {
            throw noKeyAccepted(answer);
        }
        if (isUnknownApp(answer)) {
            throw new GitHubFailure(new Kind.Denied(null), "GitHub knows no App with the id " + identity.issuer()
                    + ": check GITHUB_APP_CLIENT_ID or GITHUB_APP_ID, and that GITHUB_API_URL is where the App is.");
        }
        return limit.judge(request, answer);
    }

    /** Asks by way of the library. */
    <T> T ask(Question question, Conversation.Talk<T> talk) {
        return Conversation.about(question, transport.endpoint(), this, talk);
    }

    /** From now on the App has these keys, of which the first is tried first; requests that are under way go on with the old ones. */
    void replace(AppIdentity with) {
        identity = with;
        preferred = "";
        proofs.keepOnly(with.keys());
    }

    /** How many answers GitHub gave to requests that were signed with this key. */
    long accepted(String fingerprint) {
        var count = accepted.get(fingerprint);
        return count == null ? 0 : count.sum();
    }

    /** Tries each key by itself. */
    List<AppInquiry.Key> tryKeys(ApiRequest request) {
        var app = identity;
        return app.keys().stream().map(key -> {
            var answer = signed(request, app, key);
            if (answer.status() == 401 && correctsClock(answer)) {
                answer = signed(request, app, key);
            }
            var off = clockError(answer);
            if (answer.status() == 401 || answer.status() == 404) {
                return new AppInquiry.Key(key.fingerprint(), Optional.of(answer.message()), off);
            }
            var _ = limit.judge(request, answer);
            return new AppInquiry.Key(key.fingerprint(), Optional.empty(), off);
        }).toList();
    }

    /** GitHub answers so before it looks at the key. */
    private static boolean isUnknownApp(ApiAnswer answer) {
        return answer.status() == 404 && answer.message().equals("Integration not found");
    }

    private ApiAnswer withAnyKey(ApiRequest request) {
        var app = identity;
        var keys = inOrder(app.keys());
        var answer = withKey(request, app, keys.getFirst());
        for (int i = 1; i < keys.size() && answer.status() == 401; i++) {
            answer = withKey(request, app, keys.get(i));
        }
        return answer;
    }

    /** The key that was accepted last, then those that come after it, and around. */
    private List<AppKey> inOrder(List<AppKey> keys) {
        var ordered = new ArrayList<>(keys);
        Collections.rotate(ordered, -Math.max(0, keys.stream().map(AppKey::fingerprint).toList().indexOf(preferred)));
        return ordered;
    }

    private ApiAnswer withKey(ApiRequest request, AppIdentity app, AppKey key) {
        var answer = signed(request, app, key);
        if (answer.status() != 401 && !isUnknownApp(answer)) {
            preferred = key.fingerprint();
            accepted.computeIfAbsent(key.fingerprint(), _ -> new LongAdder()).increment();
        }
        return answer;
    }

    private ApiAnswer signed(ApiRequest request, AppIdentity app, AppKey key) {
        var authorization = "Bearer " + proofs.of(app, key, clock.instant().plus(clockError));
        var answer = limit.inTurn(request, admission -> transport.send(request, authorization, admission));
        if (answer.status() == 401) {
            proofs.forget(key);
        }
        return answer;
    }

    /** Whether GitHub's clock shows that ours is wrong by more than is known already. */
    private boolean correctsClock(ApiAnswer answer) {
        var error = clockError(answer).orElse(clockError);
        if (error.minus(clockError).abs().compareTo(TOLERATED) <= 0) {
            return false;
        }
        clockError = error;
        log.warn("This machine's clock differs from GitHub's by {} s; GitHub's is used to sign in."
                + " Set the clock (NTP).", error.toSeconds());
        return true;
    }

    private Optional<Duration> clockError(ApiAnswer answer) {
        return answer.date().map(date -> Duration.between(clock.instant(), date));
    }

    private GitHubFailure noKeyAccepted(ApiAnswer answer) {
        var keys = identity.keys().stream().map(AppKey::fingerprint).toList();
        return new GitHubFailure(new Kind.Denied(null), ("GitHub accepts no key of App %s (%s): %s."
                + " Compare the fingerprints with the private keys in the App's settings; a key that was"
                + " deleted there has to be replaced.").formatted(identity.issuer(), String.join(", ", keys),
                        GitHubFailure.quote(answer.message())));
    }
}
