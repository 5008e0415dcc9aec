package dev.reeve.reconcile;

import dev.reeve.github.GitHubFailure;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Pull requests for a pass over all tasks: GitHub is asked for one list of those that were updated last, and not once a task.
 *
 * <p>The rule. What the list can answer for certain, it answers: a number that is in it; a branch that has an open pull request in it; anything, when it
 * holds all that there are. Where it was cut, a number that is not in it is asked for, and so is a branch that is known here or whose
 * task shows signs of having begun. A task without any has no pull request, as far as this pass goes.
 */
public final class ListedPullRequests implements PullRequests {

    private final Map<Integer, PullRequest> byNumber;
    private final Map<String, List<PullRequest>> byBranch;
    private final Extent extent;
    private final PullRequests singly;
    private final Predicate<BranchName> known;

    private enum Extent {
        ALL, CUT
    }

    private ListedPullRequests(Collection<PullRequest> newest, Extent extent, PullRequests singly,
            Predicate<BranchName> known) {
        this.byNumber = newest.stream()
                .collect(Collectors.toMap(PullRequest::number, Function.identity(), (a, _) -> a));
        this.byBranch = newest.stream()
                .filter(pr -> !pr.fromFork())
                .collect(Collectors.groupingBy(PullRequest::headBranch));
        this.extent = extent;
        this.singly = singly;
        this.known = known;
    }

    /**
     * Asks GitHub for the list; when that fails, every answer is {@code Unknown}, and nothing more is asked.
     *
     * @param most how many at most
     * @param known whether a branch of this name is known where the pass runs
     */
    public static PullRequests of(RepositoryClient gitHub, int most, PullRequests singly, Predicate<BranchName> known) {
        try {
            return of(gitHub.recentPullRequests(most), most, singly, known);
        } catch (GitHubFailure failure) {
            return new NoPullRequests(String.valueOf(failure.getMessage()));
        }
    }

    /**
     * Goes by a list that was asked for before. As many as were asked for means that there may be more.
     *
     * @param newest those that were updated last
     * @param most how many were asked for
     * @param known whether a branch of this name is known where the pass runs
     */
    public static PullRequests of(Collection<PullRequest> newest, int most, PullRequests singly,
            Predicate<BranchName> known) {
        return new ListedPullRequests(newest, newest.size() < most ? Extent.ALL : Extent.CUT, singly, known);
    }

    @Override
    public PullRequestLookup byNumber(int number) {
        var listed = Optional.ofNullable(byNumber.get(number));
        return switch (extent) {
            case ALL -> found(listed);
            case CUT -> listed.isPresent() ? found(listed) : singly.byNumber(number);
        };
    }

    @Override
    public PullRequestLookup byBranch(BranchName branch, Signs signs) {
        var listed = byBranch.getOrDefault(branch.value(), List.of()).stream().min(PullRequest.WHICH_COUNTS);
        return switch (extent) {
            case ALL -> found(listed);
            case CUT -> {
                boolean certain = listed.filter(pr -> pr.state().isOpen()).isPresent();
                boolean begun = listed.isPresent() || signs == Signs.SOME || known.test(branch);
                yield !certain && begun ? singly.byBranch(branch, signs) : found(listed);
            }
        };
    }

    private static PullRequestLookup found(Optional<PullRequest> pullRequest) {
        return pullRequest.<PullRequestLookup>map(PullRequestLookup.Found::new)
                .orElseGet(PullRequestLookup.None::new);
    }
}
