package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Requests that the App makes as itself, proving with a key who it is. A key that GitHub doesn't accept makes it try
 * the next; when none is accepted because our clock is wrong, it goes by GitHub's clock from then on.
 *
 * <p><b>Threading</b>: any thread. What was learnt (the key, the clock's error) is shared; learning it twice at once
 * does no harm.
 */
final class AppCalls implements Exchange {

    private static final Logger log = LoggerFactory.getLogger(AppCalls.class);
    private static final Duration TOLERATED = Duration.ofSeconds(20);

    private final Transport transport;
    private final AppIdentity identity;
    private final InstantSource clock;
    private final RateLimit limit;
    private volatile int preferred;
    private volatile Duration clockError = Duration.ZERO;

    AppCalls(Transport transport, AppIdentity identity, InstantSource clock) {
        this.transport = transport;
        this.identity = identity;
        this.clock = clock;
        this.limit = new RateLimit(clock);
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
        if (answer.status() == 404 && answer.message().equals("Integration not found")) {
            throw new GitHubFailure(new Kind.Denied(null), "GitHub knows no App with the id " + identity.issuer()
                    + ": check GITHUB_APP_CLIENT_ID or GITHUB_APP_ID, and that GITHUB_API_URL is where the App is.");
        }
        return limit.judge(request, answer);
    }

    /** Asks by way of the library. */
    <T> T ask(Question question, Conversation.Talk<T> talk) {
        return Conversation.about(question, transport.endpoint(), this, talk);
    }

    private ApiAnswer withAnyKey(ApiRequest request) {
        int first = preferred;
        var answer = withKey(request, first);
        for (int i = 1; i < identity.keys().size() && answer.status() == 401; i++) {
            answer = withKey(request, (first + i) % identity.keys().size());
        }
        return answer;
    }

    private ApiAnswer withKey(ApiRequest request, int index) {
        var now = clock.instant().plus(clockError);
        var authorization = "Bearer " + identity.jwt(identity.keys().get(index), now);
        var answer = limit.inTurn(request, admission -> transport.send(request, authorization, admission));
        if (answer.status() != 401) {
            preferred = index;
        }
        return answer;
    }

    /** Whether GitHub's clock shows that ours is wrong by more than is known already. */
    private boolean correctsClock(ApiAnswer answer) {
        var error = answer.date().map(date -> Duration.between(clock.instant(), date)).orElse(clockError);
        if (error.minus(clockError).abs().compareTo(TOLERATED) <= 0) {
            return false;
        }
        clockError = error;
        log.warn("This machine's clock differs from GitHub's by {} s; GitHub's is used to sign in."
                + " Set the clock (NTP).", error.toSeconds());
        return true;
    }

    private GitHubFailure noKeyAccepted(ApiAnswer answer) {
        var keys = identity.keys().stream().map(AppKey::fingerprint).toList();
        return new GitHubFailure(new Kind.Denied(null), ("GitHub accepts no key of App %s (%s): %s."
                + " Compare the fingerprints with the private keys in the App's settings; a key that was"
                + " deleted there has to be replaced.").formatted(identity.issuer(), String.join(", ", keys),
                        GitHubFailure.quote(answer.message())));
    }
}
