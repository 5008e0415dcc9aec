package dev.reeve.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.github.NewCommit.Made;
import dev.reeve.github.NewCommit.NewFile;
import dev.reeve.kit.FakeGitHub.Write;
import dev.reeve.kit.Trouble;
import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Objects;

import static dev.reeve.kit.GitRepositories.git;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class GitObjectsTest extends GitHubTestCase {

    private static final String GIT = "POST /repos/acme/shop/git/";

    private Sha parent = new Sha("0".repeat(40));
    private Sha tree = parent;

    @BeforeEach
    void headOfMain() {
        parent = remote.head("main");
        tree = new Sha(git(remote.folder(), "rev-parse", "main^{tree}"));
    }

    private static NewFile file(String path, String mode, byte... content) {
        return new NewFile(new TaskPath(path), mode, content);
    }

    private static NewFile text(String path, String content) {
        return file(path, "100644", content.getBytes(UTF_8));
    }

    private Made make(NewFile... files) {
        return client.makeCommit(new NewCommit(parent, tree, "Complete a\n\nReeve-Task: a", List.of(files)));
    }

    private String read(String... arguments) {
        return git(remote.folder(), arguments);
    }

    private List<JsonNode> bodies(String kind) {
        return github.writes()
                .stream()
                .filter(write -> write.path().endsWith("/git/" + kind))
                .map(Write::body)
                .map(Objects::requireNonNull)
                .toList();
    }

    @Test
    void aCommitIsMadeOnItsParentAndKeepsAllOtherFiles() {
        var made = make(text("tasks/a.md", "ä\n"), file("run.sh", "100755", (byte) '#'));

        assertThat(read("rev-parse", made.commit() + "^")).isEqualTo(parent.value());
        assertThat(read("rev-parse", made.commit() + "^{tree}")).isEqualTo(made.tree().value());
        assertThat(read("log", "-1", "--format=%B", made.commit().value())).isEqualTo("Complete a\n\nReeve-Task: a");
        assertThat(read("ls-tree", "-r", "--format=%(objectmode) %(path)", made.commit().value()))
                .isEqualTo("100644 README.md\n100755 run.sh\n100644 tasks/a.md");
        assertThat(read("show", made.commit() + ":tasks/a.md")).isEqualTo("ä");
        assertThat(remote.head("main")).as("no branch is moved").isEqualTo(parent);
    }

    @Test
    void itNamesNobodyAsItsAuthorSoThatGitHubSignsIt() {
        var made = make(text("a", "1\n"));

        assertThat(bodies("commits")).singleElement().satisfies(body -> {
            assertThat(body.properties()).extracting(java.util.Map.Entry::getKey)
                    .containsExactlyInAnyOrder("message", "tree", "parents");
            assertThat(body.path("parents")).hasSize(1);
        });
        assertThat(shop.isVerified(made.commit())).isTrue();
    }

    @Test
    void whetherItIsVerifiedIsWhatGitHubSays() {
        assertThat(make(text("a", "1\n")).unverified()).isEmpty();
        shop.signsNothing();
        assertThat(make(text("a", "2\n")).unverified()).contains("unsigned");
    }

    @Test
    void textGoesWithTheTreeAndOtherBytesAsBlobsOfTheirOwn() {
        byte[] odd = {'a', (byte) 0xff, '\n'};
        byte[] zero = {'a', 0, 'b'};
        var made = make(text("a", "1\r\n"), file("odd", "100644", odd), file("zero", "100644", zero));

        assertThat(bodies("blobs")).hasSize(2);
        assertThat(bodies("trees")).singleElement()
                .satisfies(body -> assertThat(body.path("tree").findValues("content")).hasSize(1));
        assertThat(read("cat-file", "-s", made.commit() + ":odd")).isEqualTo("3");
        assertThat(read("cat-file", "-s", made.commit() + ":zero")).isEqualTo("3");
        assertThat(read("cat-file", "-s", made.commit() + ":a")).isEqualTo("3");
    }

    @Test
    void anAnswerThatIsLostIsAskedForAgainAndDoesNoHarm() {
        github.next(GIT + "trees", Trouble.badGateway().afterEffect());
        github.next(GIT + "commits", Trouble.badGateway().afterEffect());

        assertThat(read("cat-file", "-t", make(text("a", "1\n")).commit().value())).isEqualTo("commit");
        assertThat(github.count(GIT + "commits")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"sha\": null}", "{\"sha\": 7}", "{\"sha\": \"main\"}",
            "{\"sha\": \"--upload-pack=x\"}", "{\"sha\": \"abc\"}", "{\"sha\": \"../../../../etc/passwd\"}", "<html>"})
    void whatNamesNoObjectIsMalformed(String body) {
        for (var kind : List.of("trees", "commits")) {
            github.next(GIT + kind, Trouble.body(201, body));
            assertFails(() -> make(text("a", "1\n")), "git/" + kind).isEqualTo(new Kind.Malformed());
        }
    }

    @Test
    void whatGitHubRejectsIsNotTriedAgain() {
        github.next(GIT + "trees", Trouble.status(422, "tree.path contains a malformed path component"));
        assertFails(() -> make(text("a", "1\n")), "malformed path component").isEqualTo(new Kind.Rejected(422));
        assertThat(github.count(GIT + ".*")).isEqualTo(1);
    }

    @Test
    void withoutThePermissionItIsNamed() {
        client.defaultBranch();
        shop.installation().grant("contents", "read");
        assertFails(() -> make(text("a", "1\n")), "contents:write").isEqualTo(new Kind.Denied("contents:write"));
    }
}
