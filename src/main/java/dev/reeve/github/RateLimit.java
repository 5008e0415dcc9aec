package dev.reeve.github;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/**
 * Whether one installation (or the App itself, or one token) may be asked for anything now, and by how many at once. GitHub advises to make requests
 * one after the other (REST documentation, "Best practices"); a few at once are answered in time, and no more than these few are sent in vain when a
 * limit strikes.
 *
 * <p><b>Threading</b>: any thread; a pause that one thread learns of holds for all from then on.
 */
final class RateLimit {

    private static final int AT_ONCE = 4;

    private final InstantSource clock;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
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

    /** Sending, in its turn. */
    interface Sending {

        /**
         * Sends it.
         *
         * @param admission to be run before anything is sent; it throws while a limit holds
         */
        ApiAnswer send(Runnable admission);
    }

    /**
     * The answer to a request whose turn has come, whatever it says. A limit that it tells of holds from then on.
     *
     * @throws GitHubFailure when a limit holds already
     */
    ApiAnswer inTurn(ApiRequest request, Sending sending) {
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GitHubFailure.unavailable(request, "interrupted", e);
        }
        try {
            var answer = sending.send(this::check);
            Refusals.pauseAfter(answer, clock.instant()).ifPresent(this::extend);
            return answer;
        } finally {
            turns.release();
        }
    }

    /** The answer, which is a success; else its failure is thrown. */
    ApiAnswer judge(ApiRequest request, ApiAnswer answer) {
        Refusals.of(request, answer, clock.instant())
                .ifPresent(refusal -> {
                    throw refusal;
                });
        return answer;
    }

    private synchronized void extend(Instant end) {
        if (end.isAfter(until)) {
            until = end;
        }
    }
}
