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
import java.util.Optional;
import java.util.function.Predicate;
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
    private final ApiCalls writing;
    private final InstantSource clock;
    private final PullRequests pulls;
    private final CheckRuns checks;
    private final Standings standings;
    private final PullRequestWrites writes;
    private final GitObjects objects;
    private final BranchRules rules;
    private final Contents contents;

    /** @param writing with a token that may write pull requests, which only some repositories need */
    RepositoryClient(RepositoryName name, ApiCalls calls, ApiCalls writing, InstantSource clock) {
        this.name = name;
        this.calls = calls;
        this.writing = writing;
        this.clock = clock;
        this.pulls = new PullRequests(name, calls);
        this.checks = new CheckRuns(name, calls);
        this.standings = new Standings(name, calls, clock);
        this.writes = new PullRequestWrites(name, writing);
        this.objects = new GitObjects(name, calls);
        this.rules = new BranchRules(name, calls);
        this.contents = new Contents(name, calls);
    }

    /** Which repository this is. */
    public RepositoryName name() {
        return name;
    }

    /** The same, for what people wait to be told: it may use up the last of the rate limit, which is kept from everything else. */
    public RepositoryClient urgent() {
        return new RepositoryClient(name, calls.urgent(), writing.urgent(), clock);
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
        return standings.of(pull, _ -> true);
    }

    /** As {@link #standing}, but what our own check runs say doesn't count. */
    public PullRequestStanding standingForOthers(PullRequest pull) {
        return standings.of(pull, run -> run.optionalObject("app").filter(app -> isOurs(app.id("id"))).isEmpty());
    }

    /** Whether this is the App by which GitHub is asked here. */
    public boolean isOurs(long app) {
        var _ = calls.access().credentials();
        return calls.access().mayUpdateRunsOf(app);
    }

    /** Whether a person may push to this repository, as GitHub says now; somebody whom it doesn't know may not. */
    public boolean mayWrite(String login) {
        return new Collaborators(name, calls).mayWrite(login);
    }

    /** The pull requests whose head is this commit, as GitHub finds them by the commit, which leaves out some of forks. */
    public List<PullRequest> pullRequestsAt(Sha head) {
        return pulls.at(head);
    }

    /** Our check runs at a commit, all of them, the newest first. */
    public List<OwnRun> ownRuns(Sha commit) {
        return checks.of(commit);
    }

    /**
     * The pull request of a branch of this repository into another: the open one, else the newest, among the 30 newest. In one request.
     */
    public PullRequestLookup newestFrom(BranchName head, BranchName base) {
        return pulls.newestFrom(head, base);
    }

    /**
     * Fails where the App may not write pull requests, before anything is done that would need it.
     *
     * @throws GitHubFailure as {@code Denied}, with the permission and what to do
     */
    public void requirePullRequestWrites() {
        writes.requireGranted();
    }

    /** Opens a pull request; its number. Never repeated: after a failure that says nothing, look whether it is there. */
    public int openPullRequest(BranchName head, BranchName base, String title, String body) {
        return writes.open(head, base, title, body);
    }

    /** Gives a pull request another title and description. */
    public void editPullRequest(int number, String title, String body) {
        writes.edit(number, title, body);
    }

    /** Closes a pull request without merging it. */
    public void closePullRequest(int number) {
        writes.close(number);
    }

    /**
     * Makes a commit in the App's name, which GitHub signs, if it signs any. It is on no branch, so it changes nothing that anybody sees until one is
     * moved to it. Two requests as a rule.
     */
    public NewCommit.Made makeCommit(NewCommit commit) {
        return objects.commit(commit);
    }

    /**
     * What rulesets ask of a push to a branch, whether it is there or not, as far as it may keep ours out. Who may bypass them isn't shown.
     */
    public PushRules rules(BranchName branch) {
        return rules.of(branch);
    }

    /** The classic protection of a branch, in one request; nothing where there is none, or no such branch. */
    public Optional<ClassicProtection> classicProtection(BranchName branch) {
        return rules.classic(branch);
    }

    /**
     * A file of the default branch, in one request; nothing where there is none.
     *
     * @throws GitHubFailure also for what isn't a file of less than a megabyte, as {@code Malformed}
     */
    public Optional<byte[]> file(TaskPath path) {
        return contents.of(path);
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
        return checks.put(head, checkName, externalId, report, 0);
    }

    /**
     * As {@link #putCheckRun}, but a run up to the given id is let be: somebody asked for a new one in its stead. When that is there already, it is the one that is
     * brought up to date.
     */
    public long putCheckRunAfter(long after, Sha head, String checkName, String externalId, CheckReport report) {
        return checks.put(head, checkName, externalId, report, after);
    }

    /** Gives, each time it is asked, a token that git can use for at least five minutes. It may ask GitHub for it. */
    public Supplier<String> gitCredentials() {
        return () -> calls.access().credentials().token();
    }

    /**
     * Takes note that git was refused with a token.
     *
     * @param isIt tells that token
     * @return whether the next one is another
     */
    public boolean renewGitCredentials(Predicate<String> isIt) {
        var credentials = calls.access().credentials();
        return !isIt.test(credentials.token()) || calls.access().renewable(credentials);
    }
}
