package dev.reeve.github;

import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.model.RepositoryName;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Asking what a person may do in a repository. */
record Collaborators(RepositoryName repository, ApiCalls calls) {

    /** What GitHub calls the rights to push, of which {@code maintain} is shown as {@code write}. */
    private static final Set<String> WRITING = Set.of("admin", "maintain", "write");

    boolean mayWrite(String login) {
        var request = new ApiRequest(Method.GET, "/repos/" + repository + "/collaborators/"
                + URLEncoder.encode(login, StandardCharsets.UTF_8) + "/permission", null, Permission.METADATA_READ,
                Repeat.HARMLESS);
        try {
            return WRITING.contains(calls.exchange(request).fields(request).text("permission"));
        } catch (GitHubFailure failure) {
            if (failure.kind() instanceof Kind.NotFound) {
                return false;
            }
            throw failure;
        }
    }
}
