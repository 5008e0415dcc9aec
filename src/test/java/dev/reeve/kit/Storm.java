package dev.reeve.kit;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A bad day at GitHub, by chance: one request in ten fails, half of those after it has taken effect; some are slow; now and then a limit strikes, and
 * everything that is asked before its end is refused as well, and remembered.
 *
 * <p><b>Threading:</b> GitHub asks it for one request at a time.
 */
public final class Storm {

    private static final double FAILS = 0.1;
    private static final double AFTER_EFFECT = 0.5;
    private static final double IS_SLOW = 0.1;
    private static final Duration SLOW = Duration.ofMillis(40);
    /** GitHub's advice where it doesn't say for how long: "wait for at least one minute". */
    private static final Duration AT_LEAST = Duration.ofMinutes(1);

    private final Random random;
    private final InstantSource clock;
    private final double limits;
    private final List<String> breaches = new ArrayList<>();
    private @Nullable Limit limit;
    private int struck;

    private record Limit(Instant since, Instant until, Trouble answer) {

        boolean holdsAt(Instant now) {
            return now.isBefore(until);
        }
    }

    /** @param limits how probable it is that a request meets a new limit */
    public Storm(long seed, InstantSource clock, double limits) {
        this.random = new Random(seed);
        this.clock = clock;
        this.limits = limits;
    }

    /** What goes wrong with the request. */
    synchronized Optional<Trouble> over(FakeRequest request) {
        var now = clock.instant();
        boolean asApp = request.path().startsWith("/app/") || request.path().endsWith("/installation");
        var held = limit;
        if (!asApp && held != null && held.holdsAt(now)) {
            // What was under way when it struck is nobody's fault; the clock moves on only when nothing is.
            if (now.isAfter(held.since())) {
                breaches.add(request.line() + " at " + now + ", before " + held.until());
            }
            return Optional.of(held.answer());
        }
        if (!asApp && random.nextDouble() < limits) {
            struck++;
            limit = limit(now);
            return Optional.of(limit.answer());
        }
        return random.nextDouble() < FAILS ? Optional.of(failure())
                : random.nextDouble() < IS_SLOW ? Optional.of(Trouble.slow(SLOW)) : Optional.empty();
    }

    private Trouble failure() {
        var trouble = random.nextBoolean() ? Trouble.badGateway() : Trouble.reset();
        return random.nextDouble() < AFTER_EFFECT ? trouble.afterEffect() : trouble;
    }

    private Limit limit(Instant now) {
        return switch (random.nextInt(3)) {
            case 0 -> new Limit(now, now.plusSeconds(90), Trouble.secondaryLimit(Duration.ofSeconds(90)));
            case 1 -> new Limit(now, now.plus(AT_LEAST),
                    Trouble.status(429, "You have exceeded a secondary rate limit. Please wait a few minutes."));
            default -> new Limit(now, now.plusSeconds(120), Trouble.usedUp(now.plusSeconds(120)));
        };
    }

    /** What was asked although a limit forbade it, and was known to. */
    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** How many limits struck. */
    public synchronized int limits() {
        return struck;
    }
}
