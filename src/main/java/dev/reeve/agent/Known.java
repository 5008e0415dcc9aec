package dev.reeve.agent;

import dev.reeve.agent.SinglePullRequests.Answer;
import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.reconcile.ListedPullRequests;
import dev.reeve.reconcile.PullRequests;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What GitHub has said.
 *
 * @param askedAt when it gave the list
 * @param newest the pull requests that were updated last, without their descriptions
 * @param begun the branches for which the list alone was not to be believed
 * @param singles what was asked for one by one, by number or branch
 * @param standings what the open ones wait for, by number
 */
record Known(Instant askedAt, List<PullRequest> newest, Set<BranchName> begun, Map<Object, Answer> singles,
        Map<Integer, PullRequestStanding> standings) {

    /** The list is asked for in hundreds: five requests. */
    static final int LISTED = 500;

    Known {
        newest = List.copyOf(newest);
        singles = Map.copyOf(singles);
        standings = Map.copyOf(standings);
    }

    /** Answers by the rules of {@link ListedPullRequests}, out of memory. */
    PullRequests lookups() {
        return ListedPullRequests.of(newest, LISTED, new Remembered(singles), begun::contains);
    }

    private record Remembered(Map<Object, Answer> singles) implements PullRequests {

        @Override
        public PullRequestLookup byNumber(int number) {
            return of(number);
        }

        @Override
        public PullRequestLookup byBranch(BranchName branch, Signs signs) {
            return of(branch);
        }

        private PullRequestLookup of(Object key) {
            var answer = singles.get(key);
            return answer == null ? new PullRequestLookup.Unknown("GitHub was not asked for it yet") : answer.lookup();
        }
    }
}
