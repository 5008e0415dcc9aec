package dev.reeve.reconcile;

import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Slug;

import java.util.Set;

/**
 * Pull requests of which a merged one counts for a task only if it is about it, as {@link WhichTasks} says.
 *
 * @param judged numbers of merged ones that were found to be about the tasks of this pass
 */
public record PromisedPullRequests(PullRequests asked, WhichTasks which, Set<Integer> judged) implements PullRequests {

    @Override
    public PullRequestLookup byNumber(int number) {
        return asked.byNumber(number);
    }

    @Override
    public PullRequestLookup byBranch(BranchName branch, Signs signs) {
        return asked.byBranch(branch, signs);
    }

    @Override
    public boolean mayComplete(PullRequest merged, Slug slug) {
        return judged.contains(merged.number()) || which.over(merged).tasks().contains(slug);
    }
}
