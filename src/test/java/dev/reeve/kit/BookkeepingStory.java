package dev.reeve.kit;

import dev.reeve.model.Sha;

import java.util.List;
import java.util.Optional;

import static dev.reeve.kit.GitRepositories.git;
import static org.assertj.core.api.Assertions.assertThat;

/** The bookkeeping pull request of a repository. To ask for it is to account for what was written to keep it. */
public final class BookkeepingStory {

    private static final String BRANCH = "reeve/bookkeeping";

    private final Scenario scenario;
    private final Project project;

    BookkeepingStory(Scenario scenario, Project project) {
        this.scenario = scenario;
        this.project = project;
        scenario.accountForBookkeeping();
    }

    /** There is no branch of it, and no open pull request. */
    public BookkeepingStory isOver() {
        assertThat(open()).as("open bookkeeping pull requests").isEmpty();
        assertThat(head()).as("its branch").isEmpty();
        return this;
    }

    /** It is open, alone, with just these completions in this order, each one verified commit, and says so. */
    public BookkeepingStory completes(String... slugs) {
        assertThat(open()).as("open bookkeeping pull requests").hasSize(1);
        assertThat(waiting()).containsExactly(slugs);
        for (var slug : slugs) {
            assertThat(
                    git(project.remote().path(), "grep", "-l", "status: completed", BRANCH, "--", "*/" + slug + ".md"))
                    .contains(slug);
            assertThat(view().body()).contains("`" + slug + "`");
        }
        assertThat(commits().lines().map(line -> new Sha(line.substring(0, 40))))
                .allMatch(project.atGitHub()::isVerified);
        return this;
    }

    public BookkeepingStory isTitled(String title) {
        assertThat(view().title()).isEqualTo(title);
        return this;
    }

    /** What its commits that aren't on the default branch say they are about, the oldest first. */
    public List<String> waiting() {
        return commits().lines().map(line -> line.substring(40).strip()).toList();
    }

    private String commits() {
        return git(project.remote().path(), "log", "--reverse", "--no-merges",
                "--format=%H %(trailers:key=Reeve-Task,valueonly,separator=%x2C)", "main.." + BRANCH);
    }

    /** Where its branch stands. */
    public Optional<Sha> head() {
        return project.remote().tip(BRANCH);
    }

    /** All that there ever was. */
    public List<FakePull> all() {
        return project.atGitHub().pulls().stream().filter(pull -> pull.branch().equals(BRANCH)).toList();
    }

    private List<FakePull> open() {
        return all().stream().filter(pull -> !pull.view(FakePull.Stage.NOW).closed()).toList();
    }

    /** The newest one. */
    public FakePull pull() {
        return all().getFirst();
    }

    public int number() {
        return pull().number();
    }

    /** Its description. */
    public String said() {
        return String.valueOf(view().body());
    }

    /** The newest one is closed. */
    public boolean isClosed() {
        return view().closed();
    }

    private FakePull.View view() {
        return pull().view(FakePull.Stage.NOW);
    }

    /** A person merges it with a merge commit, and GitHub tells of both the push and the pull request. */
    public Sha merge() {
        var before = project.tip();
        var after = pull().merge();
        announce(before, after);
        return after;
    }

    /** A person merges it as one commit. */
    public Sha squash() {
        var before = project.tip();
        var after = pull().squash();
        announce(before, after);
        return after;
    }

    /** A person merges it by rebasing, which makes each of its commits anew. */
    public Sha rebase() {
        var before = project.tip();
        var after = pull().rebase();
        announce(before, after);
        return after;
    }

    /** A person closes it without merging it. */
    public void close() {
        pull().close();
        scenario.deliver(project.atGitHub().pullRequestEvent(number(), "closed"));
    }

    private void announce(Sha before, Sha after) {
        scenario.deliver(project.atGitHub().pushEvent("main", before, after));
        scenario.deliver(project.atGitHub().pullRequestEvent(number(), "closed"));
    }

    /** GitHub tells that it was opened or changed. */
    public BookkeepingStory announced(String action) {
        scenario.deliver(project.atGitHub().pullRequestEvent(number(), action));
        return this;
    }

    /** Its check run. */
    public CheckStory check() {
        return project.check(number());
    }
}
