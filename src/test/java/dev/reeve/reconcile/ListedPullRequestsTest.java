package dev.reeve.reconcile;

import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequest.State;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Sha;
import dev.reeve.reconcile.PullRequests.Signs;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ListedPullRequestsTest {

    private static final PullRequestLookup ASKED = new PullRequestLookup.Unknown("asked singly");
    private static final BranchName LOCAL = new BranchName("task/local");

    private final List<Object> asked = new ArrayList<>();
    private final PullRequests singly = new PullRequests() {
        @Override
        public PullRequestLookup byNumber(int number) {
            asked.add(number);
            return ASKED;
        }

        @Override
        public PullRequestLookup byBranch(BranchName branch, Signs signs) {
            asked.add(branch);
            return ASKED;
        }
    };

    @Test
    void aListOfAllAnswersEverything() {
        var listed = listed(100, pull(12, State.MERGED, "task/a"), pull(9, State.CLOSED, "task/a"));

        assertThat(listed.byNumber(9)).isEqualTo(new PullRequestLookup.Found(pull(9, State.CLOSED, "task/a")));
        assertThat(listed.byNumber(7)).isEqualTo(new PullRequestLookup.None());
        assertThat(number(listed.byBranch(new BranchName("task/a"), Signs.SOME))).isEqualTo(12);
        assertThat(listed.byBranch(LOCAL, Signs.SOME)).isEqualTo(new PullRequestLookup.None());
        assertThat(asked).isEmpty();
    }

    @Test
    void theOpenOneOfABranchCountsBeforeAMergedOne() {
        var listed = listed(100, pull(12, State.MERGED, "task/a"), pull(9, State.DRAFT, "task/a"));

        assertThat(number(listed.byBranch(new BranchName("task/a"), Signs.NONE))).isEqualTo(9);
    }

    @Test
    void aBranchOfAForkIsNotOurs() {
        var ours = pull(12, State.OPEN, "task/a");
        var fork = new PullRequest(13, "", "", "eve", State.OPEN, "task/b", ours.headSha(), true, "main", null, null,
                "u");

        assertThat(listed(100, ours, fork).byBranch(new BranchName("task/b"), Signs.SOME))
                .isEqualTo(new PullRequestLookup.None());
    }

    @Test
    void aListThatWasCutAnswersOnlyWhatIsCertain() {
        var listed = listed(2, pull(12, State.OPEN, "task/a"), pull(11, State.MERGED, "task/b"));

        assertThat(number(listed.byBranch(new BranchName("task/a"), Signs.SOME))).isEqualTo(12);
        assertThat(number(listed.byNumber(11))).isEqualTo(11);
        assertThat(listed.byBranch(new BranchName("task/never-begun"), Signs.NONE))
                .isEqualTo(new PullRequestLookup.None());
        assertThat(asked).isEmpty();
        assertThat(listed.byNumber(3)).isEqualTo(ASKED);
        assertThat(listed.byBranch(new BranchName("task/b"), Signs.NONE)).as("one may be open, further back")
                .isEqualTo(ASKED);
        assertThat(listed.byBranch(new BranchName("task/claimed"), Signs.SOME)).isEqualTo(ASKED);
        assertThat(listed.byBranch(LOCAL, Signs.NONE)).isEqualTo(ASKED);
        assertThat(asked).hasSize(4);
    }

    private PullRequests listed(int most, PullRequest... pulls) {
        return ListedPullRequests.of(List.of(pulls), most, singly, LOCAL::equals);
    }

    private static int number(PullRequestLookup lookup) {
        return lookup instanceof PullRequestLookup.Found(var pull) ? pull.number() : -1;
    }

    private static PullRequest pull(int number, State state, String branch) {
        boolean merged = state == State.MERGED;
        return new PullRequest(number, "", "", "rj", state, branch, new Sha("ab".repeat(20)), false, "main",
                merged ? Instant.EPOCH : null, merged ? new Sha("cd".repeat(20)) : null, "u");
    }
}
