package dev.reeve.scenario;

import dev.reeve.kit.Project.Rule;
import dev.reeve.kit.Scenario;
import dev.reeve.kit.Trouble;
import dev.reeve.model.Sha;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.Arrays;

import static dev.reeve.kit.GitRepositories.git;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The default branch takes no commit that isn't signed. */
class SignedTest {

    private static final String COMMITS = "POST /repos/acme/shop/git/commits";

    @RegisterExtension
    final Scenario scenario = Scenario.standard();

    private boolean isVerified(String slug) {
        return scenario.project().atGitHub().isVerified(new Sha(scenario.task(slug).commits().getFirst()));
    }

    @Test
    void whereSignaturesAreNeededGitHubMakesTheCommitsAndThatIsRemembered() {
        scenario.project().protect("main", Rule.SIGNED);
        scenario.bookkeeping();
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        assertThat(isVerified("fix-login")).isTrue();
        assertThat(scenario.task("fix-login").trailer("Reeve-PR")).isEqualTo("12");
        scenario.check(12).concludes("success").says("completed in ");
        scenario.pullRequest(13).from("task/add-search").merge();
        scenario.settle();
        assertThat(isVerified("add-search")).isTrue();
        assertThat(scenario.gitHub().count(COMMITS)).isEqualTo(2);
        scenario.check(13).concludes("success");
    }

    @Test
    void whereNoneAreNeededGitPushesAlone() {
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isCompletedBy("dave", 12);
        assertThat(scenario.gitHub().count(COMMITS)).isZero();
        scenario.check(12).concludes("success");
    }

    @Test
    void modesAndBytesThatAreNoTextAreKept() {
        var content = "---\ntitle: New\nowner: dave\nstatus: ready\n---\n".getBytes(UTF_8);
        var odd = Arrays.copyOf(content, content.length + 2);
        odd[content.length] = (byte) 0xff;
        odd[content.length + 1] = '\n';
        scenario.project().remote().commit("main").entry("100755", "tasks/new.md", odd).push("An odd file");
        scenario.project().protect("main", Rule.SIGNED);
        scenario.bookkeeping();
        scenario.pullRequest(12).from("task/new").merge();
        scenario.settle();
        var remote = scenario.project().remote().path();
        assertThat(git(remote, "ls-tree", "main", "tasks/new.md")).startsWith("100755 ");
        assertThat(git(remote, "log", "-1", "--format=%(trailers:key=Reeve-Task,valueonly)").strip()).isEqualTo("new");
        scenario.check(12).concludes("success");
    }

    /** A clone leaves out what is as large as this, and a push can't ask for it. */
    @Test
    void aLargeTaskFileIsCompletedTooWhereverItsCompletionGoes() {
        var large = "---\ntitle: New\nowner: dave\nstatus: ready\n---\n" + "All about it.\n".repeat(8_000);
        scenario.project()
                .remote()
                .commit("main")
                .file("tasks/new.md", large)
                .file("tasks/old.md", large)
                .push("Large");
        scenario.project().protect("main", Rule.SIGNED);
        scenario.bookkeeping();
        scenario.pullRequest(12).from("task/new").merge();
        scenario.settle();
        scenario.task("new").isCompletedBy("dave", 12);
        assertThat(isVerified("new")).isTrue();
        scenario.check(12).concludes("success");

        scenario.project().publishesByPullRequest();
        scenario.pullRequest(14).from("task/old").merge();
        scenario.settle();
        scenario.bookkeeping().completes("old");
        scenario.check(14).concludes("neutral");
    }

    @Test
    void aCommitThatGitShowsLateIsMadeOnceAndAwaited() {
        scenario.project().protect("main", Rule.SIGNED);
        scenario.bookkeeping();
        scenario.project().atGitHub().showsCommitsLate();
        scenario.pullRequest(12).from("task/fix-login").merge();
        for (int times = 0; times < 3; times++) {
            scenario.advance(Duration.ofMinutes(15));
        }
        scenario.task("fix-login").isUntouched();
        scenario.project().atGitHub().showsCommits();
        scenario.advance(Duration.ofHours(1));
        scenario.task("fix-login").isCompletedBy("dave", 12);
        assertThat(scenario.gitHub().count(COMMITS)).isEqualTo(1);
        scenario.check(12).concludes("success");
    }

    @Test
    void whereGitHubSignsNothingItIsSaidWhatToSetUp() {
        scenario.expectError(".*task/fix-login.* is given up .*web commit signing.*");
        scenario.project().protect("main", Rule.SIGNED);
        scenario.project().atGitHub().signsNothing();
        scenario.bookkeeping();
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.task("fix-login").isUntouched();
        scenario.check(12).concludes("neutral").says("takes signed commits only", "unsigned", "web commit signing");
    }

    @Test
    void anAnswerThatIsLostAfterTheCommitWasMadeDoublesNothing() {
        scenario.project().protect("main", Rule.SIGNED);
        scenario.bookkeeping();
        for (int lost = 0; lost < 4; lost++) {
            scenario.gitHub().next(COMMITS, Trouble.badGateway().afterEffect());
        }
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.advance(Duration.ofMinutes(1));
        scenario.task("fix-login").isCompletedBy("dave", 12);
        scenario.check(12).concludes("success");
    }

    @Test
    void whereAPullRequestIsNeededTooItIsSaidWhichRulesThereAreAndWhatToDo() {
        scenario.expectError(".*task/fix-login.* is given up .*pull-request in .reeve.yml.*");
        scenario.project().protect("main", Rule.SIGNED, Rule.PULL_REQUEST);
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.check(12)
                .concludes("neutral")
                .says("changes must be made through a pull request", "verified signatures", "reconcile.publish");
        scenario.task("fix-login").isUntouched();
        assertThat(scenario.gitHub().count(COMMITS)).isZero();
    }

    @Test
    void aBookkeepingPullRequestPassesWhereSignaturesAreNeededToo() {
        scenario.project().publishesByPullRequest().protect("main", Rule.SIGNED, Rule.PULL_REQUEST);
        scenario.pullRequest(12).from("task/fix-login").merge();
        scenario.settle();
        scenario.bookkeeping().completes("fix-login").merge();
        scenario.settle();
        assertThat(isVerified("fix-login")).isTrue();
        scenario.check(12).concludes("success");
        scenario.bookkeeping().isOver().check().concludes("success");
    }
}
