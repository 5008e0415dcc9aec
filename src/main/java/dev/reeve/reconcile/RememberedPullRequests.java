package dev.reeve.reconcile;

import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Slug;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks for each pull request once. It is for one pass, within which time stands still. */
public final class RememberedPullRequests implements PullRequests {

    private final PullRequests asked;
    private final Map<Integer, PullRequestLookup> byNumber = new ConcurrentHashMap<>();
    private final Map<BranchName, PullRequestLookup> byBranch = new ConcurrentHashMap<>();

    /** @param asked where they are asked for */
    public RememberedPullRequests(PullRequests asked) {
        this.asked = asked;
    }

    /** The same, with a pull request that has just been read. */
    public RememberedPullRequests having(PullRequest read) {
        byNumber.put(read.number(), new PullRequestLookup.Found(read));
        return this;
    }

    @Override
    public PullRequestLookup byNumber(int number) {
        return byNumber.computeIfAbsent(number, asked::byNumber);
    }

    @Override
    public PullRequestLookup byBranch(BranchName branch, Signs signs) {
        return byBranch.computeIfAbsent(branch, key -> asked.byBranch(key, signs));
    }

    @Override
    public boolean mayComplete(PullRequest merged, Slug slug) {
        return asked.mayComplete(merged, slug);
    }
}
