package dev.reeve.model;

/** What asking GitHub for a pull request gave. Not knowing is an answer of its own: unknown is not closed. */
public sealed interface PullRequestLookup {

    /** There is one. */
    record Found(PullRequest pullRequest) implements PullRequestLookup {}

    /** GitHub says that there is none. */
    record None() implements PullRequestLookup {}

    /** GitHub could not be asked; the reason is for people. */
    record Unknown(String reason) implements PullRequestLookup {}
}
