package dev.reeve.work;

import dev.reeve.github.RepositoryClient;
import dev.reeve.inbox.Claim;
import dev.reeve.model.PullRequest;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import dev.reeve.model.Task;
import dev.reeve.model.TasksRoot;
import dev.reeve.model.Trigger;
import dev.reeve.reconcile.CloneBranch;
import dev.reeve.reconcile.CloneTip;
import dev.reeve.reconcile.Desk;
import dev.reeve.reconcile.GitHubPullRequests;
import dev.reeve.reconcile.GitHubPullRequests.WhenItFails;
import dev.reeve.reconcile.PromisedPullRequests;
import dev.reeve.reconcile.PullRequests;
import dev.reeve.reconcile.PushWriter;
import dev.reeve.reconcile.Reconciler;
import dev.reeve.reconcile.RememberedPullRequests;
import dev.reeve.reconcile.TaskWriter;
import dev.reeve.reconcile.WhichTasks;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything that work on one repository needs: GitHub's view of it, its managed clone, and the operator's checkout if there is one here.
 *
 * @param branch its default branch in the managed clone
 * @param writer pushes to that branch
 * @param checkout opens the operator's checkout for a pass, given where its tasks are
 */
public record Site(RepositoryName name, RepositoryClient gitHub, CloneBranch branch, PushWriter writer,
        Optional<Function<TasksRoot, Desk>> checkout) {

    /** So many files of the bookkeeping pull request are looked at. */
    private static final int MOST_BOOKKEPT = 3_000;

    /** The same, whose questions may use up the last of the rate limit. */
    Site urgent() {
        return new Site(name, gitHub.urgent(), branch, writer, checkout);
    }

    /**
     * The default branch as the check run of a pull request needs it. When the pull request goes elsewhere, GitHub is asked whether that is the default
     * branch now.
     */
    CloneTip tipFor(PullRequest pr, Claim claim) {
        return agreed(pr, tipWith(Optional.ofNullable(pr.mergeCommit()).stream().toList(), claim));
    }

    /**
     * The default branch with these merges in it, and no older than it was when the work was found to be due. Where a pass of this replica has just read
     * the branch, or written it, that costs nothing; where nothing is merged, or nothing is known of how new it has to be, it is asked for anew.
     */
    CloneTip tipWith(Collection<Sha> merges, Claim claim) {
        var seen = claim.triggers().stream().map(Trigger::seen).flatMap(Stream::ofNullable).toList();
        boolean told = !seen.isEmpty() && seen.size() == claim.triggers().size();
        return merges.isEmpty() || !told ? branch.fetch()
                : branch.with(Stream.concat(merges.stream(), seen.stream()).distinct().toList());
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
    RememberedPullRequests pullRequests() {
        return new RememberedPullRequests(new GitHubPullRequests(gitHub, WhenItFails.THROW));
    }

    /**
     * A pass at this moment of the default branch.
     *
     * @param judged numbers of merged pull requests that were found to be about its tasks; of others that is found out
     */
    Reconciler reconciler(CloneTip tip, PullRequests pullRequests, TaskWriter writer, Set<Integer> judged) {
        return new Reconciler(tip, desk(tip), new PromisedPullRequests(pullRequests, which(tip), judged), writer);
    }

    /** What waits, or waited, in the bookkeeping pull request: the tasks as they are at its head. */
    List<Task> bookkept(PullRequest pr, CloneTip tip) {
        var changed = gitHub.changedFiles(pr.number(), MOST_BOOKKEPT).stream().filter(tip::isTaskFile).toList();
        return tip.atHead(pr, changed).tasks();
    }

    /** Which tasks pull requests are about. */
    WhichTasks which(CloneTip tip) {
        return new WhichTasks(gitHub, tip, desk(tip));
    }
}
