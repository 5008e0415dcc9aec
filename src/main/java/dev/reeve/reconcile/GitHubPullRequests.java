package dev.reeve.reconcile;

import dev.reeve.github.GitHubFailure;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequestLookup;

import java.util.function.Supplier;

/**
 * Pull requests as GitHub's API states them now.
 *
 * @param whenItFails what becomes of a failure to ask
 */
public record GitHubPullRequests(RepositoryClient gitHub, WhenItFails whenItFails) implements PullRequests {

    /** What becomes of a failure to ask. */
    public enum WhenItFails {
        /** It is thrown: the queue knows when to try again. */
        THROW,
        /** The answer is {@code Unknown}: the other tasks go on. */
        ANSWER_UNKNOWN
    }

    @Override
    public PullRequestLookup byNumber(int number) {
        return lookup(() -> new PullRequestLookup.Found(gitHub.pullRequest(number)));
    }

    @Override
    public PullRequestLookup byBranch(BranchName branch, Signs signs) {
        return lookup(() -> gitHub.latestFrom(branch));
    }

    private PullRequestLookup lookup(Supplier<PullRequestLookup> ask) {
        try {
            return ask.get();
        } catch (GitHubFailure failure) {
            if (failure.kind() instanceof GitHubFailure.Kind.NotFound) {
                return new PullRequestLookup.None();
            }
            return switch (whenItFails) {
                case THROW -> throw failure;
                case ANSWER_UNKNOWN -> new PullRequestLookup.Unknown(String.valueOf(failure.getMessage()));
            };
        }
    }
}
