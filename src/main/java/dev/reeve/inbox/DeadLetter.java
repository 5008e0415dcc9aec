package dev.reeve.inbox;

import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;

import java.time.Instant;
import java.util.List;

/**
 * Work that is not tried again by itself.
 *
 * @param attempts how many runs failed
 * @param error what the last one said
 * @param triggers why it was wanted, oldest first
 */
public record DeadLetter(WorkKey key, int attempts, String error, Instant diedAt, List<Trigger> triggers) {}
