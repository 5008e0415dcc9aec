package dev.reeve.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.github.NewCommit.Made;
import dev.reeve.github.NewCommit.NewFile;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import dev.reeve.model.Text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Commits that GitHub makes and signs, since they name no author, no committer and no signature. Whether they are verified is what its answer says. They are on no branch until
 * somebody moves one there, so making one twice, or not hearing what became of it, does no harm, and each request may be sent again.
 *
 * <p>The other way, {@code createCommitOnBranch} of the GraphQL API, moves the branch in the same request. It can't start a branch anew, and has
 * no word for the mode of a file, which a tree names.
 */
final class GitObjects {

    private final String path;
    private final ApiCalls calls;

    GitObjects(RepositoryName repository, ApiCalls calls) {
        this.path = "/repos/" + repository + "/git/";
        this.calls = calls;
    }

    /** Two requests, and one more for each file that is no text. */
    Made commit(NewCommit commit) {
        var tree = tree(commit);
        var body = json().put("message", commit.message()).put("tree", tree.value());
        body.putArray("parents").add(commit.parent().value());
        var made = make("commits", body);
        return new Made(made.sha("sha"), tree, unverified(made));
    }

    /** An Enterprise Server signs only where its administrators have set that up. */
    private static Optional<String> unverified(Fields made) {
        return made.optionalObject("verification")
                .filter(verification -> !verification.flag("verified"))
                .map(verification -> Text.plain(verification.optionalText("reason").orElse("unsigned"), 60));
    }

    private Sha tree(NewCommit commit) {
        var body = json().put("base_tree", commit.baseTree().value());
        var entries = body.putArray("tree");
        for (var file : commit.files()) {
            var entry = entries.addObject()
                    .put("path", file.path().value())
                    .put("mode", file.mode())
                    .put("type", "blob");
            text(file).ifPresentOrElse(text -> entry.put("content", text),
                    () -> entry.put("sha", blob(file).value()));
        }
        return make("trees", body).sha("sha");
    }

    private Sha blob(NewFile file) {
        return make("blobs", json().put("encoding", "base64")
                .put("content", Base64.getEncoder().encodeToString(file.content()))).sha("sha");
    }

    /** What survives the way through JSON as it is. */
    private static Optional<String> text(NewFile file) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.content())).toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private Fields make(String kind, ObjectNode body) {
        var request = new ApiRequest(Method.POST, path + kind, body.toString(), Permission.CONTENTS_WRITE,
                Repeat.HARMLESS);
        return calls.exchange(request).fields(request);
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }
}
