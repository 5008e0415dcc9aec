package dev.reeve.kit;

import dev.reeve.kit.BareGit.Method;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A pull request. While it is open, its head is wherever its branch is in the repository.
 *
 * <p><b>Threading</b>: tests change it while GitHub's side shows it; every method is synchronized.
 */
public final class FakePull {

    private final FakeRepository repository;
    private final int number;
    private final Instant createdAt;
    private String title;
    private @Nullable String body;
    private @Nullable String author = "octocat";
    private String branch;
    private String base;
    private @Nullable String fork;
    private boolean draft;
    private boolean forkDeleted;
    private @Nullable Sha head;
    private @Nullable Sha baseSha;
    private @Nullable Sha lastHead;
    private @Nullable Sha mergeCommit;
    private @Nullable Instant closedAt;
    private boolean merged;
    private final List<FakeReview> reviews = new ArrayList<>();
    private List<String> reviewers = List.of();
    private List<String> teams = List.of();
    private @Nullable Boolean mergeable = true;
    private int hiddenReads;
    private int staleReads;

    FakePull(FakeRepository repository, int number, String base, Instant createdAt) {
        this.repository = repository;
        this.number = number;
        this.title = "Pull request " + number;
        this.branch = "topic-" + number;
        this.base = base;
        this.createdAt = createdAt;
    }

    public synchronized FakePull title(String text) {
        title = text;
        return this;
    }

    /** Its description; null for none. */
    public synchronized FakePull body(@Nullable String text) {
        body = text;
        return this;
    }

    public synchronized FakePull from(String headBranch) {
        branch = headBranch;
        return this;
    }

    /** From a branch of somebody's fork, whose commit is in this repository's object store under the given name. */
    public synchronized FakePull fromFork(String owner, String headBranch, Sha commit) {
        fork = owner;
        branch = headBranch;
        head = commit;
        return this;
    }

    /** Its head is this commit, whatever its branch is called: names that git itself would refuse, for one. */
    public synchronized FakePull at(Sha commit) {
        head = commit;
        return this;
    }

    /** The fork is gone, as after a contributor's clean-up. */
    public synchronized FakePull forkDeleted() {
        forkDeleted = true;
        return this;
    }

    public synchronized FakePull into(String baseBranch) {
        base = baseBranch;
        return this;
    }

    /** Who opened it; null when that account was deleted. */
    public synchronized FakePull by(@Nullable String login) {
        author = login;
        return this;
    }

    public synchronized FakePull draft() {
        draft = true;
        return this;
    }

    public synchronized FakePull readyForReview() {
        draft = false;
        return this;
    }

    /** Somebody's review, {@code APPROVED}, as GitHub keeps it; null for an account that was deleted. */
    public synchronized FakePull review(@Nullable String login, String state) {
        reviews.add(new FakeReview(reviews.size() + 1L, login, state, repository.now()));
        return this;
    }

    /** The last review of somebody is taken back by somebody else. */
    public synchronized FakePull dismiss(String login) {
        var last = reviews.reversed().stream().filter(one -> login.equals(one.login())).findFirst().orElseThrow();
        reviews.set(reviews.indexOf(last), last.dismissed());
        return this;
    }

    /** These are asked for a review now, and nobody else. */
    public synchronized FakePull asks(String... logins) {
        reviewers = List.of(logins);
        return this;
    }

    /** These teams are asked for a review now, and no others. */
    public synchronized FakePull asksTeams(String... slugs) {
        teams = List.of(slugs);
        return this;
    }

    /** Whether it can be merged without a conflict; null while GitHub hasn't computed it. */
    public synchronized FakePull mergeable(@Nullable Boolean can) {
        mergeable = can;
        return this;
    }

    synchronized List<FakeReview> reviews() {
        return List.copyOf(reviews);
    }

    /** The next reads find nothing, as just after it was opened. */
    public synchronized FakePull hiddenFor(int reads) {
        hiddenReads = reads;
        return this;
    }

    /** The next reads show it as it was before it was merged or closed. */
    public synchronized FakePull staleFor(int reads) {
        staleReads = reads;
        return this;
    }

    /** Merges it into its base, with a merge commit; the commit. */
    public Sha merge() {
        return merge(Method.MERGE, "Merge pull request #" + number);
    }

    /** Merges it into its base as one new commit; the commit. */
    public Sha squash() {
        return merge(Method.SQUASH, title() + " (#" + number + ")");
    }

    /** Makes each of its commits anew on its base; the last of them. */
    public synchronized Sha rebase() {
        var tip = headSha();
        baseSha = baseSha();
        var commit = repository.git().rebase(tip, base, repository.now());
        merged(tip, commit);
        return commit;
    }

    private synchronized Sha merge(Method method, String message) {
        var tip = headSha();
        baseSha = baseSha();
        var commit = repository.git().merge(tip, base, method, message, "merger", repository.now());
        merged(tip, commit);
        return commit;
    }

    private void merged(Sha tip, Sha commit) {
        mergeCommit = commit;
        head = tip;
        merged = true;
        closedAt = repository.now();
    }

    /** Closes it unmerged. */
    public synchronized FakePull close() {
        head = headSha();
        baseSha = baseSha();
        closedAt = repository.now();
        return this;
    }

    public synchronized FakePull reopen() {
        closedAt = null;
        head = fork == null ? null : head;
        return this;
    }

    public int number() {
        return number;
    }

    /** When its branch is deleted, GitHub closes it and remembers where it stood. */
    public synchronized Sha headSha() {
        if (head != null) {
            return head;
        }
        var there = repository.git().resolve("refs/heads/" + branch);
        if (there.isPresent()) {
            lastHead = there.get();
            return there.get();
        }
        head = Objects.requireNonNull(lastHead, "the branch was never there");
        baseSha = baseSha();
        closedAt = repository.now();
        return head;
    }

    synchronized Sha baseSha() {
        return baseSha != null ? baseSha : repository.git().resolve("refs/heads/" + base).orElseThrow();
    }

    /** How it is shown to one reader; nothing while it isn't visible yet. */
    synchronized @Nullable View read() {
        if (hiddenReads > 0) {
            hiddenReads--;
            return null;
        }
        if (staleReads > 0) {
            staleReads--;
            return view(Stage.BEFORE_THE_END);
        }
        return view(Stage.NOW);
    }

    synchronized View view(Stage stage) {
        var tip = headSha();
        boolean over = stage == Stage.NOW && closedAt != null;
        return new View(number, title, body, author, branch, fork, forkDeleted, draft, tip, base, baseSha(),
                over, over && merged, over ? closedAt : null, mergeCommit, createdAt, reviewers, teams, mergeable);
    }

    /** As it is, or as readers who are behind see it. */
    enum Stage {
        NOW, BEFORE_THE_END
    }

    /** What is shown of a pull request. */
    record View(int number, String title, @Nullable String body, @Nullable String author, String branch,
            @Nullable String fork, boolean forkDeleted, boolean draft, Sha head, String base, Sha baseSha,
            boolean closed, boolean merged, @Nullable Instant closedAt, @Nullable Sha mergeCommit,
            Instant createdAt, List<String> reviewers, List<String> teams, @Nullable Boolean mergeable) {}

    synchronized String branch() {
        return branch;
    }

    private synchronized String title() {
        return title;
    }
}
