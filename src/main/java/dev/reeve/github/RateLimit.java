package dev.reeve.github;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Whether one installation (or the App itself, or one token) may be asked for anything now.
 *
 * <p><b>Threading</b>: any thread; a pause that one thread learns of holds for all from then on.
 */
final class RateLimit {

    private final InstantSource clock;
    private volatile Instant until = Instant.MIN;

    RateLimit(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws GitHubFailure as {@link GitHubFailure.Kind.RateLimited} while a limit holds */
    void check() {
        var end = until;
        if (clock.instant().isBefore(end)) {
            throw GitHubFailure.rateLimited(end);
        }
    }

    /** The answer's body, or its failure; a limit that it tells of holds for the calls that follow. */
    ApiAnswer judge(ApiRequest request, ApiAnswer answer) {
        var refusal = Refusals.of(request, answer, clock.instant());
        if (refusal.isPresent()) {
            if (refusal.get().kind() instanceof GitHubFailure.Kind.RateLimited limited) {
                extend(limited.until());
            }
            throw refusal.get();
        }
        return answer;
    }

    private synchronized void extend(Instant end) {
        if (end.isAfter(until)) {
            until = end;
        }
    }
}
