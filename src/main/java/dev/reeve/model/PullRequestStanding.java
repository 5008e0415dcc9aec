package dev.reeve.model;

import java.time.Instant;
import java.util.List;

/**
 * What an open pull request waits for, as far as GitHub says. Each part may be unknown by itself.
 *
 * @param askedAt when GitHub said so
 */
public record PullRequestStanding(Checks checks, Reviews reviews, Mergeability mergeability,
        Instant askedAt) {

    /** Check runs and commit statuses of its head, taken together. */
    public sealed interface Checks {

        /** There are none. */
        record None() implements Checks {}

        /** Some are not finished, and none has failed. */
        record Pending(List<String> names) implements Checks {}

        /** All ended well: success, neutral or skipped. */
        record Passed() implements Checks {}

        /** These have failed, were cancelled, timed out or need an action. */
        record Failed(List<String> names) implements Checks {}

        /** GitHub could not be asked. */
        record Unknown(String reason) implements Checks {}
    }

    /** What its reviewers say: the last word of each counts. */
    public sealed interface Reviews {

        /** Nobody has answered yet, or somebody was asked again. */
        record Pending() implements Reviews {}

        /** At least one approves, none wants changes, and nobody is still asked. */
        record Approved() implements Reviews {}

        /** These want changes and were not asked again since. */
        record ChangesRequested(List<String> logins) implements Reviews {}

        /** GitHub could not be asked. */
        record Unknown(String reason) implements Reviews {}
    }

    /** Whether it can be merged without a conflict. */
    public enum Mergeability {
        MERGEABLE,
        CONFLICT,
        /** GitHub has not computed it yet, or could not be asked. */
        UNKNOWN
    }
}
