package dev.reeve.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;

/**
 * A bad day at GitHub: one request in ten fails, half of those after it has taken effect; some are slow; now and then, and where a test says so, a limit
 * strikes, and everything that is asked before its end is refused as well, and remembered.
 *
 * <p>What becomes of a request depends on the seed, on what it asks for, and on how often that was asked for before; not on what else is asked meanwhile. So the
 * same seed gives much the same day, however the server's threads take turns.
 *
 * <p><b>Threading:</b> GitHub asks it for one request at a time.
 */
public final class Storm {

    private static final double FAILS = 0.1;
    private static final double AFTER_EFFECT = 0.5;
    private static final double IS_SLOW = 0.1;
    private static final double IS_LIMITED = 0.004;
    private static final Duration SLOW = Duration.ofMillis(200);
    /** GitHub's advice where it doesn't say for how long: "wait for at least one minute". */
    private static final Duration AT_LEAST = Duration.ofMinutes(1);
    private static final Duration LONGER = Duration.ofSeconds(90);
    /** So many more may be under way when a limit strikes: four at once are asked in the name of one installation, or of the App. */
    private static final int UNDER_WAY = 3;

    private final long seed;
    private final InstantSource clock;
    private final Map<String, Integer> asked = new HashMap<>();
    private final Map<Asker, Limits> limits = new EnumMap<>(Asker.class);
    private final List<String> breaches = new ArrayList<>();

    /** In whose name something is asked. Each has a limit of its own. */
    public enum Asker {
        APP, INSTALLATION;

        private static Asker of(FakeRequest request) {
            return request.path().matches("/app(/.*)?|.*/installation") ? APP : INSTALLATION;
        }
    }

    /** How GitHub says that a limit is reached. */
    public enum Kind {
        /** 403, nothing left until a time. */
        USED_UP,
        /** 403, for so long. */
        SECONDARY,
        /** 403 without a time. */
        SECONDARY_UNTIMED,
        /** 429, for so long. */
        TOO_MANY,
        /** 429 without a time. */
        TOO_MANY_UNTIMED;

        private Limit from(Instant now) {
            return switch (this) {
                case USED_UP -> new Limit(now, now.plus(LONGER), Trouble.usedUp(now.plus(LONGER)));
                case SECONDARY -> new Limit(now, now.plus(LONGER), Trouble.secondaryLimit(403, Optional.of(LONGER)));
                case SECONDARY_UNTIMED ->
                    new Limit(now, now.plus(AT_LEAST), Trouble.secondaryLimit(403, Optional.empty()));
                case TOO_MANY -> new Limit(now, now.plus(LONGER), Trouble.secondaryLimit(429, Optional.of(LONGER)));
                case TOO_MANY_UNTIMED ->
                    new Limit(now, now.plus(AT_LEAST), Trouble.secondaryLimit(429, Optional.empty()));
            };
        }
    }

    private record Limit(Instant since, Instant until, Trouble answer) {}

    /** Those of one asker. */
    private static final class Limits {
        private final Queue<Planned> planned = new ArrayDeque<>();
        private final Map<Kind, Integer> struck = new EnumMap<>(Kind.class);
        private Limit last = new Limit(Instant.MIN, Instant.MIN, Trouble.badGateway());
        private int requests;
        private int refused;
    }

    private record Planned(int request, Kind kind) {}

    public Storm(long seed, InstantSource clock) {
        this.seed = seed;
        this.clock = clock;
        for (var asker : Asker.values()) {
            limits.put(asker, new Limits());
        }
    }

    /** A limit strikes at this request of the asker, counted from one, or as soon after it as none holds. Say them in order. */
    public Storm limiting(Asker asker, int request, Kind kind) {
        limits(asker).planned.add(new Planned(request, kind));
        return this;
    }

    private Limits limits(Asker asker) {
        return limits.computeIfAbsent(asker, _ -> new Limits());
    }

    /** What goes wrong with the request. */
    synchronized Optional<Trouble> over(FakeRequest request) {
        var now = clock.instant();
        var of = limits(Asker.of(request));
        of.requests++;
        if (now.isBefore(of.last.until())) {
            // What was under way when it struck is nobody's fault; the clock moves on only when nothing is.
            if (++of.refused > UNDER_WAY || now.isAfter(of.last.since())) {
                breaches.add(request.line() + " at " + now + ", before " + of.last.until());
            }
            return Optional.of(of.last.answer());
        }
        var what = request.line() + request.query();
        var random = new Random(31L * (what + asked.merge(what, 1, Integer::sum)).hashCode() + seed);
        var kind = limit(of, random);
        if (kind.isPresent()) {
            of.struck.merge(kind.get(), 1, Integer::sum);
            of.last = kind.get().from(now);
            of.refused = 0;
            return Optional.of(of.last.answer());
        }
        return random.nextDouble() < FAILS ? Optional.of(failure(random))
                : random.nextDouble() < IS_SLOW ? Optional.of(Trouble.slow(SLOW)) : Optional.empty();
    }

    private static Optional<Kind> limit(Limits of, Random random) {
        var next = of.planned.peek();
        if (next != null && of.requests >= next.request()) {
            of.planned.remove();
            return Optional.of(next.kind());
        }
        return random.nextDouble() < IS_LIMITED ? Optional.of(Kind.values()[random.nextInt(Kind.values().length)])
                : Optional.empty();
    }

    private static Trouble failure(Random random) {
        var trouble = random.nextBoolean() ? Trouble.badGateway() : Trouble.reset();
        return random.nextDouble() < AFTER_EFFECT ? trouble.afterEffect() : trouble;
    }

    /** What was asked although a limit forbade it, and was known to. */
    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** Whether a limit forbids this asker everything now. */
    public synchronized boolean holds(Asker asker) {
        return clock.instant().isBefore(limits(asker).last.until());
    }

    /** How often a limit of each kind struck this asker. */
    public synchronized Map<Kind, Integer> limitsOf(Asker asker) {
        return Map.copyOf(limits(asker).struck);
    }
}
