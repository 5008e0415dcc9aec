package dev.reeve.reconcile;

import dev.reeve.decide.BookkeepingWording;
import dev.reeve.decide.BookkeepingWording.Entry;
import dev.reeve.decide.BookkeepingWording.Words;
import dev.reeve.git.FetchResult;
import dev.reeve.git.ManagedClone;
import dev.reeve.github.GitHubFailure;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Sha;
import dev.reeve.reconcile.TaskWriter.Written;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The bookkeeping pull request at GitHub, which follows from its branch. GitHub doesn't say who closed a pull request: one that says that nothing waits was taken
 * down by us, any other one by a person.
 */
record BookkeepingPull(ManagedClone git, RepositoryClient gitHub, Consumer<String> steps) {

    private static final Logger LOG = LoggerFactory.getLogger(BookkeepingPull.class);

    /** Makes it say what is on its branch, which stands at this commit. Nothing, when the branch is gone meanwhile. */
    Optional<Written> show(CloneTip tip, Words words, Sha head) {
        try {
            return switch (newest(tip)) {
                case PullRequestLookup.Found(var pr) when pr.state().isOpen() -> Optional.of(updated(pr, words));
                case PullRequestLookup.Found(var pr) when wasClosedByAPerson(pr) && pr.headSha().equals(head) ->
                    isThere() ? Optional.of(closed(pr)) : Optional.empty();
                case PullRequestLookup.Found _,PullRequestLookup.None _,PullRequestLookup.Unknown _ ->
                    Optional.of(opened(tip, words));
            };
        } catch (GitHubFailure failure) {
            // One that was opened a moment ago may be missing in the list, and GitHub opens no second.
            if (failure.kind() instanceof Kind.Rejected) {
                return Optional
                        .of(new Written.Failed(String.valueOf(failure.getMessage()), Again.MAY_HELP, failure));
            }
            throw failure;
        }
    }

    private boolean isThere() {
        return git.fetch(BookkeepingBranch.NAME) instanceof FetchResult.Fetched;
    }

    /** That a person has closed it, and deleted its branch, with all of this in it; nothing else is to wait, so it stays closed. */
    Optional<Written> declined(CloneTip tip, Collection<Entry> wanted) {
        return newest(tip) instanceof PullRequestLookup.Found(var pr) && wasClosedByAPerson(pr)
                && git.fetchCommit(pr.headSha())
                && BookkeepingBranch.at(git, pr.headSha(), tip.commit().orElseThrow())
                        .filter(branch -> branch.waiting().keySet().containsAll(wanted))
                        .isPresent()
                                ? Optional.of(closed(pr))
                                : Optional.empty();
    }

    private static boolean wasClosedByAPerson(PullRequest pr) {
        return pr.state() == PullRequest.State.CLOSED
                && !pr.body().strip().equals(BookkeepingWording.NOTHING_WAITS.body());
    }

    private static Written closed(PullRequest pr) {
        return new Written.Waiting(pr.number(), "its completion waits in #" + pr.number()
                + ", which somebody closed: reopen it (its branch, if it was deleted, is restored there), and merge it");
    }

    private PullRequestLookup newest(CloneTip tip) {
        return gitHub.newestFrom(BookkeepingBranch.NAME, tip.branch());
    }

    private Written updated(PullRequest pr, Words words) {
        if (!pr.title().equals(words.title()) || !pr.body().strip().equals(words.body().strip())) {
            gitHub.editPullRequest(pr.number(), words.title(), words.body());
            LOG.info("{}: #{} is {}", gitHub.name(), pr.number(), words.title());
        }
        return waiting(pr.number());
    }

    private Written opened(CloneTip tip, Words words) {
        int number = gitHub.openPullRequest(BookkeepingBranch.NAME, tip.branch(), words.title(), words.body());
        steps.accept(Bookkeeping.OPENED);
        LOG.info("{}: opened #{}, {}", gitHub.name(), number, words.title());
        return waiting(number);
    }

    private static Written waiting(int number) {
        return new Written.Waiting(number, "its completion waits in #" + number);
    }

    /** Makes it say that nothing waits, before its branch goes and GitHub closes it for that; the open one. */
    Optional<PullRequest> empty(CloneTip tip) {
        var open = newest(tip) instanceof PullRequestLookup.Found(var pr) && pr.state().isOpen()
                ? Optional.of(pr)
                : Optional.<PullRequest>empty();
        open.ifPresent(pr -> {
            updated(pr, BookkeepingWording.NOTHING_WAITS);
            steps.accept(Bookkeeping.EMPTIED);
        });
        return open;
    }
}
