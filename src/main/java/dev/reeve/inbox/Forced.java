package dev.reeve.inbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * That somebody forced work.
 *
 * @param guid the delivery that was processed again, if it was one
 */
public record Forced(long id, Instant at, Forcing by, String repository, String subject, @Nullable String guid) {}
