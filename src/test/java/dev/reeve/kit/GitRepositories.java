package dev.reeve.kit;

import dev.reeve.model.Sha;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Real git repositories in a temporary folder: bare remotes that are filled without a working tree, and checkouts of them.
 * Every commit is a second later than the one before, so the same story gives the same ids.
 */
public final class GitRepositories {

    private static final String NOBODY = "0".repeat(40);

    private final Path folder;
    private long time = 1_700_000_000;

    /** @param folder empty; whoever gives it deletes it */
    public GitRepositories(Path folder) {
        this.folder = folder;
    }

    /** An empty bare repository whose default branch is {@code main}; it gives partial clones, as GitHub does. */
    public Remote remote(String name) {
        var path = folder.resolve(name + ".git");
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", path.toString());
        git(path, "config", "uploadpack.allowFilter", "true");
        git(path, "config", "uploadpack.allowAnySHA1InWant", "true");
        git(path, "config", "http.receivepack", "true");
        return new Remote(path);
    }

    /** A checkout of a remote, with a committer configured. */
    public Path checkout(Remote remote, String name) {
        var path = folder.resolve(name);
        git(folder, "clone", "--quiet", remote.path().toString(), path.toString());
        git(path, "config", "user.name", "Dave Fowler");
        git(path, "config", "user.email", "dave.fowler@example.com");
        return path;
    }

    /** Runs git and gives what it printed, without the last line break; anything but exit code 0 fails the test. */
    public static String git(Path folder, String... arguments) {
        return git(folder, new byte[0], arguments);
    }

    /** As {@link #git(Path, String...)}, with an input. */
    public static String git(Path folder, byte[] input, String... arguments) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.startsWith("GIT_"));
        builder.environment().putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1"));
        try {
            var process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input);
            }
            var said = new String(process.getInputStream().readAllBytes(), UTF_8).stripTrailing();
            if (process.waitFor() != 0) {
                throw new AssertionError("git " + String.join(" ", arguments) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A bare repository that stands for the one on GitHub. */
    public final class Remote {
        private final Path path;

        private Remote(Path path) {
            this.path = path;
        }

        /** Where it is. */
        public Path path() {
            return path;
        }

        /** Its {@code file://} URL. */
        public String url() {
            return "file://" + path;
        }

        /** Where a branch stands. */
        public Optional<Sha> tip(String branch) {
            return Sha.parse(git(path, "for-each-ref", "--format=%(objectname)", "refs/heads/" + branch));
        }

        /** Begins a commit on top of a branch, which is made if there is none. */
        public NewCommit commit(String branch) {
            return new NewCommit(branch, tip(branch).map(Sha::value).orElse(NOBODY));
        }

        /** Makes a branch that stands where another one does. */
        public void branch(String name, String from) {
            git(path, "update-ref", "refs/heads/" + name, tip(from).orElseThrow().value());
        }

        /** Moves a branch to any commit, as a force-push does. */
        public void force(String branch, Sha commit) {
            git(path, "update-ref", "refs/heads/" + branch, commit.value());
        }

        /** Deletes a branch. */
        public void delete(String branch) {
            git(path, "update-ref", "-d", "refs/heads/" + branch);
        }

        /** Merges a branch into another with a merge commit that has the merged branch's files. */
        public Sha merge(String branch, String into, String message) {
            var head = tip(branch).orElseThrow();
            var tree = git(path, "rev-parse", head + "^{tree}");
            var merged = git(path, ("tree " + tree + "\nparent " + tip(into).orElseThrow() + "\nparent " + head
                    + "\nauthor M <m@example.com> " + time + " +0000\ncommitter M <m@example.com> " + time++
                    + " +0000\n\n" + message + "\n").getBytes(UTF_8), "hash-object", "-w", "-t", "commit", "--stdin");
            force(into, new Sha(merged));
            return new Sha(merged);
        }

        /** The content of a file on a branch. */
        public String file(String branch, String file) {
            return git(path, "show", "refs/heads/" + branch + ":" + file);
        }

        /** Refuses every push with this message, or takes them again when it is empty. */
        public void refusePushes(String message) {
            script("pre-receive", message.isEmpty() ? "exit 0" : "echo '" + message + "' >&2; exit 1");
        }

        /** Sets a hook of the remote to a shell script. */
        public void script(String hook, String script) {
            try {
                Files.createDirectories(path.resolve("hooks"));
                var file = path.resolve("hooks").resolve(hook);
                Files.writeString(file, "#!/bin/sh\n" + script + "\n");
                if (!file.toFile().setExecutable(true)) {
                    throw new AssertionError("no hook could be set");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A commit in the making. */
        public final class NewCommit {
            private final String branch;
            private final String parent;
            private final Map<String, byte[]> files = new LinkedHashMap<>();
            private final ByteArrayOutputStream other = new ByteArrayOutputStream();

            private NewCommit(String branch, String parent) {
                this.branch = branch;
                this.parent = parent;
            }

            /** Writes a regular file. */
            public NewCommit file(String file, String content) {
                return entry("100644", file, content.getBytes(UTF_8));
            }

            /** Writes anything: {@code 100755} for an executable, {@code 120000} for a symbolic link to its content. */
            public NewCommit entry(String mode, String file, byte[] content) {
                files.put("M " + mode + " inline " + quoted(file), content);
                return this;
            }

            /** Makes a submodule. */
            public NewCommit submodule(String file, Sha commit) {
                other.writeBytes(("M 160000 " + commit + " " + quoted(file) + "\n").getBytes(UTF_8));
                return this;
            }

            /** Deletes a file or folder. */
            public NewCommit delete(String file) {
                other.writeBytes(("D " + quoted(file) + "\n").getBytes(UTF_8));
                return this;
            }

            /** Makes the commit and moves the branch to it. */
            public Sha push(String message) {
                var out = new ByteArrayOutputStream();
                var text = message.getBytes(UTF_8);
                write(out, "commit refs/heads/" + branch + "\ncommitter A <a@example.com> " + time++ + " +0000\ndata "
                        + text.length + "\n" + message + "\n" + (parent.equals(NOBODY) ? "" : "from " + parent + "\n"));
                files.forEach((entry, content) -> {
                    write(out, entry + "\ndata " + content.length + "\n");
                    out.writeBytes(content);
                    write(out, "\n");
                });
                out.writeBytes(other.toByteArray());
                git(path, out.toByteArray(), "fast-import", "--quiet", "--force", "--date-format=raw");
                return tip(branch).orElseThrow();
            }

            private void write(ByteArrayOutputStream out, String text) {
                out.writeBytes(text.getBytes(UTF_8));
            }

            private String quoted(String file) {
                return '"' + file.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
            }
        }
    }
}
