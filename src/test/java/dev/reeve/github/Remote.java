package dev.reeve.github;

import dev.reeve.kit.GitRepositories;
import dev.reeve.model.Sha;

import java.nio.file.Path;
import java.util.Map;

/** A bare repository to put commits into, in the few words that these tests need. */
final class Remote {

    private final GitRepositories.Remote remote;

    private Remote(GitRepositories.Remote remote) {
        this.remote = remote;
    }

    /** @param folder ends in {@code .git} */
    static Remote in(Path folder) {
        var name = folder.getFileName().toString().replaceFirst("\\.git$", "");
        return new Remote(new GitRepositories(folder.resolveSibling("")).remote(name));
    }

    Path folder() {
        return remote.path();
    }

    /** A commit on a branch that begins where another is, or nowhere; the content {@code deleted} deletes a file. */
    Sha commit(String branch, String from, Map<String, String> files) {
        if (!from.isEmpty() && !from.equals(branch)) {
            remote.branch(branch, from);
        }
        var commit = remote.commit(branch);
        files.forEach((path, content) -> {
            var _ = content.equals("deleted") ? commit.delete(path) : commit.file(path, content);
        });
        return commit.push("x");
    }

    Sha head(String branch) {
        return remote.tip(branch).orElseThrow();
    }
}
