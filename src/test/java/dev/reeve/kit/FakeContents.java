package dev.reeve.kit;

import dev.reeve.kit.FakeRoutes.Route;

import java.util.Base64;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Single files of the default branch, as the contents API shows them. */
final class FakeContents {

    private FakeContents() {}

    static List<Route> routes() {
        return List.of(FakeRoutes.route("GET", "/contents/(.+)", "contents=read",
                (repository, match, _) -> file(repository, match.group(2))));
    }

    private static FakeAnswer file(FakeRepository repository, String path) {
        return repository.git()
                .file(path)
                .map(text -> FakeAnswer.ok(FakeJson.object()
                        .put("type", "file")
                        .put("encoding", "base64")
                        .put("path", path)
                        // As GitHub does, with a line break after each 60 characters.
                        .put("content",
                                Base64.getMimeEncoder(60, new byte[]{'\n'}).encodeToString(text.getBytes(UTF_8))
                                        + "\n")))
                .orElseGet(FakeRoutes::notFound);
    }
}
