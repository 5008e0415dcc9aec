package dev.reeve.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.model.BranchName;
import dev.reeve.model.RepositoryName;

/** Opening, changing and closing a pull request of our own. Opening one is never repeated: not knowing what became of it, one looks first. */
final class PullRequestWrites {

    private final String path;
    private final ApiCalls calls;

    /** @param calls with a token that may write pull requests */
    PullRequestWrites(RepositoryName repository, ApiCalls calls) {
        this.path = "/repos/" + repository + "/pulls";
        this.calls = calls;
    }

    /** Fails when the installation doesn't grant what is needed; no request, when it is known already. */
    void requireGranted() {
        calls.access().credentials();
    }

    int open(BranchName head, BranchName base, String title, String body) {
        return send(Method.POST, path, words(title, body).put("head", head.value()).put("base", base.value()),
                Repeat.NEVER);
    }

    void edit(int number, String title, String body) {
        send(Method.PATCH, path + "/" + number, words(title, body), Repeat.HARMLESS);
    }

    void close(int number) {
        send(Method.PATCH, path + "/" + number, JsonNodeFactory.instance.objectNode().put("state", "closed"),
                Repeat.HARMLESS);
    }

    private static ObjectNode words(String title, String body) {
        return JsonNodeFactory.instance.objectNode().put("title", title).put("body", body);
    }

    private int send(Method method, String address, ObjectNode body, Repeat repeat) {
        var request = new ApiRequest(method, address, body.toString(), Permission.PULL_REQUESTS_WRITE, repeat);
        return calls.exchange(request).fields(request).number("number");
    }
}
