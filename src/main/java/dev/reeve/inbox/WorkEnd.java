package dev.reeve.inbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * How work ended that a delivery has caused: it was done.
 *
 * @param attempts how many runs it took, the last one included
 * @param lastError what the last failed run said; null when none failed
 */
public record WorkEnd(String repository, String subject, Instant at, int attempts, @Nullable String lastError) {}
