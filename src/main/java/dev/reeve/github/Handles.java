package dev.reeve.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import org.kohsuke.github.GHApp;
import org.kohsuke.github.GHAppInstallation;
import org.kohsuke.github.GHCommit;
import org.kohsuke.github.GHEventPayload;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;

import java.io.IOException;
import java.io.StringReader;

/**
 * The library's objects for things that are known by name. Its own way to get one is to fetch it, a request more for
 * each question; it also makes them of what a webhook says, which needs to say no more than the name. They are good
 * for asking with, not for reading from.
 */
final class Handles {

    private Handles() {}

    static GHRepository repository(GitHub gitHub, RepositoryName name) throws IOException {
        return parse(gitHub, payload(name), GHEventPayload.Push.class).getRepository();
    }

    static GHPullRequest pullRequest(GitHub gitHub, RepositoryName name, int number) throws IOException {
        var payload = payload(name);
        payload.putObject("pull_request").put("number", number);
        return parse(gitHub, payload, GHEventPayload.PullRequest.class).getPullRequest();
    }

    static GHCommit commit(GitHub gitHub, RepositoryName name, Sha sha) throws IOException {
        var payload = payload(name).put("state", "success");
        payload.putObject("commit").put("sha", sha.value());
        return parse(gitHub, payload, GHEventPayload.Status.class).getCommit();
    }

    /** The App that asks. */
    static GHApp app(GitHub gitHub) throws IOException {
        var payload = JsonNodeFactory.instance.objectNode();
        payload.putObject("check_run").putObject("app");
        return parse(gitHub, payload, GHEventPayload.CheckRun.class).getCheckRun().getApp();
    }

    static GHAppInstallation installation(GitHub gitHub, long id) throws IOException {
        var payload = JsonNodeFactory.instance.objectNode();
        payload.putObject("installation").put("id", id);
        return parse(gitHub, payload, GHEventPayload.Installation.class).getInstallation();
    }

    private static ObjectNode payload(RepositoryName name) {
        var payload = JsonNodeFactory.instance.objectNode();
        payload.putObject("repository")
                .put("name", name.name())
                .put("full_name", name.toString())
                .putObject("owner")
                .put("login", name.owner());
        return payload;
    }

    private static <T extends GHEventPayload> T parse(GitHub gitHub, JsonNode payload, Class<T> type)
            throws IOException {
        return gitHub.parseEventPayload(new StringReader(payload.toString()), type);
    }
}
