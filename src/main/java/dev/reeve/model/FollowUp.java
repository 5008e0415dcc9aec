package dev.reeve.model;

import java.time.Instant;

/**
 * What somebody wants a task's worker to be told, and which waits for its next run.
 *
 * @param id names it within the task
 * @param by who said it
 */
public record FollowUp(String id, Instant at, String by, String text) {}
