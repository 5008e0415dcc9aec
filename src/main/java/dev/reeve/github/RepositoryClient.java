package dev.reeve.github;

import dev.reeve.model.BranchName;
import dev.reeve.model.CheckReport;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * One repository on GitHub. Every method asks GitHub anew (conditionally, so that an unchanged answer costs nothing)
 * and throws a {@link GitHubFailure}; none of them waits for a rate limit to end.
 *
 * <p><b>Threading</b>: any thread.
 */
public final class RepositoryClient {

    private final RepositoryName name;
    private final ApiCalls calls;
    private final PullRequests pulls;
    private final CheckRuns checks;
    private final Standings standings;

    RepositoryClient(RepositoryName name, ApiCalls calls, InstantSource clock) {
        this.name = name;
        this.calls = calls;
        this.pulls = new PullRequests(name, calls);
        this.checks = new CheckRuns(name, calls);
        this.standings = new Standings(name, calls, clock);
    }

    /** Which repository this is. */
    public RepositoryName name() {
        return name;
    }

    /** A pull request as it stands now, in one request. An announced one that isn't visible yet is {@code NotFound}. */
    public PullRequest pullRequest(int number) {
        return pulls.byNumber(number);
    }

    /**
     * The pull request that counts for a branch of this repository (never a fork's): the open one, else the one merged
     * last, else the newest closed one, among the 30 newest. Not being able to ask is thrown, so {@code Unknown}
     * is for the caller to make of a failure.
     */
    public PullRequestLookup latestFrom(BranchName head) {
        return pulls.latestFrom(head);
    }

    /**
     * The pull requests of the repository, those updated last first, in one request for each hundred.
     *
     * @param limit how many at most; that many in the result means that there may be more
     */
    public List<PullRequest> recentPullRequests(int limit) {
        return pulls.recent(limit);
    }

    /**
     * What an open pull request waits for: its checks, its reviewers, and whether it can be merged, in four requests as a rule. A part that can't be
     * learnt is unknown by itself, with the reason, such as the right that a token lacks.
     *
     * @throws GitHubFailure when nothing can be asked at all: a rate limit, a token that isn't accepted, an App that isn't installed
     */
    public PullRequestStanding standing(PullRequest pull) {
        return standings.of(pull);
    }

    /** The numbers of the pull requests that a commit belongs to or came from, at most 30. */
    public List<Integer> pullRequestsOf(Sha commit) {
        return pulls.of(commit);
    }

    /**
     * The files that are there after a pull request and not before, or not so: added, changed, or renamed (by the new
     * name). What has a name that isn't safe is left out.
     *
     * @param limit how many at most; that many in the result means that there may be more
     */
    public List<TaskPath> changedFiles(int pullRequest, int limit) {
        return pulls.changedFiles(pullRequest, limit);
    }

    /** The default branch that is set at GitHub. */
    public BranchName defaultBranch() {
        return calls.ask(Question.reading(Permission.METADATA_READ, Forms::repository),
                (gitHub, conversation) -> BranchName
                        .parse(gitHub.getRepository(name.toString()).getDefaultBranch())
                        .orElseThrow(() -> conversation.fields().malformed("without a valid default branch")));
    }

    /**
     * Makes a commit's check run say what the report says, completed. Asking again with the same report writes nothing.
     * What is longer than GitHub takes is cut, with a note.
     *
     * @param checkName the check's name, as branch protection knows it
     * @param externalId what tells our runs on one commit apart; stable
     * @return GitHub's id of the run that now says so
     */
    public long putCheckRun(Sha head, String checkName, String externalId, CheckReport report) {
        return checks.put(head, checkName, externalId, report);
    }

    /** Gives, each time it is asked, a token that git can use for at least five minutes. It may ask GitHub for it. */
    public Supplier<String> gitCredentials() {
        return () -> calls.access().credentials().token();
    }
}
