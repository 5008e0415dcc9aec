package dev.reeve.recovery;

import dev.reeve.inbox.LogPosition;
import dev.reeve.recovery.Missing.Why;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts {@code reeve_recovered_deliveries}, {@code reeve_unreadable_deliveries}, {@code reeve_delivery_log_outages}, and says when the log was last read.
 *
 * <p><b>Threading:</b> for any thread.
 */
public final class RecoveryMetrics {

    private final Map<Why, Counter> recovered = new EnumMap<>(Why.class);
    private final Counter unreadable;
    private final Counter outages;
    private final AtomicLong read = new AtomicLong();

    public RecoveryMetrics(MeterRegistry registry) {
        for (var why : Why.values()) {
            recovered.put(why, Counter.builder("reeve.recovered.deliveries")
                    .description("Deliveries that were missed and taken in from GitHub's log")
                    .tag("why", why.name().toLowerCase(Locale.ROOT))
                    .register(registry));
        }
        unreadable = Counter.builder("reeve.unreadable.deliveries")
                .description(
                        "Missed deliveries that GitHub's log doesn't have in full: the repository was reconciled instead")
                .register(registry);
        outages = Counter.builder("reeve.delivery.log.outages")
                .description("How often GitHub's delivery log didn't reach back to where it was last read")
                .register(registry);
        Gauge.builder("reeve.delivery.log.read.seconds", read, AtomicLong::get)
                .description("When GitHub's delivery log was last read to its end, in seconds since 1970")
                .register(registry);
    }

    void recovered(Why why) {
        var counter = recovered.get(why);
        if (counter != null) {
            counter.increment();
        }
    }

    void unreadable() {
        unreadable.increment();
    }

    void outage() {
        outages.increment();
    }

    void readUpTo(LogPosition position) {
        read.set(position.readAt().getEpochSecond());
    }
}
