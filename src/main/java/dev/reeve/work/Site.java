package dev.reeve.work;

import dev.reeve.github.RepositoryClient;
import dev.reeve.model.PullRequest;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import dev.reeve.reconcile.CloneBranch;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.Desk;
import dev.reeve.reconcile.GitHubPullRequests;
import dev.reeve.reconcile.GitHubPullRequests.WhenItFails;
import dev.reeve.reconcile.PullRequests;
import dev.reeve.reconcile.PushWriter;
import dev.reeve.reconcile.Reconciler;
import dev.reeve.reconcile.RememberedPullRequests;
import dev.reeve.reconcile.TaskWriter;
import dev.reeve.reconcile.TasksOfPullRequest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that work on one repository needs: GitHub's view of it, its managed clone, and the operator's checkout if there is one here.
 *
 * @param branch its default branch in the managed clone
 * @param writer pushes to that branch
 * @param checkout opens the operator's checkout for a pass, given where its tasks are
 */
public record Site(RepositoryName name, RepositoryClient gitHub, CloneBranch branch, PushWriter writer,
        Optional<Function<TasksRoot, Desk>> checkout) {

    /** GitHub lists at most 3,000 files of a pull request, see "List pull requests files" in its REST documentation. */
    private static final int MOST_FILES = 3_000;

    /**
     * The default branch as the check run of a pull request needs it. After its merge the pass has just read the branch, or written it. When the
     * pull request goes elsewhere, GitHub is asked whether that is the default branch now.
     */
    CloneTip tipFor(PullRequest pr) {
        return agreed(pr, branch.with(Optional.ofNullable(pr.mergeCommit()).stream().toList()));
    }

    /** The default branch as it is now, for a pull request that came to its end. */
    CloneTip newestFor(PullRequest pr) {
        return agreed(pr, branch.fetch());
    }

    private CloneTip agreed(PullRequest pr, CloneTip tip) {
        return pr.base().equals(tip.branch().value()) ? tip : branch.fetchAgreed();
    }

    /** The operator's checkout, as it is now. */
    Optional<Desk> desk(CloneTip tip) {
        return checkout.map(open -> open.apply(tip.tasksRoot()));
    }

    /** Where a pass asks for pull requests. */
    PullRequests pullRequests() {
        return new RememberedPullRequests(new GitHubPullRequests(gitHub, WhenItFails.THROW));
    }

    /** A pass at this moment of the default branch. */
    Reconciler reconciler(CloneTip tip, PullRequests pullRequests, TaskWriter writer) {
        return new Reconciler(tip, desk(tip), pullRequests, writer);
    }

    /** The tasks that a pull request is about. */
    List<Slug> tasksOf(PullRequest pr, CloneTip tip) {
        return new TasksOfPullRequest(tip, desk(tip), tip::tasks).of(pr, () -> changedTaskFiles(pr, tip));
    }

    /** The task files that a pull request adds or changes. */
    List<TaskPath> changedTaskFiles(PullRequest pr, CloneTip tip) {
        return gitHub.changedFiles(pr.number(), MOST_FILES).stream().filter(tip::isTaskFile).toList();
    }
}
