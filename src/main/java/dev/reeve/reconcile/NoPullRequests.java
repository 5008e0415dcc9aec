package dev.reeve.reconcile;

import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequestLookup;

/** GitHub is not asked; every answer is {@code Unknown}, for this reason. */
public record NoPullRequests(String reason) implements PullRequests {

    @Override
    public PullRequestLookup byNumber(int number) {
        return new PullRequestLookup.Unknown(reason);
    }

    @Override
    public PullRequestLookup byBranch(BranchName branch, Signs signs) {
        return new PullRequestLookup.Unknown(reason);
    }
}
