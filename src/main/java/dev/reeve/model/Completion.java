package dev.reeve.model;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What is written into a task's file when its pull request has landed.
 *
 * @param completedBy the pull request's author
 * @param completedAt the day of completion in UTC
 * @param prUrl the pull request's page
 * @param mergeCommit the commit on the default branch that brought it
 */
public record Completion(OwnerKey completedBy, LocalDate completedAt, int prNumber, String prUrl, Instant prMergedAt,
        Sha mergeCommit) {

    /** @throws IllegalArgumentException when the number is not positive */
    public Completion {
        if (prNumber < 1) {
            throw new IllegalArgumentException("not a pull request's number: " + prNumber);
        }
    }
}
