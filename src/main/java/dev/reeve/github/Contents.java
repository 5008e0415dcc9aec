package dev.reeve.github;

import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.TaskPath;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/** Single files of the default branch, where no clone is at hand. */
final class Contents {

    private final RepositoryName repository;
    private final ApiCalls calls;

    Contents(RepositoryName repository, ApiCalls calls) {
        this.repository = repository;
        this.calls = calls;
    }

    Optional<byte[]> of(TaskPath path) {
        var request = new ApiRequest(Method.GET, "/repos/" + repository + "/contents/" + encoded(path), null,
                Permission.CONTENTS_WRITE, Repeat.HARMLESS);
        try {
            return Optional.of(content(calls.exchange(request).fields(request)));
        } catch (GitHubFailure failure) {
            if (failure.kind() instanceof Kind.NotFound) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Larger files, folders, links and submodules come in other forms. */
    private static byte[] content(Fields file) {
        file.oneOf("type", "file");
        file.oneOf("encoding", "base64");
        try {
            return Base64.getDecoder().decode(file.text("content").replace("\n", ""));
        } catch (IllegalArgumentException _) {
            throw file.malformed("a file whose content is no base64");
        }
    }

    private static String encoded(TaskPath path) {
        return Arrays.stream(path.value().split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
