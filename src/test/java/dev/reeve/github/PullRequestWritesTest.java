package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.kit.FakeGitHub.Write;
import dev.reeve.kit.Trouble;
import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class PullRequestWritesTest extends GitHubTestCase {

    private static final BranchName MAIN = new BranchName("main");
    private static final BranchName BOOK = new BranchName("reeve/bookkeeping");
    private static final String OPEN = "POST /repos/acme/shop/pulls";

    @BeforeEach
    void aBranchWithSomethingOnItAndThePermission() {
        remote.commit("reeve/bookkeeping", "main", Map.of("tasks/a.md", "completed\n"));
        shop.installation().grant("pull_requests", "write");
    }

    private int open() {
        return client.openPullRequest(BOOK, MAIN, "Complete a", "- `a`\n");
    }

    @Test
    void oneIsOpenedAndFoundByItsBranch() {
        int number = open();

        assertThat(client.newestFrom(BOOK, MAIN)).isInstanceOfSatisfying(PullRequestLookup.Found.class, found -> {
            assertThat(found.pullRequest().number()).isEqualTo(number);
            assertThat(found.pullRequest().title()).isEqualTo("Complete a");
            assertThat(found.pullRequest().state()).isEqualTo(PullRequest.State.OPEN);
        });
    }

    @Test
    void itIsEditedAndClosed() {
        int number = open();
        client.editPullRequest(number, "Complete 2 tasks", "\u0007\"quoted\"\n");
        assertThat(client.pullRequest(number).title()).isEqualTo("Complete 2 tasks");

        client.closePullRequest(number);
        assertThat(client.pullRequest(number).state()).isEqualTo(PullRequest.State.CLOSED);
        assertThat(client.pullRequest(number).title()).as("closing changes nothing else")
                .isEqualTo("Complete 2 tasks");
        assertThat(github.writes()).extracting(Write::method).containsExactly("POST", "PATCH", "PATCH");
    }

    @Test
    void openingIsNeverRepeatedWhateverBecameOfIt() {
        github.next(OPEN, Trouble.badGateway().afterEffect());
        assertFails(this::open, "502").isEqualTo(new Kind.Unavailable());
        assertThat(github.count(OPEN)).isEqualTo(1);
        assertThat(client.newestFrom(BOOK, MAIN)).isInstanceOf(PullRequestLookup.Found.class);

        assertFails(this::open, "Validation Failed").as("there is one already").isEqualTo(new Kind.Rejected(422));
    }

    @Test
    void anEditIsRepeated() {
        int number = open();
        github.next("PATCH .*", Trouble.reset());
        client.editPullRequest(number, "Again", "b");
        assertThat(client.pullRequest(number).title()).isEqualTo("Again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"number\": \"12\"}", "{\"number\": -1}", "{\"number\": 1.5}",
            "{\"number\": 99999999999}", "<html>"})
    void anAnswerWithoutANumberIsMalformed(String body) {
        github.next(OPEN, Trouble.body(201, body));
        assertFails(this::open, "/repos/acme/shop/pulls").isEqualTo(new Kind.Malformed());
        assertThat(github.count(OPEN)).isEqualTo(1);
    }

    @Test
    void withoutThePermissionItIsSaidBeforeAnythingIsAskedFor() {
        shop.installation().grant("pull_requests", "read");

        assertFails(client::requirePullRequestWrites, "pull_requests:write", "Grant the permission")
                .isEqualTo(new Kind.Denied("pull_requests:write"));
        assertFails(this::open, "pull_requests:write").isEqualTo(new Kind.Denied("pull_requests:write"));
        assertThat(github.count(OPEN)).isZero();
        assertThat(client.defaultBranch()).as("everything else goes on").isEqualTo(MAIN);
    }

    @Test
    void thePermissionIsAskedForOnlyWhereItIsUsed() {
        client.defaultBranch();
        client.newestFrom(BOOK, MAIN);
        assertThat(github.count("POST .*/access_tokens")).isEqualTo(1);
        open();
        assertThat(github.count("POST .*/access_tokens")).isEqualTo(2);
    }

    @Test
    void whatIsGoneCannotBeChanged() {
        assertFails(() -> client.closePullRequest(99), "/pulls/99").isEqualTo(new Kind.NotFound());
    }
}
