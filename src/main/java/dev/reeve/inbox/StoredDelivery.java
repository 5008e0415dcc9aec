package dev.reeve.inbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What the inbox knows of a delivery, without its body.
 *
 * @param repository as the payload named it; null when it named none
 * @param receivedAt when it came first
 * @param lastReceivedAt when it came last
 * @param attempts how often it came
 * @param size of its body in bytes
 */
public record StoredDelivery(long id, long hookId, String guid, String event, @Nullable String action,
        @Nullable String repository, @Nullable Long installation, Instant receivedAt, Instant lastReceivedAt,
        int attempts, int size) {}
