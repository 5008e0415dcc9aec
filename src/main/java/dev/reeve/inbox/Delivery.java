package dev.reeve.inbox;

import dev.reeve.model.RepositoryName;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A webhook delivery whose signature was verified. Its identity is hook and GUID together: the GUID names the event, which GitHub sends to
 * several hooks, and a redelivery carries the GUID of the original.
 *
 * @param hookId {@code X-GitHub-Hook-ID}
 * @param guid {@code X-GitHub-Delivery}
 * @param event {@code X-GitHub-Event}
 * @param action the payload's {@code action}; null for events that have none
 * @param repository null for events that concern no repository
 * @param installation the installation's id; null when the payload names none
 */
public record Delivery(long hookId, String guid, String event, @Nullable String action,
        @Nullable RepositoryName repository, @Nullable Long installation, Instant receivedAt, Payload body) {}
