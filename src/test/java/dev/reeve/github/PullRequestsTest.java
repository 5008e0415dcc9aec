package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequest.State;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.TaskPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class PullRequestsTest extends GitHubTestCase {

    @BeforeEach
    void branches() {
        remote.commit("task/fix-login", "main", Map.of("src/login.js", "1\n"));
        remote.commit("other", "main", Map.of("src/other.js", "1\n"));
    }

    @Test
    void anOpenPullRequestIsReadAsGitHubShowsIt() {
        shop.openPull(12).title("Fix login").body("Task: fix-login").from("task/fix-login").by("davefowler");

        assertThat(client.pullRequest(12)).isEqualTo(new PullRequest(12, "Fix login", "Task: fix-login", "davefowler",
                State.OPEN, "task/fix-login", remote.head("task/fix-login"), false, "main", null, null,
                "https://github.com/acme/shop/pull/12"));
    }

    @Test
    void onePullRequestCostsOneRequestOnceThereIsAToken() {
        shop.openPull(12).from("task/fix-login");
        client.pullRequest(12);
        int before = github.requests().size();

        client.pullRequest(12);

        assertThat(lines()).hasSize(before + 1).last().isEqualTo("GET /repos/acme/shop/pulls/12");
    }

    @Test
    void theTestCommitOfAnUnmergedPullRequestIsNoMergeCommit() {
        shop.openPull(12).from("task/fix-login").draft();

        assertThat(client.pullRequest(12).mergeCommit()).isNull();
        assertThat(client.pullRequest(12).state()).isEqualTo(State.DRAFT);
        assertThat(client.pullRequest(12).body()).isEmpty();
    }

    @Test
    void aMergedPullRequestHasItsCommitAndTime() {
        var merge = shop.openPull(12).from("task/fix-login").merge();

        var pull = client.pullRequest(12);

        assertThat(pull.state()).isEqualTo(State.MERGED);
        assertThat(pull.mergeCommit()).isEqualTo(merge).isEqualTo(remote.head("main"));
        assertThat(pull.mergedAt()).isEqualTo(clock.instant());
    }

    @Test
    void aMergeThatGitHubDoesNotShowYetReadsAsOpenAndThenAsMerged() {
        shop.openPull(12).from("task/fix-login").staleFor(1).squash();

        assertThat(client.pullRequest(12).state()).isEqualTo(State.OPEN);
        assertThat(client.pullRequest(12).state()).isEqualTo(State.MERGED);
    }

    @Test
    void aPullRequestThatIsNotVisibleYetIsNotFound() {
        shop.openPull(12).from("task/fix-login").hiddenFor(1);

        assertFails(() -> client.pullRequest(12), "pulls/12").isEqualTo(new Kind.NotFound());
        assertThat(client.pullRequest(12).number()).isEqualTo(12);
    }

    @Test
    void aForkIsAForkEvenWhenItIsGone() {
        shop.openPull(12).fromFork("mallory", "task/fix-login", remote.head("other")).by(null);
        assertThat(client.pullRequest(12).fromFork()).isTrue();
        assertThat(client.pullRequest(12).author()).isEqualTo("ghost");

        shop.pull(12).forkDeleted();
        assertThat(client.pullRequest(12).fromFork()).isTrue();
    }

    @Test
    void ofABranchTheOpenOneCountsThenTheOneMergedLastThenTheNewestClosed() {
        var branch = new BranchName("task/fix-login");
        assertThat(client.latestFrom(branch)).isEqualTo(new PullRequestLookup.None());

        shop.openPull(1).from("task/fix-login").close();
        shop.openPull(2).from("task/fix-login").close();
        assertThat(found(branch).number()).isEqualTo(2);

        shop.openPull(3).from("task/fix-login").merge();
        clock.advance(Duration.ofMinutes(1));
        remote.commit("task/fix-login", "task/fix-login", Map.of("src/login.js", "2\n"));
        shop.openPull(4).from("task/fix-login").squash();
        shop.openPull(5).from("task/fix-login").close();
        assertThat(found(branch).number()).isEqualTo(4);

        shop.openPull(6).from("task/fix-login");
        shop.openPull(7).from("other");
        shop.openPull(8).fromFork("acme", "task/fix-login", remote.head("other"));
        assertThat(found(branch).number()).isEqualTo(6);
        shop.pull(8).fromFork("mallory", "task/fix-login", remote.head("other"));
        assertThat(found(branch).number()).isEqualTo(6);
    }

    private PullRequest found(BranchName branch) {
        return ((PullRequestLookup.Found) client.latestFrom(branch)).pullRequest();
    }

    @Test
    void aForkOfTheSameOwnerIsNotTheBranch() {
        shop.openPull(8).fromFork("acme", "task/fix-login", remote.head("other"));

        assertThat(client.latestFrom(new BranchName("task/fix-login"))).isEqualTo(new PullRequestLookup.None());
    }

    @Test
    void aBranchWithUnusualCharactersIsAskedForAsItIs() {
        remote.commit("a+b&c=d%20é#1", "main", Map.of("x", "1\n"));
        shop.openPull(9).from("a+b&c=d%20é#1");
        shop.openPull(10).from("other");

        assertThat(found(new BranchName("a+b&c=d%20é#1")).number()).isEqualTo(9);
    }

    @Test
    void theCommitOfAMergeLeadsToItsPullRequest() {
        var merge = shop.openPull(12).from("task/fix-login").squash();
        shop.openPull(13).from("other");

        assertThat(client.pullRequestsOf(merge)).containsExactly(12);
        assertThat(client.pullRequestsOf(remote.head("other"))).containsExactly(13);
    }

    @Test
    void changedFilesAreThoseThatAreThereAfterwardsWithSafeNames() {
        remote.commit("topic", "main", Map.of("tasks/a.md", "a\n", "README.md", "deleted", "docs/READ.md", "# Shop\n",
                "tasks/evil\nname.md", "x\n", "tasks/back\\slash.md", "y\n"));
        shop.openPull(12).from("topic");

        assertThat(client.changedFiles(12, 100)).containsExactlyInAnyOrder(new TaskPath("tasks/a.md"),
                new TaskPath("docs/READ.md"));
        assertThat(client.changedFiles(12, 1)).hasSize(1);
    }

    @Test
    void manyChangedFilesComePageByPageUpToTheLimit() {
        var files = new HashMap<String, String>();
        for (int i = 0; i < 250; i++) {
            files.put("tasks/t" + i + ".md", i + "\n");
        }
        remote.commit("topic", "main", files);
        shop.openPull(12).from("topic");

        assertThat(client.changedFiles(12, 1000)).hasSize(250).doesNotHaveDuplicates();
        assertThat(github.count("GET .*/files")).isEqualTo(3);
        assertThat(client.changedFiles(12, 150)).hasSize(150);
        assertThat(github.count("GET .*/files")).isEqualTo(5);
    }

    @Test
    void theDefaultBranchIsWhatGitHubSays() {
        assertThat(client.defaultBranch()).isEqualTo(new BranchName("main"));
    }

    @Test
    void anUnchangedAnswerIsNotCountedAgainstTheLimit() {
        shop.openPull(12).from("task/fix-login");
        // What isn't urgent is asked no more when so little is left.
        var urgent = client.urgent();
        urgent.pullRequest(12);
        shop.installation().limit(0, clock.instant().plusSeconds(60));
        shop.installation().limit(1, clock.instant().plusSeconds(60));

        for (int i = 0; i < 5; i++) {
            assertThat(urgent.pullRequest(12).state()).isEqualTo(State.OPEN);
        }
        assertThat(github.requests()).last().satisfies(one -> assertThat(one.status()).isEqualTo(304));

        shop.pull(12).title("Changed");
        assertThat(urgent.pullRequest(12).title()).isEqualTo("Changed");
    }

    @Test
    void aPlainTokenReadsAsWell() {
        github.personalToken("ghp_plain");
        shop.openPull(12).from("task/fix-login");

        try (var access = new TokenAccess(endpoint(), "ghp_plain", clock)) {
            assertThat(access.repository(shop.name()).pullRequest(12).number()).isEqualTo(12);
        }
        try (var access = new TokenAccess(endpoint(), "ghp_revoked", clock)) {
            assertFails(() -> access.repository(shop.name()).pullRequest(12), "Bad credentials", "token")
                    .isEqualTo(new Kind.Denied(null));
        }
        assertThat(github.tokensIssued()).isEmpty();
    }

    /** A hundred of GitHub's are two megabytes. */
    @Test
    void aLongListIsNotCountedAgainstTheLimitEither() {
        for (int number = 1; number <= 100; number++) {
            shop.openPull(number).at(remote.head("other")).body("What it does, and why, at length. ".repeat(600));
        }
        client.recentPullRequests(100);

        assertThat(client.recentPullRequests(100)).hasSize(100);
        assertThat(github.requests()).last().satisfies(one -> assertThat(one.status()).isEqualTo(304));
    }

    @Test
    void recentPullRequestsCostOneRequestForEachHundred() {
        for (int number = 1; number <= 130; number++) {
            shop.openPull(number).from("task/fix-login");
        }
        shop.pull(130).merge();
        client.pullRequest(1);
        int before = github.requests().size();

        var all = client.recentPullRequests(500);

        assertThat(all).hasSize(130).first().satisfies(pull -> {
            assertThat(pull.state()).isEqualTo(State.MERGED);
            assertThat(pull.mergeCommit()).isNotNull();
        });
        assertThat(github.requests()).hasSize(before + 2);
        assertThat(client.recentPullRequests(40)).hasSize(40);
        assertThat(github.requests()).hasSize(before + 3);
    }
}
