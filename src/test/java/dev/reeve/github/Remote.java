package dev.reeve.github;

import dev.reeve.model.Sha;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bare repository to put commits into. */
final class Remote {

    private final Path folder;

    private Remote(Path folder) {
        this.folder = folder;
    }

    static Remote in(Path folder) {
        var remote = new Remote(folder);
        remote.git("", "init", "--quiet", "--bare", "--initial-branch=main", folder.toString());
        return remote;
    }

    Path folder() {
        return folder;
    }

    /** A commit on a branch that begins where another is, or nowhere; a file's content null deletes it. */
    Sha commit(String branch, String from, Map<String, String> files) {
        var script = new StringBuilder(
                "commit refs/heads/" + branch + "\ncommitter A <a@example.com> 1774612800 +0000\n"
                        + "data 1\nx\n" + (from.isEmpty() ? "" : "from refs/heads/" + from + "^0\n"));
        files.forEach((path, content) -> {
            if (content.equals("deleted")) {
                script.append("D ").append(quoted(path)).append('\n');
            } else {
                int length = content.getBytes(StandardCharsets.UTF_8).length;
                script.append("M 100644 inline ")
                        .append(quoted(path))
                        .append("\ndata ")
                        .append(length)
                        .append('\n')
                        .append(content)
                        .append('\n');
            }
        });
        git(script.toString(), "fast-import", "--quiet");
        return head(branch);
    }

    private static String quoted(String path) {
        return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    Sha head(String branch) {
        return new Sha(git("", "rev-parse", "refs/heads/" + branch).strip());
    }

    String show(String object) {
        return git("", "show", object);
    }

    private String git(String input, String... arguments) {
        var command = new ArrayList<>(List.of("git", "--git-dir", folder.toString()));
        command.addAll(List.of(arguments));
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
            var process = builder.start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            return output;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
