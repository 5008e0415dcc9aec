package dev.reeve.inbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A piece of open work as it stands.
 *
 * @param id counts the work that there ever was
 * @param failures how many runs have failed in a row
 * @param since since when it is due, or waits, or is dead
 * @param next when it is tried next, or while it runs, when its lease ends; null for a dead one
 * @param error what the last run said; null when none has failed
 */
public record OpenWork(long id, String repository, String subject, WorkState state, int failures, Instant since,
        @Nullable Instant next, @Nullable String error) {}
