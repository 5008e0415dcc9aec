package dev.reeve.reconcile;

import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequestLookup;

/** Where pull requests are asked for. An implementation may throw instead of answering {@code Unknown} when its caller wants to try again. */
public interface PullRequests {

    /** The pull request of this number. */
    PullRequestLookup byNumber(int number);

    /** The pull request whose head is this branch of the repository itself: an open one first, else the one merged last, else the one closed last. */
    PullRequestLookup byBranch(BranchName branch, Signs signs);

    /** Whether anything but the branch itself shows that work on a task has begun: a register entry, dispatch files, its status. */
    enum Signs {
        SOME, NONE
    }
}
