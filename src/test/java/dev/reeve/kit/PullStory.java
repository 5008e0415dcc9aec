package dev.reeve.kit;

import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

import static dev.reeve.kit.GitRepositories.git;

/** A pull request as people and workers carry it along. What they do is delivered as GitHub would, unless it says otherwise. */
public final class PullStory {

    private final Project project;
    private final Scenario scenario;
    private final int number;
    private String branch;
    private String base = "main";
    private final Map<String, String> more = new LinkedHashMap<>();
    private String file;
    private String content;
    private String title;
    private @Nullable String body;
    private @Nullable String author = "davefowler";
    private @Nullable String fork;
    private @Nullable FakePull pull;

    PullStory(Project project, Scenario scenario, int number) {
        this.project = project;
        this.scenario = scenario;
        this.number = number;
        this.branch = "topic-" + number;
        this.title = "Pull request " + number;
        this.content = "work of " + number + "\n";
        this.file = "work-" + number + ".txt";
    }

    public PullStory from(String headBranch) {
        branch = headBranch;
        return this;
    }

    public PullStory fromFork(String owner, String headBranch) {
        fork = owner;
        branch = headBranch;
        return this;
    }

    public PullStory into(String baseBranch) {
        base = baseBranch;
        return this;
    }

    /** What its branch changes when it is cut; a file of its own unless said otherwise. */
    public PullStory changing(String path, String to) {
        file = path;
        content = to;
        return this;
    }

    /** … and this as well. */
    public PullStory andChanging(String path, String to) {
        more.put(path, to);
        return this;
    }

    public PullStory titled(String text) {
        title = text;
        return this;
    }

    /** Its description; null for none. */
    public PullStory describing(@Nullable String text) {
        body = text;
        return this;
    }

    /** Who opens it; null for an account that is deleted. */
    public PullStory by(@Nullable String login) {
        author = login;
        return this;
    }

    /** As GitHub has it; it is there from now on. */
    public FakePull atGitHub() {
        if (pull == null) {
            var opened = project.atGitHub().openPull(number).title(title).body(body).by(author).into(base);
            cut(opened);
            pull = opened;
        }
        return pull;
    }

    private void cut(FakePull opened) {
        var remote = project.remote();
        if (fork != null) {
            opened.fromFork(fork, branch, apart());
        } else if (isRefName()) {
            if (remote.tip(branch).isEmpty()) {
                remote.branch(branch, base);
                work(branch).push("Work");
            }
            opened.from(branch);
        } else {
            opened.from(branch).at(apart());
        }
    }

    private GitRepositories.Remote.NewCommit work(String on) {
        var change = project.remote().commit(on).file(file, content);
        more.forEach(change::file);
        return change;
    }

    private boolean isRefName() {
        return BranchName.parse(branch).isPresent();
    }

    /** A commit that no branch of this repository has, as GitHub keeps the heads of pull requests from forks. */
    private Sha apart() {
        var remote = project.remote();
        var name = "apart-" + number;
        remote.branch(name, base);
        var commit = work(name).push("Work from elsewhere");
        git(remote.path(), "update-ref", "refs/pull/" + number + "/head", commit.value());
        remote.delete(name);
        return commit;
    }

    public PullStory open() {
        return deliver("opened");
    }

    /** Another commit on its branch. */
    public PullStory push(String path, String to) {
        var _ = atGitHub();
        project.remote().commit(branch).file(path, to).push("More work");
        return deliver("synchronize");
    }

    /** Its description is changed. */
    public PullStory edit(String text) {
        atGitHub().body(text);
        return deliver("edited");
    }

    public PullStory reopen() {
        atGitHub().reopen();
        return deliver("reopened");
    }

    /** It is closed without being merged. */
    public PullStory close() {
        atGitHub().close();
        return deliver("closed");
    }

    /** It is merged with a merge commit. */
    public Sha merge() {
        var commit = mergeUnannounced();
        deliver("closed");
        return commit;
    }

    /** It is merged as one commit. */
    public Sha squash() {
        var commit = atGitHub().squash();
        deliver("closed");
        return commit;
    }

    /** It is merged and nobody is told. */
    public Sha mergeUnannounced() {
        return atGitHub().merge();
    }

    /** GitHub tells of an action. */
    public PullStory deliver(String action) {
        var _ = atGitHub();
        scenario.deliver(project.atGitHub().pullRequestEvent(number, action));
        return this;
    }
}
