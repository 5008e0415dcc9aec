package dev.reeve.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.kit.Trouble;
import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers that GitHub would not give: each is a clear failure, none an accident. */
class HostileAnswersTest extends GitHubTestCase {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PULL = "GET /repos/acme/shop/pulls/12";

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "\"x\"", "12", "{", "{}x", "<html>", "{\"number\":12}", "\u0000"})
    void whatIsNoPullRequestIsMalformed(String body) {
        github.next(PULL, Trouble.body(200, body));
        assertFails(() -> client.pullRequest(12), "can't be understood", "GITHUB_API_URL")
                .isEqualTo(new Kind.Malformed());
    }

    @Test
    void deepNestingIsMalformed() {
        github.next(PULL, Trouble.body(200, "[".repeat(100_000) + "]".repeat(100_000)));
        assertFails(() -> client.pullRequest(12)).isEqualTo(new Kind.Malformed());
    }

    @Test
    void everyFieldOfEveryOtherTypeIsReadStrictlyOrRefusedByName() throws Exception {
        remote.commit("task/fix-login", "main", Map.of("x", "1\n"));
        shop.openPull(12).from("task/fix-login").merge();
        client.pullRequest(12);
        var good = JSON.readTree(goodPull());
        int refused = 0;
        for (var path : paths("", good)) {
            for (var bad : List.of("null", "true", "-1", "99999999999", "\"\\u0007\"", "[]", "{}", "1.5")) {
                var broken = good.deepCopy();
                ((ObjectNode) broken.at(path.substring(0, path.lastIndexOf('/'))))
                        .set(path.substring(path.lastIndexOf('/') + 1), JSON.readTree(bad));
                refused += refusedOrRead(broken, path);
            }
        }
        assertThat(refused).isGreaterThan(90);
    }

    private int refusedOrRead(JsonNode broken, String path) {
        github.next(PULL, Trouble.body(200, broken.toString()));
        try {
            var pull = client.pullRequest(12);
            assertThat(pull.number()).isNotNegative();
            assertThat(pull.mergeCommit() == null || pull.state() == PullRequest.State.MERGED).isTrue();
            return 0;
        } catch (GitHubFailure failure) {
            assertThat(failure.kind()).isEqualTo(new Kind.Malformed());
            assertThat(failure.getMessage()).contains(path.substring(1).replace('/', '.'));
            return 1;
        }
    }

    private String goodPull() {
        var merge = remote.head("main");
        return """
                {"number":12,"title":"t","body":"b","user":{"login":"dave"},"state":"closed","draft":false,
                 "merged_at":"2026-03-27T12:00:00Z","merge_commit_sha":"%s","html_url":"https://github.com/acme/shop/pull/12",
                 "head":{"ref":"task/fix-login","sha":"%s","repo":{"id":1}},"base":{"ref":"main","repo":{"id":1}}}
                """
                .formatted(merge, merge);
    }

    private static List<String> paths(String prefix, JsonNode node) {
        var paths = new ArrayList<String>();
        node.properties().forEach(entry -> {
            var path = prefix + "/" + entry.getKey();
            paths.add(path);
            if (entry.getValue().isObject()) {
                paths.addAll(paths(path, entry.getValue()));
            }
        });
        return paths;
    }

    @Test
    void aMergeTimeBeatsAStateThatStillSaysOpen() {
        github.next(PULL, Trouble.body(200, goodPull().replace("\"closed\"", "\"open\"")));

        assertThat(client.pullRequest(12).state()).isEqualTo(PullRequest.State.MERGED);
    }

    @Test
    void aListInsteadOfAPageIsMalformed() {
        github.next("GET .*/pulls", Trouble.body(200, "{\"items\":[]}"));
        assertFails(() -> client.latestFrom(new BranchName("task/x"))).isEqualTo(new Kind.Malformed());
        github.next("GET .*/files", Trouble.body(200, "[{\"filename\":1,\"status\":\"added\"}]"));
        assertFails(() -> client.changedFiles(12, 10), "[0].filename").isEqualTo(new Kind.Malformed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"token\":\"a\\nb\",\"expires_at\":\"2026-03-27T13:00:00Z\"}",
            "{\"token\":\"ghs_secret\",\"expires_at\":\"soon\"}",
            "{\"token\":7,\"expires_at\":\"2026-03-27T13:00:00Z\"}"})
    void aTokenThatIsNoneIsMalformedAndNotShown(String body) {
        github.next("POST .*/access_tokens", Trouble.body(201, body));
        assertFails(client::defaultBranch, "can't be understood").isEqualTo(new Kind.Malformed());
    }

    @Test
    void aListThatNeverEndsIsNotFollowedForEver() {
        var page = "[" + "{\"filename\":\"a\",\"status\":\"removed\"},".repeat(99)
                + "{\"filename\":\"a\",\"status\":\"removed\"}]";
        for (int i = 0; i < 40; i++) {
            github.next("GET .*/files",
                    Trouble.body(page, "Link",
                            "<%s/repos/acme/shop/pulls/12/files?page=%d>; rel=\"next\"".formatted(github.apiUrl(), i)));
        }
        assertThat(client.changedFiles(12, 100)).isEmpty();
        assertThat(github.count("GET .*/files")).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.test/repos/acme/shop/pulls/12/files?page=2", "http://127.0.0.1:1/api/v3/x",
            "http://127.0.0.1/api/v3x/y", "x", "::"})
    void aNextPageOnAnotherServerIsNotAskedFor(String next) {
        var body = "[{\"filename\":\"a\",\"status\":\"added\"}]";
        github.next("GET .*/files", Trouble.body(body, "Link", "<" + next + ">; rel=\"next\""));
        assertFails(() -> client.changedFiles(12, 100)).isEqualTo(new Kind.Malformed());
    }

    @Test
    void aPullRequestOfAListIsNotFetchedOnceMore() {
        remote.commit("task/fix-login", "main", Map.of("x", "1\n"));
        shop.openPull(12).from("task/fix-login").draft();
        client.defaultBranch();
        int before = github.requests().size();

        client.latestFrom(new BranchName("task/fix-login"));

        assertThat(lines()).hasSize(before + 1).last().isEqualTo("GET /repos/acme/shop/pulls");
    }

    @Test
    void whatTheLibraryCannotReadIsMalformedWithoutShowingIt() {
        github.next("POST .*/access_tokens",
                Trouble.body(201, """
                        {"token":"ghs_secret","expires_at":"2026-03-27T13:00:00Z","repositories":"\u001b[31m"}"""));
        assertFails(client::defaultBranch, "access_tokens", "can't be understood").isEqualTo(new Kind.Malformed());
    }

    @Test
    void aDefaultBranchThatGitWouldNotTakeIsMalformed() {
        github.next("GET /repos/acme/shop", Trouble.body(200, "{\"default_branch\":\"--upload-pack=x\"}"));
        assertFails(client::defaultBranch, "default branch").isEqualTo(new Kind.Malformed());
    }
}
