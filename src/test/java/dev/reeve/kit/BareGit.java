package dev.reeve.kit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reeve.model.Sha;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What GitHub does in a bare repository, done with git itself and without a working tree. */
final class BareGit {

    private static final String HEAD = "ref: refs/heads/";

    private final Path folder;

    BareGit(Path folder) {
        this.folder = folder;
    }

    /** How a pull request's commits get into its base. */
    enum Method {
        MERGE, SQUASH
    }

    /** A branch that has a file of its own is read from there, since lists of pull requests ask for hundreds. */
    Optional<Sha> resolve(String revision) {
        var loose = revision.startsWith("refs/heads/") ? read(revision).flatMap(Sha::parse) : Optional.<Sha>empty();
        return loose.isPresent() ? loose : ofGit(revision);
    }

    private Optional<Sha> ofGit(String revision) {
        var result = run(List.of("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"));
        return result.code == 0 ? Sha.parse(result.output.strip()) : Optional.empty();
    }

    String defaultBranch() {
        return read("HEAD").filter(text -> text.startsWith(HEAD))
                .map(text -> text.substring(HEAD.length()))
                .orElseThrow();
    }

    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(folder.resolve(file)).strip());
        } catch (IOException | InvalidPathException _) {
            return Optional.empty();
        }
    }

    /** The commit that merging makes, and which the base then points to. */
    Sha merge(Sha head, String base, Method method, String message, String by, Instant when) {
        var onto = resolve("refs/heads/" + base).orElseThrow();
        var tree = must("merge-tree", "--write-tree", onto.value(), head.value()).strip();
        var arguments = new ArrayList<>(List.of("-c", "user.name=" + by, "-c", "user.email=" + by + "@example.com",
                "commit-tree", tree, "-p", onto.value()));
        if (method == Method.MERGE) {
            arguments.addAll(List.of("-p", head.value()));
        }
        arguments.addAll(List.of("-m", message));
        var commit = new Sha(checked(arguments, when).strip());
        must("update-ref", "refs/heads/" + base, commit.value(), onto.value());
        return commit;
    }

    /** The last of the head's commits, each made anew on the base, which then points to it. */
    Sha rebase(Sha head, String base, Instant when) {
        var onto = resolve("refs/heads/" + base).orElseThrow();
        var tip = onto;
        for (var commit : commits(onto, head)) {
            // All up to this commit, of which the tip has all but the last: what is new is this one.
            var tree = must("merge-tree", "--write-tree", tip.value(), commit.value()).strip();
            tip = new Sha(checked(List.of("-c", "user.name=merger", "-c", "user.email=merger@example.com",
                    "commit-tree", tree, "-p", tip.value(), "-m", message(commit)), when).strip());
        }
        must("update-ref", "refs/heads/" + base, tip.value(), onto.value());
        return tip;
    }

    /** Status letter and path of what changed since head and base parted; a rename's new path. */
    List<Change> changes(Sha base, Sha head) {
        var fields = must("diff", "--name-status", "-M", "-z", base.value() + "..." + head.value()).split("\0", -1);
        var changes = new ArrayList<Change>();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            char letter = fields[i].charAt(0);
            i += letter == 'R' ? 1 : 0;
            changes.add(new Change(letter, fields[i + 1]));
        }
        return changes;
    }

    /** One changed file. */
    record Change(char letter, String path) {

        /** GitHub's word for it. */
        String status() {
            return switch (letter) {
                case 'A' -> "added";
                case 'D' -> "removed";
                case 'R' -> "renamed";
                default -> "modified";
            };
        }
    }

    boolean contains(Sha tip, Sha commit) {
        return run(List.of("merge-base", "--is-ancestor", commit.value(), tip.value())).code == 0;
    }

    /** The commits of a push, oldest first. */
    List<Sha> commits(Sha before, Sha after) {
        var range = before.isZero() ? List.of(after.value()) : List.of(after.value(), "^" + before);
        var arguments = new ArrayList<>(List.of("rev-list", "--reverse", "--max-count=2048"));
        arguments.addAll(range);
        return checked(arguments, Instant.EPOCH).lines().map(Sha::new).toList();
    }

    /** What a file of the default branch says; nothing where there is no such branch or file. */
    Optional<String> file(String path) {
        var result = run(List.of("cat-file", "blob", "refs/heads/" + defaultBranch() + ":" + path));
        return result.code == 0 ? Optional.of(result.output) : Optional.empty();
    }

    String message(Sha commit) {
        return must("log", "-1", "--format=%B", commit.value()).strip();
    }

    Sha blob(byte[] content) {
        return new Sha(GitRepositories.git(folder, content, "hash-object", "-w", "--stdin"));
    }

    /** A tree with these entries in place of the base's: each has a path, a mode, and its content or the name of it. */
    Sha tree(Sha base, Iterable<JsonNode> entries) {
        var ref = "refs/fake/" + Thread.currentThread().threadId();
        var out = new StringBuilder("commit " + ref + "\ncommitter A <a@example.com> 0 +0000\ndata 0\nM 040000 " + base
                + " \"\"\n");
        for (var entry : entries) {
            var blob = entry.has("sha") ? entry.path("sha").asText()
                    : blob(entry.path("content").asText().getBytes(StandardCharsets.UTF_8)).value();
            out.append("M ").append(entry.path("mode").asText()).append(' ').append(blob).append(" \"");
            out.append(entry.path("path").asText()).append("\"\n");
        }
        GitRepositories.git(folder, out.toString().getBytes(StandardCharsets.UTF_8), "fast-import", "--quiet",
                "--force",
                "--date-format=raw");
        var tree = must("rev-parse", ref + "^{tree}").strip();
        must("update-ref", "-d", ref);
        return new Sha(tree);
    }

    /** The App's commit, which GitHub has committed. */
    Sha commit(Sha tree, Sha parent, byte[] message, Instant when) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("tree " + tree + "\nparent " + parent + "\nauthor reeve[bot] <reeve@example.com> "
                + when.getEpochSecond() + " +0000\ncommitter GitHub <noreply@github.com> " + when.getEpochSecond()
                + " +0000\n\n").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(message);
        return new Sha(GitRepositories.git(folder, out.toByteArray(), "hash-object", "-w", "-t", "commit", "--stdin"));
    }

    /** Nobody finds this commit for now. */
    void hide(Sha commit) {
        var name = commit.value();
        move(folder.resolve("objects/" + name.substring(0, 2) + "/" + name.substring(2)),
                folder.resolve("late-" + name));
    }

    /** What was hidden is there. */
    void showHidden() {
        try (var files = Files.newDirectoryStream(folder, "late-*")) {
            for (var file : files) {
                var name = file.getFileName().toString().substring("late-".length());
                move(file, folder.resolve("objects/" + name.substring(0, 2) + "/" + name.substring(2)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String must(String... arguments) {
        return checked(List.of(arguments), Instant.EPOCH);
    }

    private String checked(List<String> arguments, Instant when) {
        var result = run(arguments, when);
        if (result.code != 0) {
            throw new IllegalStateException("git " + arguments + " in " + folder + ": " + result.output);
        }
        return result.output;
    }

    private record Result(int code, String output) {}

    private Result run(List<String> arguments) {
        return run(arguments, Instant.EPOCH);
    }

    private Result run(List<String> arguments, Instant when) {
        var command = new ArrayList<>(List.of("git", "--git-dir", folder.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_AUTHOR_DATE", when.getEpochSecond() + " +0000");
        environment.put("GIT_COMMITTER_DATE", when.getEpochSecond() + " +0000");
        try {
            var process = builder.start();
            process.getOutputStream().close();
            try (InputStream out = process.getInputStream()) {
                var output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                return new Result(process.waitFor(), output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
