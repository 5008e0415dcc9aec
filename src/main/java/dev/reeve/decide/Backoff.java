package dev.reeve.decide;

import java.time.Duration;
import java.util.Optional;

/**
 * When failed work is tried again: exponential backoff with full jitter, so that what failed together does not come back together.
 * The longest waits are 2 s, 4 s, 8 s … up to 15 minutes; the tenth failure is the last.
 */
public final class Backoff {

    /** After so many failures nothing is tried again without a person. */
    public static final int MAX_ATTEMPTS = 10;

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private Backoff() {}

    /**
     * The wait before the next try, or nothing when there should be none.
     *
     * @param failures how many tries failed, 1 or more
     * @param random from 0 (inclusive) to 1 (exclusive), evenly distributed
     * @throws IllegalArgumentException when an argument is out of its range
     */
    public static Optional<Duration> delayAfter(int failures, double random) {
        if (failures < 1 || !(random >= 0 && random < 1)) {
            throw new IllegalArgumentException("failures " + failures + ", random " + random);
        }
        if (failures >= MAX_ATTEMPTS) {
            return Optional.empty();
        }
        long ceiling = Math.min(FIRST.toMillis() << (failures - 1), LONGEST.toMillis());
        return Optional.of(Duration.ofMillis((long) (ceiling * random)));
    }
}
