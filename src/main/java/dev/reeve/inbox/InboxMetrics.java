package dev.reeve.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What the inbox counts: {@code reeve_deliveries}, {@code reeve_work}, {@code reeve_work_lag}, {@code reeve_work_pending}. */
final class InboxMetrics {

    private final Counter accepted;
    private final Counter redelivered;
    private final Counter refused;
    private final Map<Settlement, Counter> settled = new EnumMap<>(Settlement.class);
    private final Timer lag;

    InboxMetrics(MeterRegistry registry, Supplier<Pending> pending) {
        accepted = deliveries(registry, "accepted");
        redelivered = deliveries(registry, "redelivered");
        refused = deliveries(registry, "refused");
        for (var settlement : Settlement.values()) {
            settled.put(settlement, Counter.builder("reeve.work")
                    .description("Runs by how they ended")
                    .tag("outcome", settlement.name().toLowerCase(Locale.ROOT))
                    .register(registry));
        }
        lag = Timer.builder("reeve.work.lag").description("From due to claimed").register(registry);
        gauge(registry, "due", pending, Pending::due);
        gauge(registry, "later", pending, Pending::later);
        gauge(registry, "running", pending, Pending::running);
        gauge(registry, "dead", pending, Pending::dead);
    }

    private static Counter deliveries(MeterRegistry registry, String result) {
        return Counter.builder("reeve.deliveries")
                .description("Verified deliveries by what became of them")
                .tag("result", result)
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, String state, Supplier<Pending> pending,
            ToLongFunction<Pending> count) {
        Gauge.builder("reeve.work.pending", () -> count.applyAsLong(pending.get()))
                .description("Keys with open work")
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    void accepted(Receipt receipt) {
        (receipt.attempt() == 1 ? accepted : redelivered).increment();
    }

    void refused() {
        refused.increment();
    }

    void settled(Settlement settlement) {
        var counter = settled.get(settlement);
        if (counter != null) {
            counter.increment();
        }
    }

    /** A clock that was set back makes no negative lag. */
    void claimed(Claim claim, Instant now) {
        var waited = Duration.between(claim.waitingSince(), now);
        lag.record(waited.isNegative() ? Duration.ZERO : waited);
    }
}
