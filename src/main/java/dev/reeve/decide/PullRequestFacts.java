package dev.reeve.decide;

import dev.reeve.decide.Explanation.Fact;
import dev.reeve.model.BeatFacts;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.PullRequestStanding.Checks;
import dev.reeve.model.PullRequestStanding.Reviews;

import java.util.List;
import java.util.Locale;

/** What GitHub says of a task's pull request, for people. */
final class PullRequestFacts {

    private PullRequestFacts() {}

    static List<Fact> of(BeatFacts facts, HeartbeatPolicy policy) {
        var list = new FactList(policy.now());
        switch (facts.pullRequest()) {
            case PullRequestLookup.None() -> list.add("pull request", "none");
            case PullRequestLookup.Unknown(var reason) -> list.add("pull request", "unknown: " + reason);
            case PullRequestLookup.Found(var pr) -> describe(pr, list);
        }
        facts.standing().ifPresent(standing -> describe(standing, list));
        return list.facts();
    }

    private static void describe(PullRequest pr, FactList list) {
        list.add("pull request", "#" + pr.number() + ", " + pr.state().name().toLowerCase(Locale.ROOT));
        list.add("title", pr.title());
        list.add("address", pr.url());
        list.add("branch", pr.headBranch() + " into " + pr.base());
        list.at("merged", pr.mergedAt());
    }

    private static void describe(PullRequestStanding standing, FactList list) {
        list.add("checks", words(standing.checks()));
        list.add("reviews", words(standing.reviews()));
        list.add("mergeable", switch (standing.mergeability()) {
            case MERGEABLE -> "yes";
            case CONFLICT -> "no, it conflicts";
            case UNKNOWN -> "unknown";
        });
        list.at("asked", standing.askedAt());
    }

    private static String words(Checks checks) {
        return switch (checks) {
            case Checks.None() -> "none";
            case Checks.Pending(var names) -> "pending: " + PullRequestSignals.listed(names);
            case Checks.Passed() -> "passed";
            case Checks.Failed(var names) -> "failed: " + PullRequestSignals.listed(names);
            case Checks.Unknown(var reason) -> "unknown: " + reason;
        };
    }

    private static String words(Reviews reviews) {
        return switch (reviews) {
            case Reviews.Pending() -> "pending";
            case Reviews.Approved() -> "approved";
            case Reviews.ChangesRequested(var logins) -> "changes requested by " + PullRequestSignals.listed(logins);
            case Reviews.Unknown(var reason) -> "unknown: " + reason;
        };
    }
}
