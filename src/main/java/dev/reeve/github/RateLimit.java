package dev.reeve.github;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whether one installation (or the App itself, or one token) may be asked for anything now, and by how many at once. GitHub advises to make requests
 * one after the other (REST documentation, "Best practices"); a few at once are answered in time, and no more than these few are sent in vain when a
 * limit strikes. Where a refusal names no time, it asks for at least a minute, and for exponentially more each time that it goes on.
 *
 * <p><b>Threading</b>: any thread; a pause that one thread learns of holds for all from then on.
 */
final class RateLimit {

    private static final int AT_ONCE = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 4;

    /** Whether the last of the limit is kept for urgent requests. */
    private enum Rest {
        KEPT, USED
    }

    private final InstantSource clock;
    private final long whose;
    private final LimitStore store;
    private final Rest rest;
    private final RequestTurns turns = new RequestTurns(AT_ONCE);
    private volatile Instant until = Instant.MIN;
    /** Until when only urgent requests are sent, as little is left. */
    private volatile Instant scarceUntil = Instant.MIN;
    /** How many refusals without a time there were in a row; those that came together are one. */
    private volatile int refusals;

    /** One that ends with the process, as that of a token does. */
    RateLimit(InstantSource clock) {
        this(clock, 0, LimitStore.NONE);
    }

    /** @param whose an installation; {@link LimitStore#APP} for the App itself */
    RateLimit(InstantSource clock, long whose, LimitStore store) {
        this.clock = clock;
        this.whose = whose;
        this.store = store;
        this.rest = whose == LimitStore.APP ? Rest.USED : Rest.KEPT;
    }

    /** @throws GitHubFailure as {@link GitHubFailure.Kind.RateLimited} while a limit holds, or the rest of it is kept for more urgent requests */
    void check(Urgency urgency) {
        check();
        var end = scarceUntil;
        if (urgency == Urgency.ORDINARY && clock.instant().isBefore(end)) {
            throw GitHubFailure.rateLimited(end);
        }
    }

    private void check() {
        var now = clock.instant();
        var end = until;
        if (!now.isBefore(end)) {
            end = store.until(whose);
            if (end.isAfter(until)) {
                learn(end);
            }
        }
        if (now.isBefore(end)) {
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
    ApiAnswer inTurn(ApiRequest request, Urgency urgency, Sending sending) {
        try {
            turns.take(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GitHubFailure.unavailable(request, "interrupted", e);
        }
        try {
            var answer = sending.send(() -> check(urgency));
            take(answer);
            return answer;
        } finally {
            turns.giveBack(request);
        }
    }

    /** As {@link #inTurn(ApiRequest, Urgency, Sending)}, where nothing is kept back. */
    ApiAnswer inTurn(ApiRequest request, Sending sending) {
        return inTurn(request, Urgency.URGENT, sending);
    }

    /** The answer, which is a success; else its failure is thrown. */
    ApiAnswer judge(ApiRequest request, ApiAnswer answer) {
        Refusals.of(request, answer, clock.instant(), pause())
                .ifPresent(refusal -> {
                    throw refusal;
                });
        return answer;
    }

    private void take(ApiAnswer answer) {
        var now = clock.instant();
        count(answer, now);
        scarceUntil = rest == Rest.KEPT ? Refusals.scarceUntil(answer, now).orElse(Instant.MIN) : Instant.MIN;
        Refusals.pauseAfter(answer, now, pause()).filter(this::learn).ifPresent(end -> store.extend(whose, end));
    }

    private synchronized void count(ApiAnswer answer, Instant now) {
        if (!now.isBefore(until)) {
            refusals = Refusals.asksForQuiet(answer) ? refusals + 1 : 0;
        }
    }

    /** How long to be quiet after a refusal that doesn't say. */
    private Duration pause() {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.clamp(refusals - 1L, 0, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** True when it is later than what was known. */
    private synchronized boolean learn(Instant end) {
        boolean isLater = end.isAfter(until);
        until = isLater ? end : until;
        return isLater;
    }
}
