package dev.reeve.app;

import dev.reeve.web.Setup;
import dev.reeve.web.Setup.Wish;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The set-ups that were begun and whose browsers GitHub hasn't sent back yet, each by a state that nobody can guess.
 *
 * <p><b>Threading.</b> For any thread.
 */
final class UnderWay {

    private static final int MOST = 100;

    private final InstantSource clock;
    private final ConcurrentMap<String, Begun> begun = new ConcurrentHashMap<>();

    private record Begun(Wish wish, Instant until) {

        boolean isOver(Instant now) {
            return !now.isBefore(until);
        }
    }

    UnderWay(InstantSource clock) {
        this.clock = clock;
    }

    void begin(String state, Wish wish) {
        var now = clock.instant();
        begun.values().removeIf(one -> one.isOver(now));
        if (begun.size() >= MOST) {
            // The oldest has waited longest for somebody who won't come.
            begun.entrySet()
                    .stream()
                    .min(Map.Entry.comparingByValue((a, b) -> a.until().compareTo(b.until())))
                    .ifPresent(oldest -> begun.remove(oldest.getKey()));
        }
        begun.put(state, new Begun(wish, now.plus(Setup.PATIENCE)));
    }

    /**
     * What was wanted by whoever comes back; nothing when nobody is expected with this state, any more or in this browser. A state that another browser comes with is
     * known to others, and over.
     *
     * @param bound the state that the browser was given
     */
    Optional<Wish> back(String state, String bound) {
        var found = Optional.ofNullable(begun.get(state))
                .filter(one -> !one.isOver(clock.instant()) && same(state, bound));
        if (found.isEmpty()) {
            end(state);
        }
        return found.map(Begun::wish);
    }

    private static boolean same(String state, String bound) {
        return MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), bound.getBytes(StandardCharsets.UTF_8));
    }

    /** Nobody is expected with it any more. */
    void end(String state) {
        begun.remove(state);
    }

    void endAll() {
        begun.clear();
    }
}
