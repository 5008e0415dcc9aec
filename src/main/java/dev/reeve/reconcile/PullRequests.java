package dev.reeve.reconcile;

import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Slug;

/** Where pull requests are asked for. An implementation may throw instead of answering {@code Unknown} when its caller wants to try again. */
public interface PullRequests {

    /** The pull request of this number. */
    PullRequestLookup byNumber(int number);

    /** The pull request whose head is this branch of the repository itself: an open one first, else the one merged last, else the one closed last. */
    PullRequestLookup byBranch(BranchName branch, Signs signs);

    /**
     * Whether a merged one that seems to be about a task, by its number, its branch or what led here, may complete it. Where check runs aren't asked for, as
     * where an operator's own checkout is reconciled, what it says of itself counts.
     */
    default boolean mayComplete(PullRequest merged, Slug slug) {
        return true;
    }

    /** Whether anything but the branch itself shows that work on a task has begun: a register entry, dispatch files, its status. */
    enum Signs {
        SOME, NONE
    }
}
