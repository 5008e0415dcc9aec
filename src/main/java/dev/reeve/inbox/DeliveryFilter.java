package dev.reeve.inbox;

import dev.reeve.model.RepositoryName;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Which deliveries to list; what is null doesn't matter.
 *
 * @param since those that came, for the last time, at this time or later
 * @param before those with a smaller id: what is left after a page
 */
public record DeliveryFilter(@Nullable String event, @Nullable RepositoryName repository, @Nullable DeliveryState state,
        @Nullable Instant since, @Nullable Long before) {

    /** Those in this state. */
    public static DeliveryFilter in(DeliveryState state) {
        return new DeliveryFilter(null, null, state, null, null);
    }

    /** The rest, after a page that ended with this delivery. */
    public DeliveryFilter before(long id) {
        return new DeliveryFilter(event, repository, state, since, id);
    }
}
